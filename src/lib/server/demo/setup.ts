import { eq } from 'drizzle-orm';
import type { MeetingStatus } from '#lib/domain/meeting.ts';
import type { MembershipRole } from '#lib/domain/membership.ts';
import { db } from '#lib/server/db/index.ts';
import { authority, forum, membership, templateItem } from '#lib/server/db/schema/forum.ts';
import { agendaItem, meeting } from '#lib/server/db/schema/meeting.ts';
import { unit } from '#lib/server/db/schema/municipality.ts';
import * as clock from '#lib/server/platform/clock.ts';

/*
 * Puts a municipality as it is to be found into the database, past rights and consequences: for the
 * made-up one and for tests. No page and no keeper may do this.
 */

export function addForum(entry: typeof forum.$inferInsert): void {
	db().insert(forum).values(entry).run();
}

export function enrol(
	forumId: string,
	personId: string,
	role: MembershipRole,
	deputyForId: string | null = null
): void {
	const entry = { id: crypto.randomUUID(), forumId, personId, role, deputyForId };
	db()
		.insert(membership)
		.values({ ...entry, since: clock.now() })
		.run();
}

/** The forum's standing agenda. */
export function setTemplate(
	forumId: string,
	items: Omit<typeof templateItem.$inferInsert, 'id' | 'forumId' | 'pos'>[]
): void {
	items.forEach((item, pos) =>
		db()
			.insert(templateItem)
			.values({ ...item, id: crypto.randomUUID(), forumId, pos })
			.run()
	);
}

/** The decision maker on what a forum recommends. */
export function setRuler(forumId: string, personId: string): void {
	db().insert(authority).values({ forumId, personId }).run();
}

export function setLeader(unitId: string, leaderId: string): void {
	db().update(unit).set({ leaderId }).where(eq(unit.id, unitId)).run();
}

export function setParent(unitId: string, parentId: string): void {
	db().update(unit).set({ parentId }).where(eq(unit.id, unitId)).run();
}

/** A meeting's state, without what moving it there would bring about. */
export function setMeetingStatus(id: string, status: MeetingStatus): void {
	db().update(meeting).set({ status }).where(eq(meeting.id, id)).run();
}

export function setNumber(itemId: string, number: string): void {
	db().update(agendaItem).set({ number }).where(eq(agendaItem.id, itemId)).run();
}
