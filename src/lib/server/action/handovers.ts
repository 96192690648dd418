import { and, asc, eq } from 'drizzle-orm';
import { actionLimits, type ActionStep, isOpen } from '#lib/domain/action.ts';
import { type Actor, may, type Permission } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { readText } from '#lib/domain/text-input.ts';
import { auditSubject } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import * as caseAccess from '#lib/server/case/access.ts';
import { db } from '#lib/server/db/index.ts';
import { action, handover } from '#lib/server/db/schema/action.ts';
import { person } from '#lib/server/db/schema/municipality.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { responsibleOf } from './actions.ts';
import { answering, change, note, type Row, subject } from './rows.ts';

/*
 * Hand-over: an action is offered to another person or unit, and moves when they accept. Until
 * then it stays where it is. One offer at a time; of two who settle the same one, the first wins.
 */

/**
 * Offers an action to somebody of the municipality. Refuses not_found, not_allowed, already_done
 * (it is over, or theirs already), already_offered, unknown_person, unknown_unit, closed_to_them
 * (the case is), text_too_long, identifier_in_text.
 */
export function offer(
	actor: Actor,
	id: string,
	input: { to: string; note?: string | undefined }
): void {
	const text = readText(input.note ?? '', 'note', actionLimits.note);
	change(actor, id, 'complete', (row) => {
		const to = responsibleOf(input.to, 'to', true);
		if (!isOpen(row.action.status) || answering(to) === answering(row.action))
			throw new Refusal('already_done', { field: 'to' });
		if (row.offer) throw new Refusal('already_offered');
		caseAccess.assertOpen(row.action.caseId, to, 'to');
		db()
			.insert(handover)
			.values({
				id: crypto.randomUUID(),
				actionId: id,
				...to,
				byPersonId: actor.id,
				at: clock.now(),
				status: 'offered'
			})
			.run();
		note(actor.id, id, 'offered', { from: answering(row.action), to: answering(to), note: text });
		audit.record(actor.id, 'action.offer', auditSubject('action', id));
	});
}

/**
 * Takes over what is offered to one, or to a unit that one leads. Refuses not_found, not_allowed,
 * offer_settled.
 */
export function accept(actor: Actor, id: string): void {
	settle(actor, id, 'accept', 'accepted', '', (row, { personId: person, unitId: unit }) =>
		db()
			.update(action)
			.set({ personId: person, unitId: unit })
			.where(eq(action.id, row.action.id))
			.run()
	);
}

/** Refuses not_found, not_allowed, offer_settled, text_too_long, identifier_in_text. */
export function decline(actor: Actor, id: string, words = ''): void {
	settle(actor, id, 'accept', 'declined', words);
}

/**
 * For who made the offer, and for who may do anything else with the action. Refuses not_found,
 * not_allowed, offer_settled.
 */
export function withdraw(actor: Actor, id: string): void {
	settle(actor, id, 'withdraw', 'withdrawn', '');
}

type Offer = NonNullable<Row['offer']>;

function settle(
	actor: Actor,
	id: string,
	verb: Permission,
	status: 'accepted' | 'declined' | 'withdrawn',
	words: string,
	move?: (row: Row, offer: Offer) => void
): void {
	const text = readText(words, 'note', actionLimits.note);
	if (isSettledFor(actor, id)) throw new Refusal('offer_settled');
	change(actor, id, 'read', (row) => {
		if (!row.offer) throw new Refusal('offer_settled');
		if (!may(actor, verb, subject(row))) throw new Refusal('not_allowed');
		db()
			.update(handover)
			.set({ status, settledById: actor.id, settledAt: clock.now() })
			.where(and(eq(handover.id, row.offer.id), eq(handover.status, 'offered')))
			.run();
		move?.(row, row.offer);
		const step: ActionStep = status;
		note(actor.id, id, step, {
			from: answering(row.action),
			to: answering(row.offer),
			note: text
		});
		audit.record(actor.id, `action.${status}`, auditSubject('action', id));
	});
}

/**
 * It was offered to this person and no offer stands: they are told so, whether or not they may
 * still see the action.
 */
function isSettledFor(actor: Actor, id: string): boolean {
	const offers = db().select().from(handover).where(eq(handover.actionId, id)).all();
	return (
		!offers.some(({ status }) => status === 'offered') &&
		offers.some(
			({ personId: person, unitId: unit }) =>
				person === actor.id || actor.leads.includes(unit ?? '')
		)
	);
}

/**
 * Whom something can be handed over to: people and units of the municipality, for those who may
 * look them up.
 */
export function targets(actor: Actor): {
	people: { id: string; name: string; title: string }[];
	units: { id: string; name: string }[];
} {
	if (!may(actor, 'read', { kind: 'directory' })) return { people: [], units: [] };
	const people = db()
		.select({ id: person.id, name: person.name, title: person.title })
		.from(person)
		.where(eq(person.outside, false))
		.orderBy(asc(person.name))
		.all();
	return { people, units: units.directory(actor).map(({ id, name }) => ({ id, name })) };
}
