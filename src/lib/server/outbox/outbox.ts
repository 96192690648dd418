import { createHash, randomBytes } from 'node:crypto';
import { and, asc, count, desc, eq, gt, inArray, isNotNull, lt, lte } from 'drizzle-orm';
import {
	type NoticeKind,
	type NoticeState,
	pauseAfter,
	type ReminderKind
} from '#lib/domain/notice.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { notice, noticeItem } from '#lib/server/db/schema/notice.ts';
import * as clock from '#lib/server/platform/clock.ts';

/*
 * The outbox: what is to be sent to whom. A notice is claimed before it is sent and settled
 * after, so that it goes out once at most: one that was claimed when the process ended is never
 * claimed again (docs/decisions/0026).
 */

export type Notice = typeof notice.$inferSelect;

const day = 24 * 60 * 60 * 1000;
/** How long it is remembered what was sent. */
const kept = 60 * day;

export interface ItemRef {
	kind: ReminderKind;
	subject: string;
}

/**
 * Puts a notice in, in the caller's transaction. One of that kind about that for that person
 * stands already: nothing happens.
 */
export function put(
	person: string,
	kind: NoticeKind,
	about: string,
	content: { items?: ItemRef[]; state?: 'waiting' | 'dropped' } = {}
): void {
	const { items = [], state = 'waiting' } = content;
	const id = crypto.randomUUID();
	const now = clock.now();
	const { changes } = db()
		.insert(notice)
		.values({
			id,
			personId: person,
			kind,
			about,
			state,
			dueAt: now,
			createdAt: now,
			settledAt: state === 'dropped' ? now : null
		})
		.onConflictDoNothing()
		.run();
	if (changes === 0 || items.length === 0) return;
	db()
		.insert(noticeItem)
		.values(items.map((item) => ({ noticeId: id, ...item })))
		.run();
}

/** Calls these people to a meeting. In the caller's transaction. */
export function call(meeting: string, people: string[]): void {
	for (const person of people) put(person, 'call', meeting);
}

/**
 * Tells those who were called, or may have been, that it is cancelled. In the caller's
 * transaction.
 */
export function callOff(meeting: string): void {
	const called = and(eq(notice.kind, 'call'), eq(notice.about, meeting));
	const reached = inArray(notice.state, ['sending', 'sent', 'uncertain']);
	for (const { personId: person } of db().select().from(notice).where(and(called, reached)).all())
		put(person, 'cancelled', meeting);
}

/** What can be sent now, the longest waiting first. */
export function due(): Notice[] {
	return db()
		.select()
		.from(notice)
		.where(and(eq(notice.state, 'waiting'), lte(notice.dueAt, clock.now())))
		.orderBy(asc(notice.createdAt), asc(notice.id))
		.all();
}

export function itemsOf(id: string): ItemRef[] {
	return db()
		.select({ kind: noticeItem.kind, subject: noticeItem.subject })
		.from(noticeItem)
		.where(eq(noticeItem.noticeId, id))
		.all();
}

/**
 * Takes a notice to be sent, by whoever comes first. Returns the token with which its receiver
 * can say that they want no more of the kind; null when somebody else has it, or it is settled.
 */
export function claim(id: string): { token: string; tries: number } | null {
	const token = randomBytes(24).toString('base64url');
	const waits = and(eq(notice.id, id), eq(notice.state, 'waiting'));
	return transaction(() => {
		const row = db().select().from(notice).where(waits).get();
		if (!row) return null;
		const tries = row.tries + 1;
		db()
			.update(notice)
			.set({ state: 'sending', tries, token: digest(token) })
			.where(waits)
			.run();
		return { token, tries };
	});
}

/** Says what became of a notice that was claimed. */
export function settle(id: string, state: NoticeState, reply?: number): NoticeState {
	mark(id, { state, settledAt: clock.now(), ...(reply === undefined ? {} : { reply }) });
	return state;
}

/**
 * It could not be sent this time: puts it back for a later try, or gives it up when it has been
 * tried often enough.
 */
export function postpone(id: string, tries: number, reply?: number): NoticeState {
	const pause = pauseAfter(tries);
	if (pause === null) return settle(id, 'given_up', reply);
	mark(id, { state: 'waiting', dueAt: clock.now() + pause, ...(reply ? { reply } : {}) });
	return 'waiting';
}

function mark(id: string, values: Partial<Notice>): void {
	db().update(notice).set(values).where(eq(notice.id, id)).run();
}

/**
 * At start: what was being sent when the process ended may have got there, and is left alone from
 * now on.
 */
export function leaveHalfSent(): void {
	db()
		.update(notice)
		.set({ state: 'uncertain', settledAt: clock.now() })
		.where(eq(notice.state, 'sending'))
		.run();
}

/** Digests of days that have passed are of no use any more. */
export function giveUpLate(today: string): void {
	db()
		.update(notice)
		.set({ state: 'given_up', settledAt: clock.now() })
		.where(and(eq(notice.kind, 'digest'), eq(notice.state, 'waiting'), lt(notice.about, today)))
		.run();
}

/** Forgets what was settled long ago. */
export function sweep(): void {
	const old = lt(notice.settledAt, clock.now() - kept);
	db()
		.delete(notice)
		.where(and(isNotNull(notice.settledAt), old))
		.run();
}

/**
 * Whose notice the token came with, and of what kind; null when it is none of ours, or forgotten.
 */
export function ofToken(token: string): { person: string; kind: NoticeKind } | null {
	const row = db()
		.select({ person: notice.personId, kind: notice.kind })
		.from(notice)
		.where(eq(notice.token, digest(token)))
		.get();
	return row ?? null;
}

export interface Tally {
	counts: Record<NoticeState, number>;
	/** The mail server's number when it last refused one, of those counted. */
	refused: number | null;
}

/**
 * How it stands with what was put in during the last seven days, and with everything that waits.
 * Numbers only.
 */
export function tally(): Tally {
	const counts = { waiting: 0, sending: 0, sent: 0, dropped: 0, given_up: 0, uncertain: 0 };
	const recent = gt(notice.createdAt, clock.now() - 7 * day);
	const rows = db()
		.select({ state: notice.state, count: count() })
		.from(notice)
		.where(recent)
		.groupBy(notice.state)
		.all();
	for (const row of rows) counts[row.state] = row.count;
	const last = db()
		.select({ reply: notice.reply })
		.from(notice)
		.where(and(recent, isNotNull(notice.reply)))
		.orderBy(desc(notice.dueAt), desc(notice.settledAt))
		.limit(1)
		.get();
	return { counts, refused: last?.reply ?? null };
}

export function digest(secret: string): string {
	return createHash('sha256').update(secret).digest('hex');
}
