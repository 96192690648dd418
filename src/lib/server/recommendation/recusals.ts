import { and, eq, inArray, ne, or } from 'drizzle-orm';
import { formatParty, openStatuses } from '#lib/domain/action.ts';
import type { Language } from '#lib/domain/language.ts';
import { type Actor, may, type Subject } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { fill } from '#lib/domain/sentences.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as actionRows from '#lib/server/action/rows.ts';
import * as audit from '#lib/server/audit/audit.ts';
import * as caseAccess from '#lib/server/case/access.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { action, handover } from '#lib/server/db/schema/action.ts';
import { attendance } from '#lib/server/db/schema/meeting.ts';
import { unit } from '#lib/server/db/schema/municipality.ts';
import { recusal } from '#lib/server/db/schema/recusal.ts';
import * as events from '#lib/server/live/events.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as unitsKeeper from '#lib/server/municipality/units.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { follow, intoMinutes } from './recommendations.ts';

/*
 * «Er du habil i saka?» From the moment the question is raised the case is closed to the one it
 * is about: sockets are cut, and pages, search and registers know nothing of it. It opens again
 * only when the answer is that they are impartial.
 */

type Recusal = typeof recusal.$inferSelect;

export interface RecusalView {
	id: string;
	item: string;
	person: string;
	name: string;
	reason: string;
	law: string;
	status: Recusal['status'];
	by: Recusal['by'];
	/** Whether this person may answer the question. */
	decides: boolean;
}

function subject(held: meetings.Meeting, item: agendas.ItemRow, person: string): Subject {
	const { forumId: forum, forumKind, status } = held;
	const about = { item: item.id, case: item.caseId ?? '', person };
	return { kind: 'recusal', forum, forumKind, meeting: held.id, status, ...about };
}

/**
 * The questions of a meeting's items that this person may read. Of a case that is closed to them
 * there is nothing.
 */
export function of(actor: Actor, held: meetings.Meeting, language: Language): RecusalView[] {
	const reasons = optionLists.words('recusal_reason', language);
	const names = people.names();
	return agendas
		.caseItems(held.id)
		.filter((item) => may(actor, 'read', agendas.subject(item, held)))
		.flatMap((item) =>
			standing(item.caseId!).map((row) => ({
				id: row.id,
				item: item.id,
				person: row.personId,
				name: names.get(row.personId) ?? '',
				reason: reasons[row.reason] ?? row.reason,
				law: row.law,
				status: row.status,
				by: row.by,
				decides: row.status === 'raised' && may(actor, 'run', subject(held, item, row.personId))
			}))
		);
}

function standing(about: string): Recusal[] {
	return db()
		.select()
		.from(recusal)
		.where(and(eq(recusal.caseId, about), ne(recusal.status, 'impartial')))
		.all();
}

/**
 * Raises the question, about oneself or (for those who lead) about a member. Under the rule that
 * each judges for themself, somebody who raises it about themself is disqualified by that.
 * Refuses not_found, not_allowed, already_done, unknown_person, unknown_choice.
 */
export function raise(
	actor: Actor,
	meetingId: string,
	input: { item: string; person: string; reason: string }
): void {
	const { person } = input;
	transaction(() => {
		const held = meetings.read(actor, meetingId);
		const item = agendas.read(actor, held, input.item);
		if (item.caseId === null) throw new Refusal('not_found');
		if (!may(actor, 'create', subject(held, item, person))) throw new Refusal('not_allowed');
		optionLists.assertOn('recusal_reason', input.reason, 'reason');
		const takesPart = attendances.whole(held);
		const known = [...takesPart.attendees, ...takesPart.deputies].some(
			(one) => one.person === person
		);
		if (!known) throw new Refusal('unknown_person', { field: 'person' });
		if (standing(item.caseId).some((row) => row.personId === person))
			throw new Refusal('already_done');
		const by = procedure.chosen('recusal_by') === 'self' ? 'self' : 'body';
		const alone = by === 'self' && person === actor.id;
		const id = crypto.randomUUID();
		const at = clock.now();
		db()
			.insert(recusal)
			.values({
				id,
				caseId: item.caseId,
				personId: person,
				itemId: item.id,
				raisedById: actor.id,
				at,
				reason: input.reason,
				law: procedure.law('recusal', language()),
				by,
				status: 'raised'
			})
			.run();
		audit.record(actor.id, 'recusal.raise', auditSubject('recusal', id));
		if (alone) settle(actor, held, item, id, true, null);
		events.changed(
			topicOf('meeting', held.id),
			topicOf('case', item.caseId),
			topicOf('person', person)
		);
	});
	rooms.reconsider(person);
}

/** The municipality's own: what is written down is written in it. */
function language(): 'nn' | 'nb' {
	return unitsKeeper.ours()?.language === 'nb' ? 'nb' : 'nn';
}

/**
 * Answers the question, without the one it is about; with a deputy who comes to exactly this
 * item, when one is named. At any meeting that has the case on its agenda: the one at which it
 * was raised may be over, or the case may have left it. Refuses not_found, not_allowed,
 * already_done, not_a_deputy, closed_to_them, deputy_rules, meeting_locked.
 */
