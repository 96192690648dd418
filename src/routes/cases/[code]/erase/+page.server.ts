import * as v from 'valibot';
import { erasingReasons } from '#lib/domain/erasure.ts';
import { line } from '#lib/domain/field-shapes.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as cases from '#lib/server/case/cases.ts';
import * as erasures from '#lib/server/erasures/cases.ts';
import { formAction, formQuestion, GoTo, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

/**
 * What must not stand in a case: for those who lead its forum. For everybody else there is no
 * such page.
 */
export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		const row = cases.read(actor, params.code);
		if (!erasures.allows(actor, row)) throw new Refusal('not_found');
		depends(topicOf('case', row.id), topicOf('person', actor.id));
		return { card: cases.describe([row], locals.language)[0]! };
	});

export const actions = {
	preview: formQuestion(v.object({ words: line }), (actor, { words }, params) => ({
		preview: { words, ...erasures.preview(actor, params.code!, words) }
	})),
	erase: formAction(
		v.object({ words: line, reason: v.picklist(erasingReasons) }),
		(actor, input, params) => {
			erasures.erase(actor, params.code!, input);
			return new GoTo(`/cases/${params.code}`);
		}
	)
} satisfies Actions;
