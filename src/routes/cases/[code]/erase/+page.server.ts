import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { erasingReasons } from '#lib/domain/erasure.ts';
import { line } from '#lib/domain/field-shapes.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as cases from '#lib/server/case/cases.ts';
import * as erasures from '#lib/server/erasures/cases.ts';
import { formAction, readForm, show, signedIn } from '#lib/server/web/form-actions.ts';
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

const preview = formAction(v.object({ words: line }), (actor, { words }, params) => ({
	preview: { words, ...erasures.preview(actor, params.code!, words) }
}));

const erase = formAction(
	v.object({ words: line, reason: v.picklist(erasingReasons) }),
	(actor, input, params) => erasures.erase(actor, params.code!, input)
);

/** Refused, the words are given back: without scripts the page is a new one. */
const keeping = (work: typeof preview | typeof erase) => async (event: RequestEvent) => {
	const sent = event.request.clone();
	const answer = await work(event);
	if (!('status' in answer)) return answer;
	const words = (await readForm(sent))?.get('words');
	return fail(answer.status, { ...answer.data, kept: typeof words === 'string' ? words : '' });
};

export const actions = {
	preview: keeping(preview),
	erase: async (event) => {
		const result = await keeping(erase)(event);
		if ('done' in result) redirect(303, `/cases/${event.params.code}`);
		return result;
	}
} satisfies Actions;
