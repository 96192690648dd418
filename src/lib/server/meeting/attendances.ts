import { and, asc, eq, isNull } from 'drizzle-orm';
import { type Actor, may } from '#lib/domain/may.ts';
import type { AttendanceStatus } from '#lib/domain/meeting.ts';
import { takesPart } from '#lib/domain/membership.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import * as caseAccess from '#lib/server/case/access.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { membership } from '#lib/server/db/schema/forum.ts';
import { attendance, deputyCall, meetingRole } from '#lib/server/db/schema/meeting.ts';
import { unit } from '#lib/server/db/schema/municipality.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as events from '#lib/server/live/events.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as outbox from '#lib/server/outbox/outbox.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as agendas from './agendas.ts';
import { log, type LogEntry } from './log.ts';
import * as meetings from './meetings.ts';

/* Who is at a meeting, who leads it there, and which deputies have been called in. */

export interface Attendee {
	person: string;
	name: string;
	title: string;
	/** Null while nobody has said anything. */
	status: AttendanceStatus | null;
	/** A deputy who has been called to the whole meeting. */
	deputy: boolean;
}

export interface CalledDeputy {
	id: string;
	person: string;
	name: string;
	for: string | null;
	item: string | null;
	/**
	 * Reports to the one in whose place they come: may prepare, not decide (forvaltningsloven § 6,
	 * third paragraph).
	 */
	subordinate: boolean;
}

export interface Attendances {
	attendees: Attendee[];
	/** Who is not there at one item, by item. */
	away: { item: string; person: string; name: string }[];
	deputies: CalledDeputy[];
	/** Deputies of the forum, for the choice of whom to call. */
	available: {
		person: string;
		name: string;
		for: string | null;
		forName: string | null;
		/** Reports to the one whose deputy they are. */
		subordinate: boolean;
	}[];
	leaders: { person: string; name: string; role: 'chair' | 'secretary'; item: string | null }[];
	quorum: { needed: number; present: number; met: boolean } | null;
}

/**
 * Who is at a meeting, for those who may read it. Who left a case item, who came to it and who
 * leads it says something of the case: whoever may not read the item is told none of it, but
 * keeps their own call.
 */
export function of(actor: Actor, id: string): Attendances {
	const held = meetings.read(actor, id);
	const all = whole(held);
	const knows = ({ item }: { item: string | null }) => {
		const row = item === null ? null : agendas.find(item);
		return item === null || (row !== null && may(actor, 'read', agendas.subject(row, held)));
	};
	return {
		...all,
		away: all.away.filter(knows),
		deputies: all.deputies.filter((call) => call.person === actor.id || knows(call)),
		leaders: all.leaders.filter(knows)
	};
}

/** The same, of every item: for a keeper who shows it to nobody. */
export function whole(held: { id: string; forumId: string }): Attendances {
	const { id } = held;
	const members = forums.members(held.forumId);
	const names = people.names();
	const rows = db().select().from(attendance).where(eq(attendance.meetingId, id)).all();
	const status = new Map(
		rows.filter((row) => !row.itemId).map((row) => [row.personId, row.status])
	);
	const deputies = calls(id, names);
	const attendees = [
		...members
			.filter((member) => takesPart(member.role))
			.map((member) => ({ ...pick(member), deputy: false })),
		...members
			.filter((member) => deputies.some((call) => !call.item && call.person === member.person))
			.map((member) => ({ ...pick(member), deputy: true }))
	].map((one) => ({ ...one, status: status.get(one.person) ?? null }));
	return {
		attendees,
		away: rows
			.filter((row) => row.itemId && row.status === 'absent')
			.map((row) => ({
				item: row.itemId!,
				person: row.personId,
				name: names.get(row.personId) ?? ''
			})),
		deputies,
		available: members
			.filter((member) => member.role === 'deputy')
			.map(({ person, name, deputyFor }) => ({
				person,
				name,
				for: deputyFor,
				forName: deputyFor && (names.get(deputyFor) ?? null),
				subordinate: deputyFor !== null && reportsTo(person, deputyFor)
			})),
		leaders: leadersOf(id, names),
		quorum: quorumOf(held, attendees)
	};
}

