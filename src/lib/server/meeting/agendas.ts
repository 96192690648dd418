import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { formatParty } from '#lib/domain/action.ts';
import { addItem } from '#lib/domain/agenda.ts';
import type { Language } from '#lib/domain/language.ts';
import { type Actor, may, type Subject } from '#lib/domain/may.ts';
import type { Outcome } from '#lib/domain/meeting.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { ItemKind } from '#lib/domain/schedule.ts';
import * as cases from '#lib/server/case/cases.ts';
import { db, prepared, transaction } from '#lib/server/db/index.ts';
import { caseCard } from '#lib/server/db/schema/case.ts';
import { agendaItem } from '#lib/server/db/schema/meeting.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as meetings from './meetings.ts';

export type ItemRow = typeof agendaItem.$inferSelect;

/** What may() wants to know of an agenda item. */
export function subject(row: ItemRow, meeting: meetings.Meeting): Subject {
	const { forumId: forum, forumKind, status } = meeting;
	const about = { item: row.id, case: row.caseId };
	return { kind: 'item', forum, forumKind, meeting: meeting.id, status, ...about };
}

const byId = prepared((orm) =>
	orm
		.select()
		.from(agendaItem)
		.where(eq(agendaItem.id, sql.placeholder('id')))
		.prepare()
);

export function find(id: string): ItemRow | null {
	return byId().get({ id }) ?? null;
}

/** An item of this meeting that the person may read. Refuses with not_found. */
export function read(actor: Actor, meeting: meetings.Meeting, id: string): ItemRow {
	const row = find(id);
	if (!row || row.meetingId !== meeting.id || !may(actor, 'read', subject(row, meeting)))
		throw new Refusal('not_found');
	return row;
}

/** Whether somebody may open an item. */
export function mayOpen(actor: Actor, id: string): boolean {
	const row = find(id);
	const held = row && meetings.find(row.meetingId);
	return !!held && may(actor, 'read', subject(row, held));
}

/** The items of a meeting that are about a case, for a keeper to judge. */
export function caseItems(meetingId: string): ItemRow[] {
	return db()
		.select()
		.from(agendaItem)
		.where(
			and(
				eq(agendaItem.meetingId, meetingId),
				isNotNull(agendaItem.caseId),
				eq(agendaItem.removed, false)
			)
		)
		.all();
}

/** What the database says of the items of a meeting, beside what stands in the live agenda. */
export interface Headings {
	/** Numbers of ordinary items, by id. */
	numbers: Record<string, string>;
	/** How it stands with each item that this person may read, by id. */
	states: Record<string, ItemState>;
	/**
	 * Case items that this person may see, by id. The others have a place and a length in the
	 * agenda, nothing else.
	 */
	cases: Record<string, CaseHeading>;
}

export interface ItemState {
	outcome: Outcome | null;
	/** Milliseconds spent on it so far. */
	spent: number;
	/** How many times it has been on an agenda, and the way here: the latest first. */
	round: number;
	before: { number: string | null; meeting: string; item: string }[];
	/** Whether this person may propose a correction to its minutes now. */
	corrects: boolean;
}

export interface CaseHeading {
	number: string | null;
	title: string;
	case: cases.CaseCard;
	/** The epoch of the item's own document, and whether this person writes in it. */
	epoch: number;
	writes: boolean;
}

export function headings(actor: Actor, meeting: meetings.Meeting, language: Language): Headings {
	const numbers: Headings['numbers'] = {};
	for (const row of db()
		.select({ id: agendaItem.id, number: agendaItem.number, case: agendaItem.caseId })
		.from(agendaItem)
		.where(and(eq(agendaItem.meetingId, meeting.id), isNotNull(agendaItem.number)))
		.all())
		if (row.number && row.case === null) numbers[row.id] = row.number;
	return {
		numbers,
		states: statesOf(actor, meeting),
		cases: caseHeadings(actor, meeting, language)
	};
}

function statesOf(actor: Actor, meeting: meetings.Meeting): Headings['states'] {
	const rows = db().select().from(agendaItem).where(eq(agendaItem.meetingId, meeting.id)).all();
	const readable = rows.filter((row) => may(actor, 'read', subject(row, meeting)));
	return Object.fromEntries(
		readable.map((row) => {
			const { outcome, spent, round } = row;
			const corrects = may(actor, 'propose', subject(row, meeting));
			return [row.id, { outcome, spent, round, before: pathHere(row), corrects }];
		})
	);
}

