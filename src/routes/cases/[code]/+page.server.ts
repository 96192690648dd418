import * as v from 'valibot';
import { caseDeedsFrom, loneDeeds } from '#lib/domain/case-progress.ts';
import { date, line } from '#lib/domain/field-shapes.ts';
import { may } from '#lib/domain/may.ts';
import * as actionItems from '#lib/server/action/actions.ts';
import * as courses from '#lib/server/case-progress/progress.ts';
import * as caseWays from '#lib/server/case-progress/timeline.ts';
import * as cases from '#lib/server/case/cases.ts';
import { allows } from '#lib/server/erasures/cases.ts';
import * as erasureNotes from '#lib/server/erasures/notes.ts';
import { sendOn } from '#lib/server/meeting-page/cases.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import * as works from '#lib/server/ruling/follow-up.ts';
import * as rulingRows from '#lib/server/ruling/rows.ts';
import { setDone } from '#lib/server/web/action-forms.ts';
import { deed, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const asker = signedIn(locals);
		const row = cases.read(asker, params.code);
		depends(`case:${row.id}`, `person:${asker.id}`);
		const [card] = cases.describe([row], locals.language);
		return {
			card: card!,
			appearances: caseWays.appearances(asker, row),
			course: courses.of(asker, row),
			steps: caseWays.steps(asker, row),
			recommendations: recommendationRows.ofCase(asker, row, locals.language),
			rulings: rulingRows.ofCase(asker, row, locals.language),
			actions: actionItems.ofCase(asker, row.id),
			behind: works.rulingsBehind(row),
			erases: allows(asker, row),
			erased: erasureNotes.linesOfCase(row.id),
			urges:
				may(asker, 'urge', cases.thing(row)) &&
				caseDeedsFrom(courses.stateOf(row.id)).includes('urge')
		};
	});

export const actions = {
	step: deed(
		v.object({ deed: v.picklist(loneDeeds), reason: v.optional(line, '') }),
		(asker, input, params) => courses.step(asker, params.code!, input.deed, input)
	),
	replied: deed(v.object({ on: date }), (asker, { on }, params) =>
		courses.replied(asker, params.code!, on)
	),
	sendOn,
	done: setDone
} satisfies Actions;
