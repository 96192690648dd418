import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { caseDeedsFrom } from '#lib/domain/case-progress.ts';
import { id, line } from '#lib/domain/field-shapes.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import * as courses from '#lib/server/case-progress/progress.ts';
import * as cases from '#lib/server/case/cases.ts';
import { lists, recommend } from '#lib/server/meeting-page/cases.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import * as urgents from '#lib/server/recommendation/urgent.ts';
import { deed, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

/** What cannot wait for a meeting: for the few who decide it. For everybody else there is no such page. */
export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const asker = signedIn(locals);
		const row = read(asker, params.code);
		depends(`case:${row.id}`, `person:${asker.id}`);
		const { state } = courses.of(asker, row);
		const all = lists(asker, row.forumId, locals.language);
		const next = urgents.next(row.forumId);
		return {
			card: cases.describe([row], locals.language)[0]!,
			waits: caseDeedsFrom(state).includes('urge'),
			own:
				recommendationRows
					.ofCase(asker, row, locals.language)
					.find((one) => one.urgent && one.status === 'draft') ?? null,
			// What can be put off can wait for the meeting.
			lists: all && { ...all, outcomes: all.outcomes.filter(({ code }) => code !== 'put_off') },
			few: urgents.few(row.forumId).map(({ person, name }) => ({ person, name })),
			told: next && { number: next.number, date: next.date },
			units: units.directory(asker)
		};
	});

/** Refuses not_found. */
function read(asker: Actor, code: string): cases.CaseRow {
	const row = cases.read(asker, code);
	if (!may(asker, 'urge', cases.thing(row))) throw new Refusal('not_found');
	return row;
}

const adoption = deed(
	v.object({
		id,
		version: v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number)),
		why: line
	}),
	(asker, input) => recommendations.adopt(asker, input.id, input.version, input.why)
);

export const actions = {
	recommend: recommend((item) => ({ urgent: item })),
	adopt: async (event) => {
		const result = await adoption(event);
		// What comes next, sending it to be ruled on, is done where the whole way of the case is seen.
		if ('done' in result) redirect(303, `/cases/${event.params.code}`);
		return result;
	}
} satisfies Actions;
