import { and, eq, inArray } from 'drizzle-orm';
import { addCaseItem, caseTextOf, changeItem } from '#lib/domain/agenda.ts';
import { limits } from '#lib/domain/document.ts';
import type { Actor } from '#lib/domain/may.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { requireText } from '#lib/domain/text-input.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import * as cases from '#lib/server/case/cases.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { agendaItem, meeting } from '#lib/server/db/schema/meeting.ts';
import { recommendation } from '#lib/server/db/schema/recommendation.ts';
import * as events from '#lib/server/live/events.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import { type ItemRow, read } from './agendas.ts';
import * as meetings from './meetings.ts';

/*
 * Cases on agendas: put there, called something else, and taken off when there is nothing to
 * decide any more.
 */

/**
 * Puts a case on the agenda of a meeting, under the item that takes cases, and returns the new
 * item's id. Refuses not_found, meeting_locked, unknown_case, case_has_item, text_too_long,
 * identifier_in_text.
 */
export function putCase(
	actor: Actor,
	meetingId: string,
	input: { case: string; title: string }
): string {
	const title = readHeading(input.title);
	const item = transaction(() => {
		const meeting = meetings.readToWrite(actor, meetingId);
		const card = cases.readById(actor, input.case);
		if (!meeting.handlesCases || card.forumId !== meeting.forumId)
			throw new Refusal('unknown_case', { field: 'case' });
		const known = itemsAbout(meetingId, card.id);
		if (known.some((row) => !row.removed)) throw new Refusal('case_has_item', { field: 'case' });
		// Taken away and put there again is brought back, with what was written in it: never there
		// twice after an undo.
		const gone = known[0];
		const id = gone
			? bringBack(meeting.id, gone.id, title, actor.id)
			: place(meeting, { case: card.id, title, minutes: 5, number: null }, actor.id);
		audit.record(actor.id, 'agenda.case', auditSubject('item', id));
		return id;
	});
	events.changed(topicOf('meeting', meetingId), topicOf('case', input.case));
	return item;
}

/** The items of a meeting that are about a case, those taken away too. */
export function itemsAbout(meetingId: string, caseId: string): ItemRow[] {
	return db()
		.select()
		.from(agendaItem)
		.where(and(eq(agendaItem.meetingId, meetingId), eq(agendaItem.caseId, caseId)))
		.all();
}

function bringBack(meetingId: string, item: string, title: string, person: string): string {
	db().update(agendaItem).set({ title }).where(eq(agendaItem.id, item)).run();
	rooms.transact({ kind: 'agenda', id: meetingId }, person, (doc) =>
		changeItem(doc, item, { removed: false })
	);
	return item;
}

/**
 * Gives a case item another heading. Refuses not_found, meeting_locked, missing_text,
 * text_too_long, identifier_in_text.
 */
export function renameCase(actor: Actor, meetingId: string, item: string, title: string): void {
	const heading = readHeading(title);
	transaction(() => {
		const meeting = meetings.readToWrite(actor, meetingId);
		const row = read(actor, meeting, item);
		if (row.caseId === null) throw new Refusal('not_found');
		db().update(agendaItem).set({ title: heading }).where(eq(agendaItem.id, item)).run();
		audit.record(actor.id, 'agenda.rename', auditSubject('item', item));
	});
	events.changed(topicOf('meeting', meetingId));
}

/** A heading as SQL may store it. */
function readHeading(text: string): string {
	return requireText(text, 'title', limits.title);
}

/** Writes the row that says what the case item is, then its bare place into the live agenda. */
export function place(
	meeting: { id: string; casesUnderId: string | null },
	entry: { case: string; title: string; minutes: number; number: string | null },
	person: string | null
): string {
	const id = crypto.randomUUID();
	db()
		.insert(agendaItem)
		.values({
			id,
			meetingId: meeting.id,
			number: entry.number,
			caseId: entry.case,
			parentId: meeting.casesUnderId,
			pos: '',
			minutes: entry.minutes,
			title: entry.title,
			kind: 'decision',
			responsible: null
		})
		.run();
	rooms.transact({ kind: 'agenda', id: meeting.id }, person, (doc) =>
		addCaseItem(doc, { id, minutes: entry.minutes, parent: meeting.casesUnderId })
	);
	return id;
}

/**
 * Takes a case off the agendas of meetings to come, in the caller's transaction: it has been
 * decided, or is no case any more. Where somebody has written at the item already it stays.
 */
export function takeOff(about: string, person: string | null): void {
	const rows = db()
		.select({ item: agendaItem.id, meeting: agendaItem.meetingId })
		.from(agendaItem)
		.innerJoin(meeting, eq(meeting.id, agendaItem.meetingId))
		.where(
			and(
				eq(agendaItem.caseId, about),
				eq(agendaItem.removed, false),
				inArray(meeting.status, ['planned', 'called'])
			)
		)
		.all();
	for (const { item, meeting: of } of rows.filter(({ item }) => !isWritten(item))) {
		rooms.transact({ kind: 'agenda', id: of }, person, (doc) =>
			changeItem(doc, item, { removed: true })
		);
		audit.record(person, 'agenda.take_off', auditSubject('item', item));
		events.changed(topicOf('meeting', of));
	}
}

function isWritten(item: string): boolean {
	const document = { kind: 'item', id: item } as const;
	const recommended = db()
		.select({ id: recommendation.id })
		.from(recommendation)
		.where(eq(recommendation.itemId, item))
		.get();
	if (recommended) return true;
	return rooms.exists(document) && rooms.read(document, (doc) => plainText(caseTextOf(doc))) !== '';
}
