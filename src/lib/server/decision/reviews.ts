import { and, asc, eq, gte, inArray, isNull, lte, sql } from 'drizzle-orm';
import { addItem } from '#lib/domain/agenda.ts';
import { decisionHref } from '#lib/domain/decision.ts';
import { limits } from '#lib/domain/document.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { upcomingStatuses } from '#lib/domain/meeting.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { decision } from '#lib/server/db/schema/decision.ts';
import { meeting } from '#lib/server/db/schema/meeting.ts';
import * as events from '#lib/server/live/events.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendaCases from '#lib/server/meeting/agenda-cases.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { query, subject } from './rows.ts';

/*
 * A decision with a review date comes back by itself, once, on the agenda of the forum's first
 * meeting on that date or later: at once when that meeting is planned already, else when it is.
 */

/** A decision that is to come back to an agenda. */
export interface DueDecision {
	id: string;
	code: string;
	text: string;
	/** The case that it is about: then it may only come back as an item of that case. */
	case: string | null;
	reviewOn: string;
}

/**
 * A forum's decisions that are to be looked at again by a date and have not been, the earliest
 * first.
 */
export function due(forumId: string, upTo: string): DueDecision[] {
	return db()
		.select({
			id: decision.id,
			code: decision.code,
			text: decision.text,
			case: decision.caseId,
			reviewOn: sql<string>`${decision.reviewOn}`
		})
		.from(decision)
		.innerJoin(meeting, eq(meeting.id, decision.meetingId))
		.where(
			and(eq(meeting.forumId, forumId), isNull(decision.reviewedInId), lte(decision.reviewOn, upTo))
		)
		.orderBy(asc(decision.reviewOn), asc(decision.at))
		.all();
}

/**
 * Puts what is due on the agendas of the forum's coming meetings, inside the caller's
 * transaction.
 */
export function bringBack(forumId: string): void {
	const coming = db()
		.select({ id: meeting.id, date: meeting.date })
		.from(meeting)
		.where(
			and(
				eq(meeting.forumId, forumId),
				gte(meeting.date, clock.today()),
				inArray(meeting.status, upcomingStatuses)
			)
		)
		.orderBy(asc(meeting.date), asc(meeting.starts))
		.all();
	for (const { id, date } of coming) {
		const all = due(forumId, date);
		if (all.length === 0) continue;
		const target = meetings.find(id)!;
		for (const one of all) mark(one.id, one.case ? caseItem(one, target) : item(one, target), null);
	}
}

/** Minutes that looking at a decision again is given, until somebody says otherwise. */
const reviewMinutes = 5;

function item({ code, text }: DueDecision, target: meetings.Meeting): string {
	const id = crypto.randomUUID();
	const title = shortened(`${code}: ${text.replace(/\s+/g, ' ')}`);
	rooms.transact({ kind: 'agenda', id: target.id }, null, (doc) =>
		addItem(doc, { id, title, kind: 'decision', minutes: reviewMinutes, responsible: null })
	);
	return id;
}

function shortened(text: string): string {
	return text.length <= limits.title ? text : `${text.slice(0, limits.title - 1).trimEnd()}…`;
}

/** A case that stands on the agenda already is looked at there. */
function caseItem(one: DueDecision, target: meetings.Meeting): string {
	const known = agendaCases.itemsAbout(target.id, one.case!).find((row) => !row.removed);
	if (known) return known.id;
	const title = query().where(eq(decision.id, one.id)).get()?.item.title ?? one.code;
	const entry = { case: one.case!, title, minutes: reviewMinutes, number: null };
	return agendaCases.place(target, entry, null);
}

/** Notes the item that a decision came back as, once. Refuses not_found, already_done. */
export function mark(id: string, item: string, by: string | null): void {
	transaction(() => {
		const row = query().where(eq(decision.id, id)).get();
		if (!row) throw new Refusal('not_found');
		if (row.decision.reviewedInId !== null) throw new Refusal('already_done');
		db().update(decision).set({ reviewedInId: item }).where(eq(decision.id, id)).run();
		audit.record(by, 'decision.review', auditSubject('decision', id));
		const { meeting: from, forum: where, decision: own } = row;
		const again = agendas.find(item)?.meetingId;
		events.changed(
			topicOf('meeting', from.id),
			topicOf('forum', where.id),
			...(again ? [topicOf('meeting', again)] : []),
			...(own.caseId ? [topicOf('case', own.caseId)] : [])
		);
	});
}

/** What comes back at the items of a meeting, by item: the decisions that this person may read. */
export function ofMeeting(
	actor: Actor,
	id: string
): Record<string, { code: string; href: string }[]> {
	const items = agendas.idsOf(id);
	const found: Record<string, { code: string; href: string }[]> = {};
	const rows = query()
		.where(inArray(decision.reviewedInId, [...items, '']))
		.all();
	for (const row of rows)
		if (may(actor, 'read', subject(row)))
			(found[row.decision.reviewedInId!] ??= []).push({
				code: row.decision.code,
				href: decisionHref(row.decision.code)
			});
	return found;
}
