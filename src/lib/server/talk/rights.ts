import { eq } from 'drizzle-orm';
import { readAgenda } from '#lib/domain/agenda.ts';
import { type Actor, may, type Subject } from '#lib/domain/may.ts';
import { isWritable } from '#lib/domain/meeting.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { AgendaItem } from '#lib/domain/schedule.ts';
import { isOpenTalk, type TalkStepName, talkStepsFrom } from '#lib/domain/talk.ts';
import { db } from '#lib/server/db/index.ts';
import { talk } from '#lib/server/db/schema/talk.ts';
import type { Access } from '#lib/server/live/document-kinds.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import type { TalkRow } from './slots.ts';

/* A talk with its day, and what somebody may do with it. */

export interface Found {
	row: TalkRow;
	meeting: meetings.Meeting;
}

/** What may() wants to know of a talk. */
export function subject({ row, meeting }: Found): Subject {
	const { forumId: forum, forumKind } = meeting;
	return { kind: 'talk', forum, forumKind, speaker: row.speakerId };
}

export function find(id: string): Found | null {
	const row = db().select().from(talk).where(eq(talk.id, id)).get();
	const meeting = row && meetings.find(row.meetingId);
	return row && meeting ? { row, meeting } : null;
}

/** Refuses with not_found what does not exist for this person. */
export function readable(actor: Actor, id: string): Found {
	const found = find(id);
	if (!found || !may(actor, 'read', subject(found))) throw new Refusal('not_found');
	return found;
}

/** Whether this person may offer a talk on this meeting. */
export function mayPropose(actor: Actor, meeting: meetings.Meeting): boolean {
	return may(actor, 'propose', meetings.subject(meeting));
}

/**
 * The speaker writes while it is under way, and while they may still offer talks here; the hosts
 * read.
 */
export function accessTo(actor: Actor, found: Found): Access | null {
	const { row, meeting } = found;
	const what = subject(found);
	if (!may(actor, 'read', what)) return null;
	const writes = may(actor, 'write', what) && mayPropose(actor, meeting) && isOpenTalk(row.status);
	return writes ? 'write' : 'read';
}

/** The steps that this person can take with it now. */
export function stepsOf(actor: Actor, found: Found, hasSlot: boolean): TalkStepName[] {
	if (!isWritable(found.meeting.status)) return [];
	const who = {
		host: may(actor, 'manage', subject(found)),
		speaker: may(actor, 'write', subject(found))
	};
	return talkStepsFrom({ status: found.row.status, hasSlot }, who);
}

/** Whether it stands in the programme. */
export function hasSlot({ row, meeting }: Found): boolean {
	return row.itemId !== null && programme(meeting.id).some((item) => item.id === row.itemId);
}

/** What stands in the programme of a day. */
export function programme(meeting: string): AgendaItem[] {
	return rooms.read({ kind: 'agenda', id: meeting }, readAgenda);
}
