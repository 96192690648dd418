import * as v from 'valibot';
import { date, id, line, several } from '#lib/domain/field-shapes.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { appealResults, rulingResults, stances } from '#lib/domain/ruling.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as followUp from '#lib/server/ruling/follow-up.ts';
import * as rulingRows from '#lib/server/ruling/rows.ts';
import * as rulings from '#lib/server/ruling/rulings.ts';
import { textOf } from '#lib/server/web/fields.ts';
import { formAction, show, signedIn } from '#lib/server/web/form-actions.ts';
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

export const actions = {
	decide: formAction(decision, (actor, input, params) =>
		rulings.decide(actor, params.code!, { ...input, ruledOn: input.ruledOn ?? clock.today() })
	),
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
	start: formAction(v.object({ take: several }), (actor, { take }, params, fields) => {
		const rows = take.map((task) =>
			v.safeParse(work, {
				task,
				...Object.fromEntries(
					['unit', 'what', 'due'].map((name) => [name, textOf(fields, `${name}-${task}`)])
				)
			})
		);
		const list = rows.flatMap((row) => (row.success ? [row.output] : []));
		if (list.length !== rows.length) throw new Refusal('bad_input');
		followUp.start(actor, params.code!, list);
	})
} satisfies Actions;
