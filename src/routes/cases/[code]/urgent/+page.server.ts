import * as v from 'valibot';
import { caseStepsFrom } from '#lib/domain/case-progress.ts';
import { id, line } from '#lib/domain/field-shapes.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import * as cases from '#lib/server/case/cases.ts';
import { lists, recommend } from '#lib/server/meeting-page/cases.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import * as urgentRecommendations from '#lib/server/recommendation/urgent.ts';
import { formAction, GoTo, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

/**
 * What cannot wait for a meeting: for the few who decide it. For everybody else there is no such
 * page.
 */
export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		const row = read(actor, params.code);
		depends(topicOf('case', row.id), topicOf('person', actor.id));
		const { state } = progress.of(actor, row);
		const all = lists(actor, row.forumId, locals.language);
		const next = urgentRecommendations.next(row.forumId);
		return {
			card: cases.describe([row], locals.language)[0]!,
			waits: caseStepsFrom(state).includes('urge'),
			own:
				recommendationRows
					.ofCase(actor, row, locals.language)
					.find((one) => one.urgent && one.status === 'draft') ?? null,
			// What can be put off can wait for the meeting.
			lists: all && { ...all, outcomes: all.outcomes.filter(({ code }) => code !== 'put_off') },
			few: urgentRecommendations.few(row.forumId).map(({ person, name }) => ({ person, name })),
			told: next && { number: next.number, date: next.date },
			units: units.directory(actor)
		};
	});

/** Refuses not_found. */
function read(actor: Actor, code: string): cases.CaseRow {
	const row = cases.read(actor, code);
	if (!may(actor, 'urge', cases.subject(row))) throw new Refusal('not_found');
	return row;
}

const adoption = v.object({
	id,
	version: v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number)),
	why: line
});

export const actions = {
	recommend: recommend((item) => ({ urgent: item })),
	adopt: formAction(adoption, (actor, input, params) => {
		recommendations.adopt(actor, input.id, input.version, input.why);
		// What comes next, sending it to be ruled on, is done where the whole way of the case is seen.
		return new GoTo(`/cases/${params.code}`);
	})
} satisfies Actions;
