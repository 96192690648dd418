import { asc, eq } from 'drizzle-orm';
import { type Actor, may } from '#lib/domain/may.ts';
import { isWritable } from '#lib/domain/meeting.ts';
import {
	isOpenTalk,
	parseSlot,
	type Slot,
	slotsOf,
	type TalkStatus,
	type TalkStepName
} from '#lib/domain/talk.ts';
import { db } from '#lib/server/db/index.ts';
import { talk } from '#lib/server/db/schema/talk.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as rights from './rights.ts';
import type { Found } from './rights.ts';
import * as slots from './slots.ts';
import type { TalkRow } from './slots.ts';

/** A talk as the person who asked may see it. */
export interface TalkView {
	id: string;
	title: string;
	minutes: number;
	status: TalkStatus;
	speaker: { id: string; name: string };
	meeting: { id: string; forum: string; number: string; date: string };
	/** The item of the programme, while it stands there, and when that is. */
	item: string | null;
	slot: Slot | null;
	/** It is the actor's own. */
	own: boolean;
	/** The actor decides about it. */
	hosted: boolean;
	/** For the hosts: title or length is no longer what the programme took over. */
	changed: boolean;
	/** What the actor can do with it now. */
	steps: TalkStepName[];
}

/** One step of a talk's history. */
export interface TalkStep {
	id: string;
	date: string;
	/** 'HH:MM' */
	time: string;
	by: 'speaker' | 'host' | null;
	/** For those who know the people here. */
	name: string | null;
	what: { kind: 'status'; to: TalkStatus } | { kind: 'slot'; from: Slot | null; to: Slot | null };
}

export interface TalkPage extends TalkView {
	/** The epoch of its document. */
	epoch: number;
	writes: boolean;
	/** The day is still open to change. */
	open: boolean;
	history: TalkStep[];
	/** What came of its slot since the speaker last took a step; null when nothing did. */
	moved: { from: Slot; to: Slot | null } | null;
}

/** One talk. Refuses with not_found when there is none for this person. */
export function read(actor: Actor, id: string): TalkPage {
	const found = rights.readable(actor, id);
	const { row, meeting } = found;
	return {
		...viewer(actor)(found),
		epoch: rooms.epochOf({ kind: 'talk', id }),
		writes: rights.accessTo(actor, found) === 'write',
		open: isWritable(meeting.status),
		history: historyOf(actor, row),
		moved: movedSince(row)
	};
}

/**
 * The talks of a day that this person may see: all of them for its hosts, else the own ones. The
 * earliest offer first.
 */
export function ofMeeting(actor: Actor, meetingId: string): TalkView[] {
	const rows = db()
		.select()
		.from(talk)
		.where(eq(talk.meetingId, meetingId))
		.orderBy(asc(talk.at))
		.all();
	return visible(actor, rows);
}

/** The talks that this person has offered and not withdrawn, on days that are not over. */
export function ofSpeaker(actor: Actor): TalkView[] {
	const rows = db()
		.select()
		.from(talk)
		.where(eq(talk.speakerId, actor.id))
		.orderBy(asc(talk.at))
		.all();
	return visible(actor, rows).filter(
		({ status, meeting }) => status !== 'withdrawn' && meeting.date >= clock.today()
	);
}

/** The offers that wait for this person's answer. */
export function awaiting(actor: Actor): TalkView[] {
	const rows = db()
		.select()
		.from(talk)
		.where(eq(talk.status, 'proposed'))
		.orderBy(asc(talk.at))
		.all();
	return visible(actor, rows).filter(({ steps }) => steps.includes('accept'));
}

function visible(actor: Actor, rows: TalkRow[]): TalkView[] {
	const known = new Map<string, meetings.Meeting | null>();
	const view = viewer(actor);
	return rows.flatMap((row) => {
		if (!known.has(row.meetingId)) known.set(row.meetingId, meetings.find(row.meetingId));
		const meeting = known.get(row.meetingId);
		return meeting && may(actor, 'read', rights.subject({ row, meeting }))
			? [view({ row, meeting })]
			: [];
	});
}

/** Shows talks to one person; reads each programme once. */
function viewer(actor: Actor): (found: Found) => TalkView {
	const programmes = new Map<string, Map<string, Slot>>();
	const slotsIn = ({ id, starts }: meetings.Meeting) => {
		const read = programmes.get(id) ?? slotsOf(rights.programme(id), starts);
		programmes.set(id, read);
		return read;
	};
	return (found) => {
		const { row, meeting } = found;
		const slot = (row.itemId !== null && slotsIn(meeting).get(row.itemId)) || null;
		const { id, title, minutes, status } = row;
		const hosted = may(actor, 'manage', rights.subject(found));
		return {
			id,
			title,
			minutes,
			status,
			speaker: { id: row.speakerId, name: people.find(row.speakerId)?.name ?? '' },
			meeting: {
				id: meeting.id,
				forum: meeting.forumName,
				number: meeting.number,
				date: meeting.date
			},
			item: slot && row.itemId,
			slot,
			own: row.speakerId === actor.id,
			hosted,
			changed: hosted && slot !== null && isOpenTalk(status) && slots.isChanged(row),
			steps: rights.stepsOf(actor, found, slot !== null)
		};
	};
}

function historyOf(actor: Actor, row: TalkRow): TalkStep[] {
	const knowsPeople = may(actor, 'read', { kind: 'directory' });
	return slots.eventsOf(row.id).flatMap((event) => {
		if (event.verb !== 'status' && event.verb !== 'slot') return [];
		const step: TalkStep = {
			id: event.id,
			date: clock.dateOf(event.at),
			time: timeOf(event.at),
			by: event.personId === null ? null : event.personId === row.speakerId ? 'speaker' : 'host',
			name: (knowsPeople && event.personId && people.find(event.personId)?.name) || null,
			what:
				event.verb === 'slot'
					? { kind: 'slot', from: parseSlot(event.from), to: parseSlot(event.to) }
					: { kind: 'status', to: event.to as TalkStatus }
		};
		return [step];
	});
}

function timeOf(moment: number): string {
	const two = '2-digit' as const;
	const { timeZone } = clock;
	return new Intl.DateTimeFormat('sv-SE', { timeZone, hour: two, minute: two }).format(moment);
}

function movedSince(row: TalkRow): TalkPage['moved'] {
	const past = slots.eventsOf(row.id);
	const own = past.findLastIndex(({ personId: person }) => person === row.speakerId);
	const moves = past.slice(own + 1).filter(({ verb, from }) => verb === 'slot' && from !== null);
	const from = parseSlot(moves[0]?.from ?? null);
	const to = past.findLast(({ verb }) => verb === 'slot')?.to ?? null;
	return from && moves[0]?.from !== to ? { from, to: parseSlot(to) } : null;
}