/** The items that this one continues, the latest first. */
function pathHere(row: ItemRow): ItemState['before'] {
	const way: ItemState['before'] = [];
	let from = row.carriedFromId;
	while (from !== null && way.length < 50) {
		const earlier = find(from);
		if (!earlier) break;
		way.push({ number: earlier.number, meeting: earlier.meetingId, item: earlier.id });
		from = earlier.carriedFromId;
	}
	return way;
}

function caseHeadings(
	actor: Actor,
	meeting: meetings.Meeting,
	language: Language
): Headings['cases'] {
	const rows = db()
		.select()
		.from(agendaItem)
		.innerJoin(caseCard, eq(caseCard.id, agendaItem.caseId))
		.where(eq(agendaItem.meetingId, meeting.id))
		.all()
		.filter((row) => may(actor, 'read', subject(row.agenda_item, meeting)));
	const cards = new Map(
		cases
			.describe(
				rows.map((row) => row.case_card),
				language
			)
			.map((card) => [card.id, card])
	);
	const found: Headings['cases'] = {};
	for (const { agenda_item: item, case_card: card } of rows)
		found[item.id] = {
			number: item.number,
			title: item.title,
			case: cards.get(card.id)!,
			epoch: rooms.epochOf({ kind: 'item', id: item.id }),
			writes: may(actor, 'write', subject(item, meeting))
		};
	return found;
}

export interface PlannedItem {
	title: string;
	kind: ItemKind;
	minutes: number;
	responsible: string | null;
	takesCases?: boolean;
	takesUrgent?: boolean;
}

/** Writes an agenda into a meeting's live document; returns the ids in the same order. */
export function write(meetingId: string, items: PlannedItem[], person: string | null): string[] {
	return transaction(() => {
		const ids = items.map(() => crypto.randomUUID());
		rooms.transact({ kind: 'agenda', id: meetingId }, person, (doc) =>
			items.forEach((item, index) => addItem(doc, { ...item, id: ids[index]! }))
		);
		const takes = items.findIndex((item) => item.takesCases);
		if (takes >= 0) meetings.putCasesUnder(meetingId, ids[takes]!);
		const tells = items.findIndex((item) => item.takesUrgent);
		if (tells >= 0) meetings.tellUrgentUnder(meetingId, ids[tells]!);
		return ids;
	});
}

/** The forum's standing agenda, ready to be written into a new meeting. */
export function fromTemplate(forum: string): PlannedItem[] {
	return forums.template(forum).map((item) => ({
		title: item.title,
		kind: item.kind,
		minutes: item.minutes,
		responsible: item.responsibleId && formatParty({ kind: 'person', id: item.responsibleId }),
		takesCases: item.takesCases,
		takesUrgent: item.takesUrgent
	}));
}

/** How much stands on an agenda: cases when it has any, else its items at the top. */
export function countItems(meetingId: string): { cases: number; items: number } {
	const rows = db()
		.select({ case: agendaItem.caseId, parent: agendaItem.parentId })
		.from(agendaItem)
		.where(and(eq(agendaItem.meetingId, meetingId), eq(agendaItem.removed, false)))
		.all();
	return {
		cases: rows.filter((row) => row.case !== null).length,
		items: rows.filter((row) => row.parent === null).length
	};
}

/** Ids of everything on a meeting's agenda, what was taken away included. */
export function idsOf(meetingId: string): string[] {
	const rows = db()
		.select({ id: agendaItem.id })
		.from(agendaItem)
		.where(eq(agendaItem.meetingId, meetingId))
		.all();
	return rows.map((row) => row.id);
}

export function markOutcome(item: string, outcome: Outcome): void {
	db().update(agendaItem).set({ outcome }).where(eq(agendaItem.id, item)).run();
}

/** Says that an item continues an earlier one. */
export function markContinued(item: string, from: string): void {
	const round = (find(from)?.round ?? 0) + 1;
	db().update(agendaItem).set({ carriedFromId: from, round }).where(eq(agendaItem.id, item)).run();
}
