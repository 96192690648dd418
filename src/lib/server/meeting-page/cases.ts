import * as v from 'valibot';
import { checkbox, id, line, optionalId, several } from '#lib/domain/field-shapes.ts';
import type { Language } from '#lib/domain/language.ts';
import type { Actor } from '#lib/domain/may.ts';
import { findings, recommended } from '#lib/domain/recommendation.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import * as dwellings from '#lib/server/case-progress/dwellings.ts';
import * as courses from '#lib/server/case-progress/progress.ts';
import type { Meeting } from '#lib/server/meeting/meetings.ts';
import * as choices from '#lib/server/municipality/option-lists.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as recommendationTexts from '#lib/server/recommendation/drafting.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import * as recusals from '#lib/server/recommendation/recusals.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import * as urgents from '#lib/server/recommendation/urgent.ts';
import * as tracking from '#lib/server/register/since-last.ts';
import { send } from '#lib/server/ruling/sending.ts';
import { type Fields, textOf } from '#lib/server/web/fields.ts';
import { attempt, deed, parse, readForm, signedIn } from '#lib/server/web/form-actions.ts';

/* What the meeting page shows of the way from case to ruling, and the forms of it there. */

/** Null for a meeting without cases, and for who sees none of them. */
export function chainOf(asker: Actor, held: Meeting, language: Language) {
	if (!held.handlesCases) return null;
	const questions = recusals.of(asker, held, language);
	return {
		recommendations: recommendationRows.ofMeeting(asker, held.id, language),
		questions,
		since: tracking.since(asker, held, language),
		queue: courses.queue(asker, held.forumId),
		urgent: urgents.at(asker, held, language),
		urgentUnder: urgents.tellsUnder(held),
		lists: lists(asker, held.forumId, language, held)
	};
}

/** What a recommendation is put together from; null for who has no part in it. */
export function lists(asker: Actor, forum: string, language: Language, at: Meeting | null = null) {
	if (!dwellings.uses(asker, forum, at)) return null;
	return {
		outcomes: choices.list('recommended', language),
		criteria: choices.list('criterion', language),
		reasons: choices.list('criterion_reason', language),
		measures: choices.list('measure', language),
		levels: choices.list('follow_up', language),
		recusalReasons: choices.list('recusal_reason', language),
		dwellings: dwellings.list(asker, forum, language, at),
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

/** A criterion is among them when something was found about it: `finding-<code>` with `reason-<code>` and `words-<code>`. */
function readCriteria(form: Fields | null) {
	const text = (name: string) => textOf(form, name);
	return [...(form?.keys() ?? [])]
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

/** The form that writes a recommendation; `placeOf` says where, from the item it names and the address. */
export function recommend(
	placeOf: (item: string, params: Record<string, string | undefined>) => recommendations.Place
) {
	return async ({
		request,
		locals,
		params
	}: {
		request: Request;
		locals: App.Locals;
		params: Record<string, string | undefined>;
	}) => {
		const form = await readForm(request);
		return attempt(() => {
			const { item, ...input } = parse(recommendationForm, form);
			const criteria = readCriteria(form);
			const place = placeOf(item, params);
			return {
				saved: recommendations.save(signedIn(locals), place, { ...input, criteria })
			};
		});
	};
}

/** Sends a recommendation to be ruled on, on the tracks that are ticked. */
export const sendOn = deed(v.object({ id, tracks: several }), (asker, input) =>
	send(asker, input.id, input.tracks)
);

export const chainForms = {
	recommend: recommend((item, params) => ({ meeting: params.id!, id: item })),
	adopt: deed(
		v.object({ id, version: whole, words: v.optional(v.pipe(v.string(), v.maxLength(20_000))) }),
		(asker, input) =>
			recommendations.adopt(asker, input.id, input.version ?? 0, '', input.words ?? null)
	),
	openText: deed(v.object({ id }), (asker, input) => recommendationTexts.open(asker, input.id)),
	composeAgain: deed(v.object({ id }), (asker, input) =>
		recommendationTexts.composeAgain(asker, input.id)
	),
	sendOn,
	raise: deed(v.object({ item: id, person: id, reason: code }), (asker, input, params) =>
		recusals.raise(asker, params.id!, input)
	),
	answer: deed(
		v.object({ id, disqualified: checkbox, deputy: optionalId }),
		(asker, input, params) => recusals.decide(asker, params.id!, input)
	),
	fill: deed(v.object({ title: line }), (asker, input, params) => {
		courses.fillAgenda(asker, params.id!, input.title);
	})
};
