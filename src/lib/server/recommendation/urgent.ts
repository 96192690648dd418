import { and, asc, desc, eq, gte, inArray, isNull, lte } from 'drizzle-orm';
import { readAgenda } from '#lib/domain/agenda.ts';
import type { Language } from '#lib/domain/language.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { upcomingStatuses } from '#lib/domain/meeting.ts';
import { takesPart } from '#lib/domain/membership.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { caseStep } from '#lib/server/db/schema/case.ts';
import { urgentMember } from '#lib/server/db/schema/forum.ts';
import { meeting } from '#lib/server/db/schema/meeting.ts';
import { recommendation, urgentReport } from '#lib/server/db/schema/recommendation.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as events from '#lib/server/live/events.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { query, type RecommendationView, subject, views } from './rows.ts';

/*
 * What cannot wait for a meeting: who decides it, and at which meeting the board is told. That it
 * is told is noted here by the command itself, and shown at the meeting's fixed item to those who
 * may read the case. In the agenda, which others read too, stands nothing of it.
 */

/** Those who may decide between this forum's meetings, as long as they take part in its work. */
export function few(forum: string): forums.Member[] {
	const named = namedIn(forum);
	return forums
		.members(forum)
		.filter(({ person, role }) => takesPart(role) && named.includes(person));
}

function namedIn(forum: string): string[] {
	const rows = db().select({ person: urgentMember.personId }).from(urgentMember);
	return rows
		.where(eq(urgentMember.forumId, forum))
		.all()
		.map(({ person }) => person);
}

/** Who could be named: those who take part, and do not rule on what is recommended. */
export function candidates(forum: string): forums.Member[] {
	const [named, rulers] = [namedIn(forum), procedure.rulersOf(forum)];
	return forums
		.members(forum)
		.filter(({ person, role }) => takesPart(role) && ![...named, ...rulers].includes(person));
}

/**
 * Names one of the few. Refuses not_found, not_allowed, already_member, unknown_person (nobody
 * who takes part, or the decision maker).
 */
export function name(actor: Actor, forum: string, person: string): void {
	manage(actor, forum, person, () => {
		if (namedIn(forum).includes(person)) throw new Refusal('already_member', { field: 'person' });
		if (!candidates(forum).some((one) => one.person === person))
			throw new Refusal('unknown_person', { field: 'person' });
		procedure.setUrgentMember(forum, person);
		audit.record(actor.id, 'urgent.name', auditSubject('person', person));
	});
}

/** Takes that back. Refuses not_found, not_allowed, unknown_person. */
export function unname(actor: Actor, forum: string, person: string): void {
	manage(actor, forum, person, () => {
		if (!namedIn(forum).includes(person)) throw new Refusal('unknown_person', { field: 'person' });
		db()
			.delete(urgentMember)
			.where(and(eq(urgentMember.forumId, forum), eq(urgentMember.personId, person)))
			.run();
		audit.record(actor.id, 'urgent.unname', auditSubject('person', person));
	});
}

function manage(actor: Actor, id: string, person: string, work: () => void): void {
	transaction(() => {
		const forum = forums.find(id);
		if (!forum?.handlesCases || !may(actor, 'read', forums.subject(forum)))
			throw new Refusal('not_found');
		if (!may(actor, 'manage', forums.subject(forum))) throw new Refusal('not_allowed');
		work();
	});
	rooms.reconsider(person);
	events.changed(topicOf('forum', id), topicOf('person', person));
}

/** The meeting at which the board is told next: the first that is to come or under way. */
export function next(forum: string): meetings.MeetingRow | null {
	const row = db()
		.select()
		.from(meeting)
		.where(
			and(
				eq(meeting.forumId, forum),
				inArray(meeting.status, upcomingStatuses),
				gte(meeting.date, clock.today())
			)
		)
		.orderBy(asc(meeting.date), asc(meeting.starts))
		.get();
	return row ?? null;
}

