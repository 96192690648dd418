import * as v from 'valibot';
import { caseStepsFrom, loneSteps } from '#lib/domain/case-progress.ts';
import { date, line } from '#lib/domain/field-shapes.ts';
import { may } from '#lib/domain/may.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as actionItems from '#lib/server/action/actions.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import * as timeline from '#lib/server/case-progress/timeline.ts';
import * as cases from '#lib/server/case/cases.ts';
import { allows } from '#lib/server/erasures/cases.ts';
import * as erasureNotes from '#lib/server/erasures/notes.ts';
import { sendOn } from '#lib/server/meeting-page/cases.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import * as followUp from '#lib/server/ruling/follow-up.ts';
import * as rulingRows from '#lib/server/ruling/rows.ts';
import { setDone } from '#lib/server/web/action-forms.ts';
import { formAction, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		const row = cases.read(actor, params.code);
		depends(topicOf('case', row.id), topicOf('person', actor.id));
		const [card] = cases.describe([row], locals.language);
		return {
			card: card!,
			appearances: timeline.appearances(actor, row),
			caseProgress: progress.of(actor, row),
			steps: timeline.steps(actor, row),
			recommendations: recommendationRows.ofCase(actor, row, locals.language),
			rulings: rulingRows.ofCase(actor, row, locals.language),
			actions: actionItems.ofCase(actor, row.id),
			behind: followUp.rulingsBehind(row),
			erases: allows(actor, row),
			erased: erasureNotes.linesOfCase(row.id),
			urges:
				may(actor, 'urge', cases.subject(row)) &&
				caseStepsFrom(progress.stateOf(row.id)).includes('urge')
		};
	});

export const actions = {
	step: formAction(
		v.object({ verb: v.picklist(loneSteps), reason: v.optional(line, '') }),
		(actor, input, params) => progress.step(actor, params.code!, input.verb, input)
	),
	replied: formAction(v.object({ on: date }), (actor, { on }, params) =>
		progress.replied(actor, params.code!, on)
	),
	sendOn,
	done: setDone
} satisfies Actions;