function pick({ person, name, title }: forums.Member) {
	return { person, name, title };
}

function calls(id: string, names: Map<string, string>): CalledDeputy[] {
	return db()
		.select()
		.from(deputyCall)
		.where(and(eq(deputyCall.meetingId, id), isNull(deputyCall.endedAt)))
		.orderBy(asc(deputyCall.at))
		.all()
		.map((call) => ({
			id: call.id,
			person: call.deputyId,
			name: names.get(call.deputyId) ?? '',
			for: call.forPersonId && (names.get(call.forPersonId) ?? null),
			item: call.itemId,
			subordinate: call.forPersonId !== null && reportsTo(call.deputyId, call.forPersonId)
		}));
}

/**
 * Whether somebody works directly under another: in a unit that the other leads, or leads one
 * just beneath it.
 */
export function reportsTo(personId: string, leader: string): boolean {
	const own = people.find(personId)?.unitId;
	if (!own || personId === leader) return false;
	const row = db().select().from(unit).where(eq(unit.id, own)).get();
	if (row?.leaderId === leader) return true;
	if (row?.leaderId !== personId || !row.parentId) return false;
	return db().select().from(unit).where(eq(unit.id, row.parentId)).get()?.leaderId === leader;
}

function leadersOf(id: string, names: Map<string, string>): Attendances['leaders'] {
	return db()
		.select()
		.from(meetingRole)
		.where(eq(meetingRole.meetingId, id))
		.all()
		.map(({ personId: person, role, itemId: item }) => ({
			person,
			role,
			item,
			name: names.get(person) ?? ''
		}));
}

function quorumOf(held: { forumId: string }, attendees: Attendee[]): Attendances['quorum'] {
	const needed = forums.find(held.forumId)?.quorum ?? null;
	if (needed === null) return null;
	const present = attendees.filter(
		({ status }) => status === 'present' || status === 'late'
	).length;
	return { needed, present, met: present >= needed };
}

/**
 * A command of those who lead the meeting, or the item that it is about: rights, one transaction,
 * its line in the log, pages told.
 */
function lead(
	actor: Actor,
	id: string,
	item: string | null,
	work: (held: meetings.Meeting, item: agendas.ItemRow | null) => LogEntry
): void {
	transaction(() => {
		const held = meetings.read(actor, id);
		if (held.status === 'locked') throw new Refusal('meeting_locked');
		const row = item === null ? null : agendas.read(actor, held, item);
		const subject = row ? agendas.subject(row, held) : meetings.subject(held);
		if (!may(actor, 'run', subject)) throw new Refusal('not_allowed');
		const entry = work(held, row);
		log(id, actor.id, entry);
		audit.record(actor.id, `meeting.${entry.verb}`, auditSubject('meeting', id));
	});
	events.changed(topicOf('meeting', id));
}

/**
 * Says whether somebody is there: at the meeting (item null), or away from one item of it;
 * `status` null takes it back. Refuses not_found, meeting_locked, not_allowed, unknown_person.
 */
export function set(
	actor: Actor,
	id: string,
	input: { person: string; item: string | null; status: AttendanceStatus | null }
): void {
	lead(actor, id, input.item, (held) => {
		if (!whole(held).attendees.some((one) => one.person === input.person))
			throw new Refusal('unknown_person', { field: 'person' });
		const one = and(
			eq(attendance.meetingId, id),
			eq(attendance.personId, input.person),
			input.item === null ? isNull(attendance.itemId) : eq(attendance.itemId, input.item)
		);
		const before = db().select().from(attendance).where(one).get()?.status ?? null;
		db().delete(attendance).where(one).run();
		if (input.status !== null)
			db()
				.insert(attendance)
				.values({
					id: crypto.randomUUID(),
					meetingId: id,
					itemId: input.item,
					personId: input.person,
					status: input.status,
					at: clock.now()
				})
				.run();
		const about = input.item ? `${input.person} ${input.item}` : input.person;
		return { verb: 'attendance', from: before, to: input.status, about };
	});
}

/**
 * Calls a deputy in, to the whole meeting or to one item; to a case neither one to whom it is
 * closed, nor one the decision maker on it. Refuses not_found, meeting_locked, not_allowed,
 * not_a_deputy, closed_to_them, deputy_rules, already_done.
 */
