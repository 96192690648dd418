import { and, asc, desc, eq } from 'drizzle-orm';
import { type Actor, may, type Subject } from '#lib/domain/may.ts';
import type { MembershipRole } from '#lib/domain/membership.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { forum, membership, templateItem, urgentMember } from '#lib/server/db/schema/forum.ts';
import { meeting } from '#lib/server/db/schema/meeting.ts';
import { person } from '#lib/server/db/schema/municipality.ts';
import * as events from '#lib/server/live/events.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';

export type Forum = typeof forum.$inferSelect;
export type TemplateItem = typeof templateItem.$inferSelect;

export interface Member {
	person: string;
	name: string;
	title: string;
	role: MembershipRole;
	deputyFor: string | null;
}

/** What may() wants to know of a forum. */
export function subject(row: { id: string; kind: Forum['kind'] }): Subject {
	return { kind: 'forum', forum: row.id, forumKind: row.kind };
}

/** The forums that exist for this person, by name. */
export function visibleTo(actor: Actor): Forum[] {
	const all = db().select().from(forum).orderBy(asc(forum.name)).all();
	return all.filter((row) => may(actor, 'read', subject(row)));
}

/** One forum by its short code, whatever the case of its letters. Refuses with not_found. */
export function read(actor: Actor, code: string): Forum {
	const row = db().select().from(forum).where(eq(forum.code, code.toUpperCase())).get();
	if (!row || !may(actor, 'read', subject(row))) throw new Refusal('not_found');
	return row;
}

export function find(id: string): Forum | null {
	return db().select().from(forum).where(eq(forum.id, id)).get() ?? null;
}

export function findByCode(code: string): Forum | null {
	return db().select().from(forum).where(eq(forum.code, code)).get() ?? null;
}

const rank: Record<MembershipRole, number> = {
	chair: 0,
	secretary: 1,
	member: 2,
	deputy: 3,
	observer: 4,
	speaker: 5
};

/** Who belongs, the chair first. */
export function members(id: string): Member[] {
	return db()
		.select({
			person: membership.personId,
			name: person.name,
			title: person.title,
			role: membership.role,
			deputyFor: membership.deputyForId
		})
		.from(membership)
		.innerJoin(person, eq(person.id, membership.personId))
		.where(eq(membership.forumId, id))
		.orderBy(asc(person.name))
		.all()
		.sort((a, b) => rank[a.role] - rank[b.role]);
}

/** The forum's meetings, the latest first; none when the person does not read them. */
export function meetings(actor: Actor, of: Forum): (typeof meeting.$inferSelect)[] {
	const rows = db()
		.select()
		.from(meeting)
		.where(eq(meeting.forumId, of.id))
		.orderBy(desc(meeting.date))
		.all();
	return rows.filter((row) =>
		may(actor, 'read', {
			kind: 'meeting',
			forum: of.id,
			forumKind: of.kind,
			meeting: row.id,
			status: row.status
		})
	);
}

export function template(id: string): TemplateItem[] {
	return db()
		.select()
		.from(templateItem)
		.where(eq(templateItem.forumId, id))
		.orderBy(asc(templateItem.pos))
		.all();
}

/** Lets somebody in. Refuses not_allowed, unknown_person, already_member. */
export function addMember(
	actor: Actor,
	id: string,
	input: { person: string; role: MembershipRole }
): void {
	manage(actor, id, () => {
		people.assertKnown(input.person, 'person');
		if (membershipOf(id, input.person)) throw new Refusal('already_member', { field: 'person' });
		enrol(id, input.person, input.role);
		audit.record(actor.id, `member.add.${input.role}`, auditSubject('person', input.person));
	});
	tell(id, input.person);
}

/** Gives a member another role. Refuses not_allowed, unknown_person, last_chair. */
export function changeRole(
	actor: Actor,
	id: string,
	input: { person: string; role: MembershipRole }
): void {
	manage(actor, id, () => {
		assertLeavesChair(id, input.person, input.role);
		db()
			.update(membership)
			.set({ role: input.role })
			.where(and(eq(membership.forumId, id), eq(membership.personId, input.person)))
			.run();
		audit.record(actor.id, `member.role.${input.role}`, auditSubject('person', input.person));
	});
	tell(id, input.person);
}

/**
 * Lets somebody go; what they have open of the forum is cut at once. Refuses not_allowed,
 * unknown_person, last_chair.
 */
export function removeMember(actor: Actor, id: string, personId: string): void {
	manage(actor, id, () => {
		assertLeavesChair(id, personId, null);
		db()
			.delete(membership)
			.where(and(eq(membership.forumId, id), eq(membership.personId, personId)))
			.run();
		// Who comes back one day does not come back as one of the few.
		db()
			.delete(urgentMember)
			.where(and(eq(urgentMember.forumId, id), eq(urgentMember.personId, personId)))
			.run();
		audit.record(actor.id, 'member.remove', auditSubject('person', personId));
	});
	tell(id, personId);
}

function manage(actor: Actor, id: string, work: () => void): void {
	transaction(() => {
		const row = find(id);
		if (!row || !may(actor, 'read', subject(row))) throw new Refusal('not_found');
		if (!may(actor, 'manage', subject(row))) throw new Refusal('not_allowed');
		work();
	});
}

function membershipOf(id: string, personId: string): { role: MembershipRole } | undefined {
	return db()
		.select({ role: membership.role })
		.from(membership)
		.where(and(eq(membership.forumId, id), eq(membership.personId, personId)))
		.get();
}

/** A forum without a chair could not let anybody in again. */
function assertLeavesChair(id: string, personId: string, next: MembershipRole | null): void {
	const held = membershipOf(id, personId);
	if (!held) throw new Refusal('unknown_person', { field: 'person' });
	const chairs = members(id).filter((member) => member.role === 'chair');
	if (held.role === 'chair' && next !== 'chair' && chairs.length === 1)
		throw new Refusal('last_chair', { field: 'role' });
}

/** After the commit: connections are judged again, pages read again. */
function tell(id: string, personId: string): void {
	rooms.reconsider(personId);
	events.changed(topicOf('forum', id), topicOf('person', personId));
}

function enrol(id: string, personId: string, role: MembershipRole): void {
	db()
		.insert(membership)
		.values({
			id: crypto.randomUUID(),
			forumId: id,
			personId: personId,
			role,
			since: clock.now()
		})
		.run();
}
