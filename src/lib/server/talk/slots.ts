import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { AgendaItem } from '#lib/domain/schedule.ts';
import { formatSlot, slotsOf, type TalkLogKind, type TalkStatus } from '#lib/domain/talk.ts';
import { topicOf } from '#lib/domain/topic.ts';
import { db, prepared } from '#lib/server/db/index.ts';
import { talk, talkEvent } from '#lib/server/db/schema/talk.ts';
import * as events from '#lib/server/live/events.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as clock from '#lib/server/platform/clock.ts';

/*
 * What has happened to a talk, and its slot among it. Commands are 'status', 'slot'
 * ('10:35-11:20', null without one) and 'words': what of title and length the programme has taken
 * over.
 */
export type TalkRow = typeof talk.$inferSelect;
export type TalkEvent = typeof talkEvent.$inferSelect;

/** Moves of a slot within this many milliseconds are one: a day is dragged about line by line. */
const oneMove = 60_000;

/** Notes a step, with who (null: nobody in particular) and when, in the caller's transaction. */
export function record(
	id: string,
	person: string | null,
	verb: TalkLogKind,
	from: string | null,
	to: string | null
): void {
	const at = clock.now();
	db()
		.insert(talkEvent)
		.values({ id: crypto.randomUUID(), talkId: id, at, personId: person, verb, from, to })
		.run();
}

/** The steps of a talk, the earliest first. */
export function eventsOf(id: string): TalkEvent[] {
	return db()
		.select()
		.from(talkEvent)
		.where(eq(talkEvent.talkId, id))
		.orderBy(asc(talkEvent.at), asc(sql`rowid`))
		.all();
}

export function setStatus(row: TalkRow, status: TalkStatus, person: string | null): void {
	db().update(talk).set({ status }).where(eq(talk.id, row.id)).run();
	record(row.id, person, 'status', row.status, status);
}

/** Notes that the programme has taken over title and length as they are now, or lets them be. */
export function recordWords(row: TalkRow, person: string): void {
	record(row.id, person, 'words', null, wordsOf(row));
}

/** Whether title or length is no longer what the programme took over last. */
export function isChanged(row: TalkRow): boolean {
	const taken = eventsOf(row.id).filter(({ verb }) => verb === 'words');
	return taken.at(-1)?.to !== wordsOf(row);
}

function wordsOf({ minutes, title }: TalkRow): string {
	return `${minutes} ${title}`;
}

const placedIn = prepared((orm) =>
	orm
		.select()
		.from(talk)
		.where(
			and(
				eq(talk.meetingId, sql.placeholder('meeting')),
				isNotNull(talk.itemId),
				inArray(talk.status, ['accepted', 'confirmed'])
			)
		)
		.prepare()
);

/**
 * Compares the programme with the slots as they were last noted. A talk whose item has been taken
 * away is accepted and no more; when the item comes back to where it was, as after an undo, the
 * speaker need not confirm again.
 */
export function follow(meetingId: string, read: () => AgendaItem[]): void {
	const placed = placedIn().all({ meeting: meetingId });
	const meeting = placed.length > 0 && meetings.find(meetingId);
	if (!meeting) return;
	const slots = slotsOf(read(), meeting.starts);
	for (const row of placed) {
		const slot = slots.get(row.itemId ?? '');
		followOne(row, slot ? formatSlot(slot) : null);
	}
}

function followOne(row: TalkRow, now: string | null): void {
	const past = eventsOf(row.id);
	const last = past.filter(({ verb }) => verb === 'slot').at(-1);
	const before = last?.to ?? null;
	if (now === before) return;
	noteMove(row.id, past.at(-1), before, now);
	if (now === null && row.status === 'confirmed') setStatus(row, 'accepted', null);
	if (now !== null && last?.from === now && hasLost(past.at(-1))) setStatus(row, 'confirmed', null);
	events.changed(topicOf('talk', row.id));
	if (now === null || before === null) events.changed(topicOf('meeting', row.meetingId));
}

/** The last thing that happened was that it lost its slot, and with it its confirmation. */
function hasLost(event: TalkEvent | undefined): boolean {
	return event?.verb === 'status' && event.from === 'confirmed' && event.to === 'accepted';
}

function noteMove(
	id: string,
	latest: TalkEvent | undefined,
	before: string | null,
	now: string | null
): void {
	const goesOn =
		latest?.verb === 'slot' &&
		latest.from !== null &&
		now !== null &&
		clock.now() - latest.at < oneMove;
	if (!goesOn) return record(id, null, 'slot', before, now);
	if (latest.from === now) db().delete(talkEvent).where(eq(talkEvent.id, latest.id)).run();
	else
		db()
			.update(talkEvent)
			.set({ to: now, at: clock.now() })
			.where(eq(talkEvent.id, latest.id))
			.run();
}