export function decide(
	actor: Actor,
	meetingId: string,
	input: { id: string; disqualified: boolean; deputy: string | null }
): void {
	const person = transaction(() => {
		const held = meetings.read(actor, meetingId);
		const row = db().select().from(recusal).where(eq(recusal.id, input.id)).get();
		const item = row && agendas.caseItems(held.id).find((one) => one.caseId === row.caseId);
		if (!row || !item) throw new Refusal('not_found');
		agendas.read(actor, held, item.id);
		if (!may(actor, 'run', subject(held, item, row.personId))) throw new Refusal('not_allowed');
		if (row.status !== 'raised') throw new Refusal('already_done');
		settle(actor, held, item, row.id, input.disqualified, input.deputy);
		events.changed(
			topicOf('meeting', held.id),
			topicOf('case', row.caseId),
			topicOf('person', row.personId)
		);
		return row.personId;
	});
	rooms.reconsider(person);
}

/** Writes the answer down, and does what follows from it, in the caller's transaction. */
function settle(
	actor: Actor,
	held: meetings.Meeting,
	item: agendas.ItemRow,
	id: string,
	disqualified: boolean,
	deputy: string | null
): void {
	const status = disqualified ? 'disqualified' : 'impartial';
	db()
		.update(recusal)
		.set({ status, decidedById: actor.id, decidedAt: clock.now() })
		.where(eq(recusal.id, id))
		.run();
	const row = db().select().from(recusal).where(eq(recusal.id, id)).get()!;
	audit.record(actor.id, `recusal.${status}`, auditSubject('recusal', id));
	if (disqualified) {
		leaves(held, item, row.personId);
		if (deputy !== null)
			attendances.callDeputy(actor, held.id, { deputy, for: row.personId, item: item.id });
		handOn(actor, held, row, deputy);
	}
	follow(item.id);
	intoMinutes(actor, item.id, sentence(held, row, deputy));
}

function leaves(held: meetings.Meeting, item: agendas.ItemRow, person: string): void {
	const entry = { meetingId: held.id, itemId: item.id, personId: person };
	db()
		.insert(attendance)
		.values({ ...entry, id: crypto.randomUUID(), status: 'absent', at: clock.now() })
		.onConflictDoNothing()
		.run();
}

/** What stands in the minutes, in the municipality's language. */
function sentence(held: meetings.Meeting, row: Recusal, deputy: string | null): string {
	const sentences = optionLists.words('sentence', language());
	const names = people.names();
	const values = {
		name: names.get(row.personId) ?? '',
		forum: held.forumName,
		reason: optionLists.words('recusal_reason', language())[row.reason] ?? '',
		law: row.law,
		deputy: names.get(deputy ?? '') ?? ''
	};
	const answer =
		row.status === 'impartial'
			? 'recusal_impartial'
			: row.by === 'self'
				? 'recusal_self'
				: 'recusal_body';
	return [
		row.raisedById === row.personId ? 'recusal_own' : 'recusal_raised',
		answer,
		...(deputy === null ? [] : ['recusal_deputy'])
	]
		.map((key) => fill(sentences, key, values))
		.join(' ');
}

/**
 * Open actions about the case move away from the disqualified: those that they answer for
 * themselves, or as leader of a unit. To the deputy, else to whoever leads the forum.
 */
function handOn(actor: Actor, held: meetings.Meeting, row: Recusal, deputy: string | null): void {
	const led = db().select({ id: unit.id }).from(unit).where(eq(unit.leaderId, row.personId));
	const units = led.all().map(({ id }) => id);
	const to = deputy ?? caseAccess.standIn(row.caseId, held.forumId, row.personId);
	if (to === null) throw new Refusal('unknown_person', { field: 'deputy' });
	const open = db()
		.select()
		.from(action)
		.where(and(eq(action.caseId, row.caseId), inArray(action.status, openStatuses)))
		.all()
		.filter(
			(own) => own.personId === row.personId || (own.unitId !== null && units.includes(own.unitId))
		);
	for (const own of open) {
		db().update(action).set({ personId: to, unitId: null }).where(eq(action.id, own.id)).run();
		const from = actionRows.answering(own);
		actionRows.note(actor.id, own.id, 'moved', {
			from,
			to: formatParty({ kind: 'person', id: to })
		});
		audit.record(actor.id, 'action.move', auditSubject('action', own.id));
	}
	withdraw(actor, row, units);
}

/** Nothing is offered to them any more. */
function withdraw(actor: Actor, row: Recusal, units: string[]): void {
	const about = db().select({ id: action.id }).from(action).where(eq(action.caseId, row.caseId));
	const theirs = and(
		eq(handover.status, 'offered'),
		or(eq(handover.personId, row.personId), inArray(handover.unitId, units)),
		inArray(handover.actionId, about)
	);
	for (const offer of db().select().from(handover).where(theirs).all()) {
		db()
			.update(handover)
			.set({ status: 'withdrawn', settledById: actor.id, settledAt: clock.now() })
			.where(eq(handover.id, offer.id))
			.run();
		actionRows.note(actor.id, offer.actionId, 'withdrawn', { to: actionRows.answering(offer) });
		audit.record(actor.id, 'action.withdrawn', auditSubject('action', offer.actionId));
	}
}