/** Notes at which meeting a decision of the few is told, in the caller's transaction. */
export function report(of: { id: string; forumId: string }): void {
	const target = next(of.forumId)?.id ?? null;
	db().insert(urgentReport).values({ recommendationId: of.id, meetingId: target }).run();
	if (target) events.changed(topicOf('meeting', target));
}

/** Tells at a new meeting what there was no meeting to be told at, in the caller's transaction. */
export function fill(target: meetings.Meeting): void {
	move(null, target.id, target.forumId);
}

/**
 * What was to be told at a meeting that is not held is told at the next, in the caller's
 * transaction.
 */
export function passOn(of: meetings.Meeting): void {
	move(of.id, next(of.forumId)?.id ?? null, of.forumId);
}

function move(from: string | null, to: string | null, forum: string): void {
	const ofForum = db()
		.select({ id: recommendation.id })
		.from(recommendation)
		.where(eq(recommendation.forumId, forum));
	const where = from === null ? isNull(urgentReport.meetingId) : eq(urgentReport.meetingId, from);
	db()
		.update(urgentReport)
		.set({ meetingId: to })
		.where(and(where, inArray(urgentReport.recommendationId, ofForum)))
		.run();
	if (to) events.changed(topicOf('meeting', to));
}

/** A decision of the few, as the board is told of it. */
export interface UrgentNotice extends RecommendationView {
	/** Why it could not wait. */
	why: string;
}

/** What is told at a meeting, to this person. */
export function at(actor: Actor, held: meetings.Meeting, language: Language): UrgentNotice[] {
	const told = db()
		.select({ id: urgentReport.recommendationId })
		.from(urgentReport)
		.where(eq(urgentReport.meetingId, held.id));
	const rows = query()
		.where(inArray(recommendation.id, told))
		.orderBy(asc(recommendation.code))
		.all()
		.filter((row) => may(actor, 'read', subject(row)));
	return views(actor, rows, language).map((view, index) => ({
		...view,
		why: why(rows[index]!.own)
	}));
}

function why(own: typeof recommendation.$inferSelect): string {
	const step = db()
		.select({ reason: caseStep.reason })
		.from(caseStep)
		.where(
			and(
				eq(caseStep.caseId, own.caseId),
				eq(caseStep.verb, 'urge'),
				lte(caseStep.at, own.adoptedAt ?? 0)
			)
		)
		.orderBy(desc(caseStep.at))
		.get();
	return step?.reason ?? '';
}

export interface Source {
	meeting: string;
	item: string | null;
}

/**
 * Where work that follows from a recommendation comes from: its item; of a decision between
 * meetings, the item at which it is told, and as long as there is no such meeting, the last one.
 * Null in a forum that has never met.
 */
export function sourceOf(of: typeof recommendation.$inferSelect): Source | null {
	if (of.meetingId !== null) return { meeting: of.meetingId, item: of.itemId };
	const told = db()
		.select({ meeting: urgentReport.meetingId })
		.from(urgentReport)
		.where(eq(urgentReport.recommendationId, of.id))
		.get();
	if (!told?.meeting) return latest(of.forumId);
	return { meeting: told.meeting, item: tellsUnder(meetings.find(told.meeting)!) };
}

/**
 * The item at which a meeting is told: the one made for it, or where there is none the one that
 * takes the cases, or the first.
 */
export function tellsUnder(held: meetings.MeetingRow): string | null {
	const items = rooms.read({ kind: 'agenda', id: held.id }, readAgenda);
	const own = items.filter(({ open }) => open !== null);
	const fitting = [held.urgentUnderId, held.casesUnderId].find((id) =>
		own.some((one) => one.id === id)
	);
	return fitting ?? own[0]?.id ?? null;
}

function latest(forum: string): Source | null {
	const row = db()
		.select({ id: meeting.id })
		.from(meeting)
		.where(eq(meeting.forumId, forum))
		.orderBy(desc(meeting.date))
		.get();
	return row ? { meeting: row.id, item: null } : null;
}
