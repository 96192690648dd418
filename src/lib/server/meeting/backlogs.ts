import { and, asc, desc, eq, gt, inArray, isNull, ne, notInArray } from 'drizzle-orm';
import { addItem, isStanding } from '#lib/domain/agenda.ts';
import { undecidedStates } from '#lib/domain/case-progress.ts';
import { limits } from '#lib/domain/document.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { comesBack, upcomingStatuses } from '#lib/domain/meeting.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { ItemKind } from '#lib/domain/schedule.ts';
import { requireText } from '#lib/domain/text-input.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { caseProgress } from '#lib/server/db/schema/case.ts';
import { agendaItem, backlogItem, meeting } from '#lib/server/db/schema/meeting.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as events from '#lib/server/live/events.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as agendaCases from './agenda-cases.ts';
import * as agendas from './agendas.ts';
import * as meetings from './meetings.ts';

/*
 * What a meeting did not finish comes back by itself. Every item put off or without an outcome,
 * not a standing one and not yet carried, goes to the forum's next meeting that is not locked;
 * without one it waits in the forum's backlog. Of cases only those that the board still has
 * something to decide about.
 */

/**
 * Carries a locked meeting's unfinished items on, inside the caller's transaction. Returns how
 * many.
 */
export function carryOver(of: meetings.Meeting): number {
	const unfinished = unfinishedItems(of);
	const target = nextMeeting(of);
	for (const item of unfinished) {
		if (target) carry(item, target);
		else wait(item, of.forumId);
	}
	return unfinished.length;
}

/** Brings what waits from earlier meetings onto a new one, inside the caller's transaction. */
export function fill(target: meetings.Meeting): void {
	const waiting = db()
		.select()
		.from(backlogItem)
		.innerJoin(agendaItem, eq(agendaItem.id, backlogItem.fromItemId))
		.where(and(eq(backlogItem.forumId, target.forumId), isNull(backlogItem.takenItemId)))
		.orderBy(asc(backlogItem.at))
		.all();
	const over = casesOver();
	for (const { backlog_item: own, agenda_item: origin } of waiting)
		// What is over became no new item: it stays the one that it was.
		take(own.id, isOver(origin, over) ? origin.id : carry(origin, target));
}

/**
 * Ids of the cases that the board has nothing more to decide about: recommended, withdrawn,
 * ruled, closed.
 */
function casesOver(): ReadonlySet<string> {
	return new Set(
		db()
			.select({ id: caseProgress.caseId })
			.from(caseProgress)
			.where(notInArray(caseProgress.state, undecidedStates))
			.all()
			.map(({ id }) => id)
	);
}

const isOver = (item: agendas.ItemRow, over: ReadonlySet<string>) =>
	item.caseId !== null && over.has(item.caseId);

function unfinishedItems(of: meetings.Meeting): agendas.ItemRow[] {
	const standing = new Set(forums.template(of.forumId).map((item) => item.title));
	const rows = db()
		.select()
		.from(agendaItem)
		.where(and(eq(agendaItem.meetingId, of.id), eq(agendaItem.removed, false)))
		.orderBy(asc(agendaItem.number), asc(agendaItem.pos))
		.all();
	const carried = new Set(
		db()
			.select({ from: agendaItem.carriedFromId })
			.from(agendaItem)
			.where(inArray(agendaItem.carriedFromId, [...rows.map((row) => row.id), '']))
			.all()
			.map((row) => row.from)
	);
	const waits = new Set(
		db()
			.select({ from: backlogItem.fromItemId })
			.from(backlogItem)
			.where(eq(backlogItem.forumId, of.forumId))
			.all()
			.map((row) => row.from)
	);
	const over = casesOver();
	return rows.filter(
		(row) =>
			comesBack(row.outcome) &&
			!isOver(row, over) &&
			!carried.has(row.id) &&
			!waits.has(row.id) &&
			!isStanding({ ...row, isCase: row.caseId !== null }, standing)
	);
}

function nextMeeting(of: meetings.Meeting): meetings.Meeting | null {
	const row = db()
		.select({ id: meeting.id })
		.from(meeting)
		.where(
			and(
				eq(meeting.forumId, of.forumId),
				ne(meeting.id, of.id),
				gt(meeting.date, of.date),
				inArray(meeting.status, upcomingStatuses)
			)
		)
		.orderBy(asc(meeting.date), asc(meeting.starts))
		.get();
	return row ? meetings.find(row.id) : null;
}

/**
 * Puts the item on the target's agenda, with where it came from and how many times it has been
 * there.
 */
function carry(item: agendas.ItemRow, target: meetings.Meeting): string {
	const mark = { carriedFromId: item.id, round: item.round + 1 };
	const id = item.caseId ? carryCase(item, target) : carryOrdinary(item, target);
	db().update(agendaItem).set(mark).where(eq(agendaItem.id, id)).run();
	events.changed(
		topicOf('meeting', target.id),
		...(item.caseId ? [topicOf('case', item.caseId)] : [])
	);
	return id;
}

