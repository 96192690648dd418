import { and, asc, desc, eq, gte, ne } from 'drizzle-orm';
import { type Actor, may, type Subject } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { db } from '#lib/server/db/index.ts';
import { forum } from '#lib/server/db/schema/forum.ts';
import { meeting } from '#lib/server/db/schema/meeting.ts';
import * as clock from '#lib/server/platform/clock.ts';

export type MeetingRow = typeof meeting.$inferSelect;

/** A meeting with what its name and its rights need of the forum. */
export type Meeting = MeetingRow & {
	forumCode: string;
	forumName: string;
	forumKind: (typeof forum.$inferSelect)['kind'];
	handlesCases: boolean;
};

/** What may() wants to know of a meeting. */
export function subject(row: Pick<Meeting, 'id' | 'forumId' | 'forumKind' | 'status'>): Subject {
	const { id, forumId: forum, forumKind, status } = row;
	return { kind: 'meeting', meeting: id, forum, forumKind, status };
}

function query() {
	return db()
		.select({
			meeting,
			code: forum.code,
			name: forum.name,
			kind: forum.kind,
			cases: forum.handlesCases
		})
		.from(meeting)
		.innerJoin(forum, eq(forum.id, meeting.forumId));
}

type Row = NonNullable<ReturnType<ReturnType<typeof query>['get']>>;

function shape(row: Row): Meeting {
	return {
		...row.meeting,
		forumCode: row.code,
		forumName: row.name,
		forumKind: row.kind,
		handlesCases: row.cases
	};
}

export function find(id: string): Meeting | null {
	const row = query().where(eq(meeting.id, id)).get();
	return row ? shape(row) : null;
}

/** One meeting. Refuses with not_found when there is none for this person. */
export function read(actor: Actor, id: string): Meeting {
	const found = find(id);
	if (!found || !may(actor, 'read', subject(found))) throw new Refusal('not_found');
	return found;
}

/** One meeting that this person may write in. Refuses not_found, meeting_locked, not_allowed. */
export function readToWrite(actor: Actor, id: string): Meeting {
	const found = read(actor, id);
	if (may(actor, 'write', subject(found))) return found;
	throw new Refusal(found.status === 'locked' ? 'meeting_locked' : 'not_allowed');
}

/** Coming meetings that exist for this person, the next first. */
export function coming(actor: Actor, limit: number): Meeting[] {
	return query()
		.where(and(gte(meeting.date, clock.today()), ne(meeting.status, 'cancelled')))
		.orderBy(asc(meeting.date), asc(meeting.starts))
		.all()
		.map(shape)
		.filter((row) => may(actor, 'read', subject(row)))
		.slice(0, limit);
}

/** The meetings that a case or an action can be read back to, the latest first. */
export function latest(actor: Actor, limit: number): Meeting[] {
	return query()
		.orderBy(desc(meeting.date))
		.limit(200)
		.all()
		.map(shape)
		.filter((row) => may(actor, 'read', subject(row)))
		.slice(0, limit);
}

export function add(entry: typeof meeting.$inferInsert): void {
	db().insert(meeting).values(entry).run();
}

/** The item under which cases of this meeting are put. */
export function putCasesUnder(id: string, item: string): void {
	db().update(meeting).set({ casesUnderId: item }).where(eq(meeting.id, id)).run();
}

/** The item at which is told what was decided between meetings. */
export function tellUrgentUnder(id: string, item: string): void {
	db().update(meeting).set({ urgentUnderId: item }).where(eq(meeting.id, id)).run();
}
