import { and, asc, eq } from 'drizzle-orm';
import { limits } from '#lib/domain/document.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { requireText } from '#lib/domain/text-input.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { agendaItem, correction } from '#lib/server/db/schema/meeting.ts';
import * as events from '#lib/server/live/events.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import { log } from '#lib/server/meeting/log.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';

/*
 * While the minutes are reviewed, members propose corrections and those who keep the minutes take
 * or leave them.
 */

export interface Correction {
	id: string;
	item: string;
	text: string;
	by: string;
	at: number;
	status: 'proposed' | 'taken' | 'left';
	settledBy: string | null;
}

/** The corrections of a meeting that this person may see: those of items that they may read. */
export function of(actor: Actor, meeting: meetings.Meeting): Correction[] {
	const names = people.names();
	return db()
		.select()
		.from(correction)
		.innerJoin(agendaItem, eq(agendaItem.id, correction.itemId))
		.where(eq(correction.meetingId, meeting.id))
		.orderBy(asc(correction.at))
		.all()
		.filter((row) => may(actor, 'read', agendas.subject(row.agenda_item, meeting)))
		.map(({ correction: own }) => ({
			id: own.id,
			item: own.itemId,
			text: own.text,
			by: names.get(own.personId) ?? '',
			at: own.at,
			status: own.status,
			settledBy: own.settledById && (names.get(own.settledById) ?? null)
		}));
}

/**
 * Proposes a correction to the minutes of an item. For those who could write there while the
 * meeting was on. Refuses not_found, not_in_review, not_allowed, missing_text, text_too_long,
 * identifier_in_text.
 */
export function propose(
	actor: Actor,
	meetingId: string,
	input: { item: string; text: string }
): void {
	const text = requireText(input.text, 'text', limits.what);
	transaction(() => {
		const meeting = meetings.read(actor, meetingId);
		const item = agendas.read(actor, meeting, input.item);
		if (meeting.status !== 'review') throw new Refusal('not_in_review');
		if (!may(actor, 'propose', agendas.subject(item, meeting))) throw new Refusal('not_allowed');
		db()
			.insert(correction)
			.values({
				id: crypto.randomUUID(),
				meetingId: meetingId,
				itemId: input.item,
				personId: actor.id,
				text,
				at: clock.now(),
				status: 'proposed'
			})
			.run();
		log(meetingId, actor.id, { verb: 'correction', about: input.item });
		audit.record(actor.id, 'correction.propose', auditSubject('item', input.item));
	});
	events.changed(topicOf('meeting', meetingId));
}

/** Whether this person takes or leaves what is proposed in this meeting now. */
export function maySettle(actor: Actor, meeting: meetings.Meeting): boolean {
	return meeting.status === 'review' && may(actor, 'run', meetings.subject(meeting));
}

/**
 * Takes or leaves a correction; what is taken is written into the minutes by whoever takes it.
 * Refuses not_found, not_in_review, not_allowed, already_done.
 */
export function settle(
	actor: Actor,
	meetingId: string,
	input: { id: string; status: 'taken' | 'left' }
): void {
	transaction(() => {
		const meeting = meetings.read(actor, meetingId);
		const row = db()
			.select()
			.from(correction)
			.where(and(eq(correction.id, input.id), eq(correction.meetingId, meetingId)))
			.get();
		if (!row) throw new Refusal('not_found');
		agendas.read(actor, meeting, row.itemId);
		if (meeting.status !== 'review') throw new Refusal('not_in_review');
		if (!maySettle(actor, meeting)) throw new Refusal('not_allowed');
		if (row.status !== 'proposed') throw new Refusal('already_done');
		const settled = { status: input.status, settledById: actor.id, settledAt: clock.now() };
		db().update(correction).set(settled).where(eq(correction.id, input.id)).run();
		const about = { about: row.itemId, to: input.status };
		log(meetingId, actor.id, { verb: 'correction_settled', ...about });
		audit.record(actor.id, `correction.${input.status}`, auditSubject('item', row.itemId));
	});
	events.changed(topicOf('meeting', meetingId));
}