/** A case that somebody has put on the target already is not put there twice. */
function carryCase(item: agendas.ItemRow, target: meetings.Meeting): string {
	const known = db()
		.select({ id: agendaItem.id })
		.from(agendaItem)
		.where(
			and(
				eq(agendaItem.meetingId, target.id),
				eq(agendaItem.caseId, item.caseId!),
				eq(agendaItem.removed, false),
				isNull(agendaItem.carriedFromId)
			)
		)
		.get();
	if (known) return known.id;
	const entry = { case: item.caseId!, title: item.title, minutes: item.minutes, number: null };
	return agendaCases.place(target, entry, null);
}

function carryOrdinary(item: agendas.ItemRow, target: meetings.Meeting): string {
	const id = crypto.randomUUID();
	const { title, kind, minutes, responsible } = item;
	rooms.transact({ kind: 'agenda', id: target.id }, null, (doc) =>
		addItem(doc, { id, title, kind, minutes, responsible })
	);
	return id;
}

function wait(item: agendas.ItemRow, forum: string): void {
	const { kind, minutes } = item;
	// Of a case nothing is said here: the heading is read from the item by who may.
	const title = item.caseId ? '' : item.title;
	insert({ forumId: forum, title, kind, minutes, proposedById: null, fromItemId: item.id });
}

function insert(entry: Omit<typeof backlogItem.$inferInsert, 'id' | 'at'>): void {
	db()
		.insert(backlogItem)
		.values({ ...entry, id: crypto.randomUUID(), at: clock.now() })
		.run();
}

function take(id: string, item: string): void {
	db().update(backlogItem).set({ takenItemId: item }).where(eq(backlogItem.id, id)).run();
}

export interface Waiting {
	id: string;
	title: string;
	kind: ItemKind;
	minutes: number;
	proposedBy: string | null;
	/** Number of the item it was carried from. */
	from: string | null;
}

/**
 * What waits in a forum's backlog. Cases only for those who may see them; the rest for those who
 * work there.
 */
export function waiting(actor: Actor, forumId: string): Waiting[] {
	const forum = forums.find(forumId);
	if (!forum || !may(actor, 'propose', forums.subject(forum))) return [];
	const [names, over] = [people.names(), casesOver()];
	return db()
		.select()
		.from(backlogItem)
		.leftJoin(agendaItem, eq(agendaItem.id, backlogItem.fromItemId))
		.where(and(eq(backlogItem.forumId, forumId), isNull(backlogItem.takenItemId)))
		.orderBy(desc(backlogItem.at))
		.all()
		.filter(({ agenda_item: origin }) => !isClosed(actor, forumId, origin?.caseId ?? null))
		.filter(({ agenda_item: origin }) => !(origin && isOver(origin, over)))
		.map(({ backlog_item: own, agenda_item: origin }) => ({
			id: own.id,
			title: own.title || (origin?.title ?? ''),
			kind: own.kind,
			minutes: own.minutes,
			proposedBy: own.proposedById && (names.get(own.proposedById) ?? null),
			from: origin?.number ?? null
		}));
}

/** A case that this person may not see: not even its heading waits here for them. */
function isClosed(actor: Actor, forum: string, about: string | null): boolean {
	return about !== null && !may(actor, 'read', { kind: 'case', forum, id: about });
}

/**
 * A member proposes an item. Refuses not_found, not_allowed, missing_text, text_too_long,
 * identifier_in_text.
 */
export function propose(
	actor: Actor,
	forumId: string,
	input: { title: string; minutes: number }
): void {
	const title = requireText(input.title, 'title', limits.title);
	transaction(() => {
		const forum = forums.find(forumId);
		if (!forum || !may(actor, 'read', forums.subject(forum))) throw new Refusal('not_found');
		if (!may(actor, 'propose', forums.subject(forum))) throw new Refusal('not_allowed');
		const kind = forum.kind === 'day' ? 'talk' : 'discussion';
		insert({ forumId: forumId, title, kind, minutes: input.minutes, proposedById: actor.id });
		audit.record(actor.id, 'backlog.propose', auditSubject('forum', forumId));
	});
	events.changed(topicOf('forum', forumId));
}

/**
 * Takes a waiting item onto a meeting. Refuses not_found, meeting_locked, not_allowed,
 * already_done.
 */
export function takeOnto(actor: Actor, meetingId: string, id: string): string {
	const made = transaction(() => {
		const target = meetings.readToWrite(actor, meetingId);
		const own = db().select().from(backlogItem).where(eq(backlogItem.id, id)).get();
		if (!own || own.forumId !== target.forumId) throw new Refusal('not_found');
		if (own.takenItemId) throw new Refusal('already_done');
		const origin = own.fromItemId && agendas.find(own.fromItemId);
		if (origin && isClosed(actor, own.forumId, origin.caseId)) throw new Refusal('not_found');
		if (origin && isOver(origin, casesOver())) throw new Refusal('already_done');
		const item = origin ? carry(origin, target) : place(own, target, actor.id);
		take(id, item);
		audit.record(actor.id, 'backlog.take', auditSubject('item', item));
		return { item, forum: target.forumId };
	});
	events.changed(topicOf('meeting', meetingId), topicOf('forum', made.forum));
	return made.item;
}

function place(
	own: typeof backlogItem.$inferSelect,
	target: meetings.Meeting,
	person: string
): string {
	const id = crypto.randomUUID();
	const { title, kind, minutes } = own;
	rooms.transact({ kind: 'agenda', id: target.id }, person, (doc) =>
		addItem(doc, { id, title, kind, minutes, responsible: null })
	);
	return id;
}
