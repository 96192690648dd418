import { and, asc, eq } from 'drizzle-orm';
import { actionLimits, type ActionStep, isOpen } from '#lib/domain/action.ts';
import { type Actor, type Deed, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { readText } from '#lib/domain/text-input.ts';
import * as audit from '#lib/server/audit/audit.ts';
import * as impartiality from '#lib/server/case/access.ts';
import { db } from '#lib/server/db/index.ts';
import { action, handover } from '#lib/server/db/schema/action.ts';
import { person } from '#lib/server/db/schema/municipality.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { responsibleOf } from './actions.ts';
import { answering, change, note, type Row, thing } from './rows.ts';

/*
 * Hand-over: an action is offered to another person or unit, and moves when they accept. Until then it stays where it is. One offer
 * at a time; of two who settle the same one, the first wins.
 */

/**
 * Offers an action to somebody of the municipality. Refuses not_found, not_allowed, already_done (it is over, or theirs already),
 * already_offered, unknown_person, unknown_unit, closed_to_them (the case is), text_too_long, identifier_in_text.
 */
export function offer(
	asker: Actor,
	id: string,
	input: { to: string; note?: string | undefined }
): void {
	const text = readText(input.note ?? '', 'note', actionLimits.note);
	change(asker, id, 'complete', (row) => {
		const to = responsibleOf(input.to, 'to', true);
		if (!isOpen(row.action.status) || answering(to) === answering(row.action))
			throw new Refusal('already_done', { field: 'to' });
		if (row.offer) throw new Refusal('already_offered');
		impartiality.assertOpen(row.action.caseId, to, 'to');
		db()
			.insert(handover)
			.values({
				id: crypto.randomUUID(),
				actionId: id,
				...to,
				byPersonId: asker.id,
				at: clock.now(),
				status: 'offered'
			})
			.run();
		note(asker.id, id, 'offered', { from: answering(row.action), to: answering(to), note: text });
		audit.record(asker.id, 'action.offer', `action:${id}`);
	});
}

/** Takes over what is offered to one, or to a unit that one leads. Refuses not_found, not_allowed, offer_settled. */
export function accept(asker: Actor, id: string): void {
	settle(asker, id, 'accept', 'accepted', '', (row, { personId: person, unitId: unit }) =>
		db()
			.update(action)
			.set({ personId: person, unitId: unit })
			.where(eq(action.id, row.action.id))
			.run()
	);
}

/** Refuses not_found, not_allowed, offer_settled, text_too_long, identifier_in_text. */
export function decline(asker: Actor, id: string, words = ''): void {
	settle(asker, id, 'accept', 'declined', words);
}

/** For who made the offer, and for who may do anything else with the action. Refuses not_found, not_allowed, offer_settled. */
export function withdraw(asker: Actor, id: string): void {
	settle(asker, id, 'complete', 'withdrawn', '');
}

type Offer = NonNullable<Row['offer']>;

function settle(
	asker: Actor,
	id: string,
	deed: Deed,
	status: 'accepted' | 'declined' | 'withdrawn',
	words: string,
	move?: (row: Row, offer: Offer) => void
): void {
	const text = readText(words, 'note', actionLimits.note);
	if (isSettledFor(asker, id)) throw new Refusal('offer_settled');
	change(asker, id, 'read', (row) => {
		if (!row.offer) throw new Refusal('offer_settled');
		const own = status === 'withdrawn' && row.offer.byPersonId === asker.id;
		if (!own && !may(asker, deed, thing(row))) throw new Refusal('not_allowed');
		db()
			.update(handover)
			.set({ status, settledById: asker.id, settledAt: clock.now() })
			.where(and(eq(handover.id, row.offer.id), eq(handover.status, 'offered')))
			.run();
		move?.(row, row.offer);
		const step: ActionStep = status;
		note(asker.id, id, step, {
			from: answering(row.action),
			to: answering(row.offer),
			note: text
		});
		audit.record(asker.id, `action.${status}`, `action:${id}`);
	});
}

/** It was offered to this person and no offer stands: they are told so, whether or not they may still see the action. */
function isSettledFor(asker: Actor, id: string): boolean {
	const offers = db().select().from(handover).where(eq(handover.actionId, id)).all();
	return (
		!offers.some(({ status }) => status === 'offered') &&
		offers.some(
			({ personId: person, unitId: unit }) =>
				person === asker.id || asker.leads.includes(unit ?? '')
		)
	);
}

/** Whom something can be handed over to: people and units of the municipality, for those who may look them up. */
export function targets(asker: Actor): {
	people: { id: string; name: string; title: string }[];
	units: { id: string; name: string }[];
} {
	if (!may(asker, 'read', { kind: 'directory' })) return { people: [], units: [] };
	const people = db()
		.select({ id: person.id, name: person.name, title: person.title })
		.from(person)
		.where(eq(person.outside, false))
		.orderBy(asc(person.name))
		.all();
	return { people, units: units.directory(asker).map(({ id, name }) => ({ id, name })) };
}
