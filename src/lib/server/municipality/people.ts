import { and, asc, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm';
import { type Actor, may } from '#lib/domain/may.ts';
import { writableStatuses } from '#lib/domain/meeting.ts';
import type { MembershipRole } from '#lib/domain/membership.ts';
import { sentStatuses } from '#lib/domain/recommendation.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { db } from '#lib/server/db/index.ts';
import { authority, membership, urgentMember } from '#lib/server/db/schema/forum.ts';
import { agendaItem, deputyCall, meeting, meetingRole } from '#lib/server/db/schema/meeting.ts';
import { person, unit } from '#lib/server/db/schema/municipality.ts';
import { recommendation } from '#lib/server/db/schema/recommendation.ts';
import { recusal } from '#lib/server/db/schema/recusal.ts';

export type Person = typeof person.$inferSelect;
export type NewPerson = typeof person.$inferInsert;

/** What a list or a name tag shows of a person. */
export interface PersonLabel {
	id: string;
	name: string;
	title: string;
	unit: string | null;
}

/** Everything that the person's rights rest on, read afresh. Null when there is no such person. */
export function actor(id: string): Actor | null {
	const row = db().select().from(person).where(eq(person.id, id)).get();
	if (!row) return null;
	const roles: Record<string, MembershipRole> = {};
	for (const held of db().select().from(membership).where(eq(membership.personId, id)).all())
		roles[held.forumId] = held.role;
	const leads = db().select({ id: unit.id }).from(unit).where(eq(unit.leaderId, id)).all();
	return {
		id,
		unit: row.unitId,
		outside: row.outside,
		administrator: row.administrator,
		roles,
		leads: leads.map((led) => led.id),
		calls: callsOf(id),
		acting: actingOf(id),
		...caseHandlingOf(id)
	};
}

/** The calls of a deputy that still stand: not ended, and the meeting not locked. */
function callsOf(id: string): Actor['calls'] {
	const rows = db()
		.select({ meeting: deputyCall.meetingId, item: deputyCall.itemId })
		.from(deputyCall)
		.innerJoin(meeting, eq(meeting.id, deputyCall.meetingId))
		.where(
			and(
				eq(deputyCall.deputyId, id),
				isNull(deputyCall.endedAt),
				inArray(meeting.status, writableStatuses)
			)
		)
		.all();
	return rows.map((call) => ({ ...call, cases: casesOn(call.meeting, call.item) }));
}

function casesOn(meetingId: string, item: string | null): string[] {
	return db()
		.select({ case: agendaItem.caseId })
		.from(agendaItem)
		.where(
			and(
				eq(agendaItem.meetingId, meetingId),
				isNotNull(agendaItem.caseId),
				eq(agendaItem.removed, false),
				item === null ? undefined : eq(agendaItem.id, item)
			)
		)
		.all()
		.map((row) => row.case!);
}

function actingOf(id: string): Actor['acting'] {
	return db()
		.select({ meeting: meetingRole.meetingId, item: meetingRole.itemId, role: meetingRole.role })
		.from(meetingRole)
		.where(eq(meetingRole.personId, id))
		.all();
}

/** What this person rules on and decides between meetings, and which cases are closed to them. */
function caseHandlingOf(id: string): Pick<Actor, 'rules' | 'sent' | 'urges' | 'recused'> {
	const forumsIn = (table: typeof authority | typeof urgentMember) =>
		db()
			.select({ forum: table.forumId })
			.from(table)
			.where(eq(table.personId, id))
			.all()
			.map((row) => row.forum);
	const rules = forumsIn(authority);
	const sent = db()
		.select({ case: recommendation.caseId })
		.from(recommendation)
		.where(
			and(inArray(recommendation.forumId, rules), inArray(recommendation.status, sentStatuses))
		);
	const closed = db()
		.select({ case: recusal.caseId })
		.from(recusal)
		.where(and(eq(recusal.personId, id), ne(recusal.status, 'impartial')));
	return {
		rules,
		sent: new Set(rules.length > 0 ? sent.all().map((row) => row.case) : []),
		urges: forumsIn(urgentMember),
		recused: new Set(closed.all().map((row) => row.case))
	};
}

export function find(id: string): Person | null {
	return db().select().from(person).where(eq(person.id, id)).get() ?? null;
}

export function findByCode(code: string): Person | null {
	return db().select().from(person).where(eq(person.code, code)).get() ?? null;
}

/**
 * Everybody, by name, with the name of the unit. For those who may look people up; nobody else
 * gets a single one.
 */
export function directory(reader: Actor): PersonLabel[] {
	return may(reader, 'read', { kind: 'directory' }) ? everybody() : [];
}

/**
 * Of these people, the names that stand beside their commands on a page that the actor may read.
 */
export function labelled(ids: Iterable<string>): PersonLabel[] {
	const wanted = new Set(ids);
	return everybody().filter((one) => wanted.has(one.id));
}

/** Names by id, for showing who answers for what. */
export function names(): Map<string, string> {
	const rows = db().select({ id: person.id, name: person.name }).from(person).all();
	return new Map(rows.map((row) => [row.id, row.name]));
}

/** The people of the demo's sign-in page. */
export function everybody(): (PersonLabel & { code: string })[] {
	return db()
		.select({
			id: person.id,
			code: person.code,
			name: person.name,
			title: person.title,
			unit: unit.name
		})
		.from(person)
		.leftJoin(unit, eq(unit.id, person.unitId))
		.orderBy(asc(person.name))
		.all();
}

export function chooseLanguage(id: string, language: string): void {
	db().update(person).set({ language }).where(eq(person.id, id)).run();
}

export function add(entry: NewPerson): void {
	db().insert(person).values(entry).run();
}

/** Refuses an id that is not one of the municipality's own people. */
export function assertInside(id: string, field: string): void {
	if (find(id)?.outside !== false) throw new Refusal('unknown_person', { field });
}

/** Refuses an id that is nobody's. */
export function assertKnown(id: string, field: string): void {
	if (!find(id)) throw new Refusal('unknown_person', { field });
}
