import * as v from 'valibot';
import { checkbox, id, line, optionalId, several } from '#lib/domain/field-shapes.ts';
import type { Language } from '#lib/domain/language.ts';
import type { Actor } from '#lib/domain/may.ts';
import { findings, recommended } from '#lib/domain/recommendation.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import * as dwellings from '#lib/server/case-progress/dwellings.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import type { Meeting } from '#lib/server/meeting/meetings.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as drafting from '#lib/server/recommendation/drafting.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import * as recusals from '#lib/server/recommendation/recusals.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import * as urgentRecommendations from '#lib/server/recommendation/urgent.ts';
import * as sinceLast from '#lib/server/register/since-last.ts';
import { send } from '#lib/server/ruling/sending.ts';
import { type Fields, textOf } from '#lib/server/web/fields.ts';
import { formAction } from '#lib/server/web/form-actions.ts';

/* What the meeting page shows of the way from case to ruling, and the forms of it there. */

/** Null for a meeting without cases, and for who sees none of them. */
export function caseHandlingOf(actor: Actor, held: Meeting, language: Language) {
	if (!held.handlesCases) return null;
	const questions = recusals.of(actor, held, language);
	return {
		recommendations: recommendationRows.ofMeeting(actor, held.id, language),
		questions,
		since: sinceLast.since(actor, held, language),
		queue: progress.queue(actor, held.forumId),
		urgent: urgentRecommendations.at(actor, held, language),
		urgentUnder: urgentRecommendations.tellsUnder(held),
		lists: lists(actor, held.forumId, language, held)
	};
}

/** What a recommendation is put together from; null for who has no part in it. */
export function lists(actor: Actor, forum: string, language: Language, at: Meeting | null = null) {
	if (!dwellings.uses(actor, forum, at)) return null;
	return {
		outcomes: optionLists.list('recommended', language),
		criteria: optionLists.list('criterion', language),
		reasons: optionLists.list('criterion_reason', language),
		measures: optionLists.list('measure', language),
		levels: optionLists.list('follow_up', language),
		recusalReasons: optionLists.list('recusal_reason', language),
		dwellings: dwellings.list(actor, forum, language, at),
		leaseMonths: procedure.count('lease_months'),
		leaseLaw: procedure.law('lease', language),
		shortLaw: procedure.law('short_lease', language),
		language: units.ours()?.language === 'nb' ? ('nb' as const) : ('nn' as const)
	};
}

const code = v.pipe(v.string(), v.nonEmpty(), v.maxLength(40));
const orNothing = v.pipe(
	v.optional(v.string(), ''),
	v.transform((text) => (text === '' ? null : text)),
	v.nullable(code)
);
const whole = v.pipe(
	v.optional(v.string(), ''),
	v.transform((text) => (text === '' ? null : Number(text))),
	v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)))
);

const recommendationForm = v.object({
	item: id,
	outcome: v.picklist(recommended),
	dwelling: optionalId,
	months: whole,
	shorter: v.optional(line, ''),
	reasons: v.optional(line, ''),
	wish: v.optional(line, ''),
	followUnit: optionalId,
	followLevel: orNothing,
	minority: v.optional(line, ''),
	dissenters: several,
	measures: several,
	language: v.picklist(['nn', 'nb']),
	text: v.optional(v.pipe(v.string(), v.maxLength(20_000)), ''),
	version: whole
});

const criterionForm = v.object({
	criterion: code,
	finding: v.picklist(findings),
	reason: orNothing,
	words: v.optional(line, '')
});

/**
 * A criterion is among them when something was found about it: `finding-<code>` with
 * `reason-<code>` and `words-<code>`.
 */
function readCriteria(form: Fields) {
	const text = (name: string) => textOf(form, name);
	return [...form.keys()]
		.filter((name) => name.startsWith('finding-') && text(name) !== '')
		.map((name) => {
			const criterion = name.slice('finding-'.length);
			const read = v.safeParse(criterionForm, {
				criterion,
				finding: text(name),
				reason: text(`reason-${criterion}`),
				words: text(`words-${criterion}`)
			});
			if (!read.success) throw new Refusal('bad_input', { field: 'criteria' });
			return read.output;
		});
}

/**
 * The form that writes a recommendation; `placeOf` says where, from the item it names and the
 * address.
 */
export function recommend(
	placeOf: (item: string, params: Record<string, string | undefined>) => recommendations.Place
) {
	return formAction(recommendationForm, (actor, { item, ...input }, params, fields) => {
		const criteria = readCriteria(fields);
		return { saved: recommendations.save(actor, placeOf(item, params), { ...input, criteria }) };
	});
}

/** Sends a recommendation to be ruled on, on the tracks that are ticked. */
export const sendOn = formAction(v.object({ id, tracks: several }), (actor, input) =>
	send(actor, input.id, input.tracks)
);

export const caseHandlingForms = {
	recommend: recommend((item, params) => ({ meeting: params.id!, id: item })),
	adopt: formAction(
		v.object({ id, version: whole, words: v.optional(v.pipe(v.string(), v.maxLength(20_000))) }),
		(actor, input) =>
			recommendations.adopt(actor, input.id, input.version ?? 0, '', input.words ?? null)
	),
	openText: formAction(v.object({ id }), (actor, input) => drafting.open(actor, input.id)),
	composeAgain: formAction(v.object({ id }), (actor, input) =>
		drafting.composeAgain(actor, input.id)
	),
	sendOn,
	raise: formAction(v.object({ item: id, person: id, reason: code }), (actor, input, params) =>
		recusals.raise(actor, params.id!, input)
	),
	answer: formAction(
		v.object({ id, disqualified: checkbox, deputy: optionalId }),
		(actor, input, params) => recusals.decide(actor, params.id!, input)
	),
	fill: formAction(v.object({ title: line }), (actor, input, params) => {
		progress.fillAgenda(actor, params.id!, input.title);
	})
};