export function callDeputy(
	actor: Actor,
	id: string,
	input: { deputy: string; for: string | null; item: string | null }
): void {
	lead(actor, id, input.item, (held, item) => {
		const member = db()
			.select()
			.from(membership)
			.where(and(eq(membership.forumId, held.forumId), eq(membership.personId, input.deputy)))
			.get();
		if (member?.role !== 'deputy') throw new Refusal('not_a_deputy', { field: 'deputy' });
		if (item?.caseId) assertFree(held.forumId, item.caseId, input.deputy);
		const standing = calls(id, people.names()).some(
			(call) => call.person === input.deputy && call.item === input.item
		);
		if (standing) throw new Refusal('already_done', { field: 'deputy' });
		const replaced = input.for ?? member.deputyForId;
		if (replaced !== null) people.assertKnown(replaced, 'for');
		db()
			.insert(deputyCall)
			.values({
				id: crypto.randomUUID(),
				meetingId: id,
				itemId: input.item,
				deputyId: input.deputy,
				forPersonId: replaced,
				byPersonId: actor.id,
				at: clock.now()
			})
			.run();
		outbox.call(id, [input.deputy]);
		return { verb: 'deputy_called', about: input.deputy, to: input.item };
	});
	tell(input.deputy);
}

function assertFree(forum: string, about: string, deputy: string): void {
	caseAccess.assertOpen(about, { personId: deputy, unitId: null }, 'deputy');
	if (procedure.rulersOf(forum).includes(deputy))
		throw new Refusal('deputy_rules', { field: 'deputy' });
}

/**
 * Ends a call: from then on the deputy sees nothing of it. Refuses not_found, meeting_locked,
 * not_allowed, already_done.
 */
export function endCall(actor: Actor, id: string, call: string): void {
	const row = db()
		.select()
		.from(deputyCall)
		.where(and(eq(deputyCall.id, call), eq(deputyCall.meetingId, id)))
		.get();
	if (!row) throw new Refusal('not_found');
	lead(actor, id, row.itemId, () => {
		if (row.endedAt !== null) throw new Refusal('already_done');
		db().update(deputyCall).set({ endedAt: clock.now() }).where(eq(deputyCall.id, call)).run();
		return { verb: 'deputy_ended', about: row.deputyId, from: row.itemId };
	});
	tell(row.deputyId);
}

function tell(personId: string): void {
	rooms.reconsider(personId);
	events.changed(topicOf('person', personId));
}

/**
 * Makes somebody who takes part chair or secretary, of the meeting or of one item. Anybody who
 * takes part may do it: when the chair is ill there is nobody else. Refuses not_found,
 * meeting_locked, not_allowed, unknown_person.
 */
export function appoint(
	actor: Actor,
	id: string,
	input: { person: string; role: 'chair' | 'secretary'; item: string | null }
): void {
	transaction(() => {
		const held = meetings.read(actor, id);
		if (held.status === 'locked') throw new Refusal('meeting_locked');
		if (!may(actor, 'appoint', meetings.subject(held))) throw new Refusal('not_allowed');
		if (!whole(held).attendees.some((one) => one.person === input.person))
			throw new Refusal('unknown_person', { field: 'person' });
		if (input.item !== null) agendas.read(actor, held, input.item);
		db()
			.delete(meetingRole)
			.where(
				and(
					eq(meetingRole.meetingId, id),
					eq(meetingRole.role, input.role),
					input.item === null ? isNull(meetingRole.itemId) : eq(meetingRole.itemId, input.item)
				)
			)
			.run();
		db()
			.insert(meetingRole)
			.values({
				id: crypto.randomUUID(),
				meetingId: id,
				itemId: input.item,
				personId: input.person,
				role: input.role
			})
			.run();
		const entry: LogEntry = {
			verb: 'appoint',
			about: input.person,
			to: input.role,
			from: input.item
		};
		log(id, actor.id, entry);
		audit.record(actor.id, `meeting.appoint.${input.role}`, auditSubject('meeting', id));
	});
	rooms.reconsider(input.person);
	events.changed(topicOf('meeting', id), topicOf('person', input.person));
}
