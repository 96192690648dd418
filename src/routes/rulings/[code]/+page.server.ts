import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { date, id, line, several } from '#lib/domain/field-shapes.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { appealResults, rulingResults, stances } from '#lib/domain/ruling.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as followUp from '#lib/server/ruling/follow-up.ts';
import * as rulingRows from '#lib/server/ruling/rows.ts';
import * as rulings from '#lib/server/ruling/rulings.ts';
import { type Fields, textOf } from '#lib/server/web/fields.ts';
import { attempt, formAction, readForm, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		const found = rulingRows.read(actor, params.code, locals.language);
		depends(topicOf('case', found.card.id), topicOf('person', actor.id));
		return {
			...found,
			now: clock.today(),
			proposed: found.ruling.starts ? followUp.proposed(actor, params.code) : [],
			actions: followUp.ofRuling(actor, found.ruling.id)
		};
	});

/** One of the list, or nothing chosen. */
const orNothing = <const Options extends readonly string[]>(options: Options) =>
	v.pipe(
		v.optional(v.string(), ''),
		v.transform((text) => (text === '' ? null : text)),
		v.nullable(v.picklist(options))
	);
const orNoDate = v.pipe(
	v.optional(v.string(), ''),
	v.transform((text) => (text === '' ? null : text)),
	v.nullable(date)
);

const decision = v.object({
	stance: v.picklist(stances),
	result: orNothing(rulingResults),
	content: v.optional(line, ''),
	reason: v.optional(line, ''),
	ruledOn: orNoDate,
	noticeOn: orNoDate
});

const work = v.object({ task: id, unit: id, what: line, due: date });

const decide = formAction(decision, (actor, input, params) =>
	rulings.decide(actor, params.code!, { ...input, ruledOn: input.ruledOn ?? clock.today() })
);

/**
 * What somebody had written when it was refused: without scripts the page is a new one, and must
 * not lose it.
 */
function written(form: Fields | null) {
	const text = (name: string) => textOf(form, name) ?? '';
	return {
		stance: text('stance'),
		result: text('result'),
		content: text('content'),
		reason: text('reason'),
		ruledOn: text('ruledOn'),
		noticeOn: text('noticeOn')
	};
}

export const actions = {
	decide: async (event) => {
		const sent = event.request.clone();
		const answer = await decide(event);
		if (!('status' in answer)) return answer;
		return fail(answer.status, { ...answer.data, kept: written(await readForm(sent)) });
	},
	notify: formAction(v.object({ on: date }), (actor, { on }, params) =>
		rulings.notify(actor, params.code!, on)
	),
	appeal: formAction(
		v.object({
			verb: v.picklist(['receive', 'forward', 'decide']),
			on: date,
			result: orNothing(appealResults)
		}),
		(actor, input, params) => rulings.appealed(actor, params.code!, input)
	),
	start: async ({ request, locals, params }) => {
		const form = await readForm(request);
		return attempt(() => {
			const rows = v.parse(several, form?.get('take')).map((task) =>
				v.safeParse(work, {
					task,
					...Object.fromEntries(
						['unit', 'what', 'due'].map((name) => [name, textOf(form, `${name}-${task}`)])
					)
				})
			);
			const list = rows.flatMap((row) => (row.success ? [row.output] : []));
			if (list.length !== rows.length) throw new Refusal('bad_input');
			followUp.start(signedIn(locals), params.code, list);
			return { done: true };
		});
	}
} satisfies Actions;
