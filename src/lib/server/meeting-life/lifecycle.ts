import { eq, sql } from 'drizzle-orm';
import { type DocumentName, limits } from '#lib/domain/document.ts';
import { refuseIdentifiers } from '#lib/domain/identifiers.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import {
	isUnderWay,
	type MeetingStatus,
	type Outcome,
	type StepName,
	steps,
	take
} from '#lib/domain/meeting.ts';
import { isSummoned } from '#lib/domain/membership.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { readText, requireText } from '#lib/domain/text-input.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import { Close } from '#lib/domain/wire.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { agendaItem, meeting } from '#lib/server/db/schema/meeting.ts';
import * as reviews from '#lib/server/decision/reviews.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as events from '#lib/server/live/events.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as backlogs from '#lib/server/meeting/backlogs.ts';
import * as itemNumbers from '#lib/server/meeting/item-numbers.ts';
import { log } from '#lib/server/meeting/log.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as outbox from '#lib/server/outbox/outbox.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as urgentRecommendations from '#lib/server/recommendation/urgent.ts';
import * as talks from '#lib/server/talk/talks.ts';
import * as versions from '#lib/server/version/versions.ts';
import * as lockCheck from './lock-check.ts';

/*
 * A meeting's life: planned → called → open → review → locked, and what those who lead it do on
 * the way.
 */

/**
 * Moves a meeting one step on, with everything that belongs to the step, all or nothing: calling
 * it gives numbers and freezes what was called; closing it hands the minutes to review; locking
 * it freezes them, carries what is unfinished to the next meeting and ends every right to write,
 * open sockets included. Refuses not_found, not_allowed, already_done, missing_text (a reason),
 * identifier_in_text, text_too_long; locking also identifier_in_items.
 */
export function move(actor: Actor, id: string, step: StepName, reason = ''): MeetingStatus {
	const why = reasonFor(step, reason);
	// Edits that are on their way must be in the text before it is frozen.
	rooms.flush();
	const moved = transaction(() => {
		const now = meetings.read(actor, id);
		if (
			!may(actor, steps[step].right, meetings.subject(now)) &&
			!isPast(now.status, step, actor, now)
		)
			throw new Refusal('not_allowed');
		const to = take(now.status, step);
		db().update(meeting).set({ status: to }).where(eq(meeting.id, id)).run();
		log(id, actor.id, { verb: 'state', from: now.status, to, reason: why });
		audit.record(actor.id, `meeting.${step}`, auditSubject('meeting', id));
		consequences[step]?.({ ...now, status: to }, actor);
		return { to, forum: now.forumId };
	});
	if (step === 'lock' || step === 'reopen' || step === 'cancel' || step === 'close') cut(id);
	rooms.reconsider();
	events.changed(topicOf('meeting', id), topicOf('forum', moved.forum));
	return moved.to;
}

/**
 * Somebody who might have led it a moment ago is told that it is done, not that it is forbidden.
 */
function isPast(
	status: MeetingStatus,
	step: StepName,
	actor: Actor,
	now: meetings.Meeting
): boolean {
	const before = steps[step].from[0];
	return (
		status !== before && may(actor, steps[step].right, meetings.subject({ ...now, status: before }))
	);
}

function reasonFor(step: StepName, reason: string): string | null {
	const text = readText(reason, 'reason', limits.what);
	if (steps[step].reason && text === '') throw new Refusal('missing_text', { field: 'reason' });
	return text === '' ? null : text;
}

const consequences: Partial<Record<StepName, (now: meetings.Meeting, actor: Actor) => void>> = {
	call(now, actor) {
		itemNumbers.give(now);
		versions.freeze(now.id, 'called', actor.id);
		const called = forums
			.members(now.forumId)
			.filter(({ role }) => isSummoned(role))
			.map(({ person }) => person);
		for (const person of called) log(now.id, actor.id, { verb: 'called', about: person });
		outbox.call(now.id, called);
	},
	open(now, actor) {
		itemNumbers.give(now);
		versions.freeze(now.id, 'opened', actor.id);
	},
	close(now, actor) {
		stopClock(now);
		itemNumbers.give(now);
		versions.freeze(now.id, 'reviewed', actor.id);
	},
	lock(now, actor) {
		lockCheck.assertClear(actor, now);
		versions.freeze(now.id, 'locked', actor.id);
		talks.markHeld(now.id, actor.id);
		backlogs.carryOver(now);
	},
	cancel(now) {
		// What was to be dealt with here is to be dealt with at the next.
		backlogs.carryOver(now);
		urgentRecommendations.passOn(now);
		outbox.callOff(now.id);
	}
};

/**
 * Every socket of the meeting's documents is closed; whoever may still read comes back by itself,
 * as a reader.
 */
function cut(id: string): void {
	const names: DocumentName[] = [
		{ kind: 'agenda', id },
		...agendas.idsOf(id).map((item) => ({ kind: 'item' as const, id: item }))
	];
	for (const name of names) rooms.cut(name, Close.restart);
}

/**
 * Goes to an item (or to none), counting the time spent on the one before. `from` is the item
 * that the actor believes is on: when somebody else has gone on meanwhile, it refuses with
 * already_done. Refuses not_found, not_allowed, not_running.
 */
export function goTo(actor: Actor, id: string, item: string | null, from: string | null): void {
	transaction(() => {
		const now = meetings.read(actor, id);
		if (!may(actor, 'run', meetings.subject(now))) throw new Refusal('not_allowed');
		if (now.status !== 'open') throw new Refusal('not_running');
		if (now.currentItemId !== from) throw new Refusal('already_done');
		if (item !== null) agendas.read(actor, now, item);
		stopClock(now);
		db()
			.update(meeting)
			.set({ currentItemId: item, currentSince: item === null ? null : clock.now() })
			.where(eq(meeting.id, id))
			.run();
		log(id, actor.id, { verb: 'item', from, to: item });
	});
	events.changed(topicOf('meeting', id));
}

function stopClock(now: meetings.Meeting): void {
	if (!now.currentItemId || now.currentSince === null) return;
	const spent = Math.max(0, clock.now() - now.currentSince);
	db()
		.update(agendaItem)
		.set({ spent: sql`${agendaItem.spent} + ${spent}` })
		.where(eq(agendaItem.id, now.currentItemId))
		.run();
	db()
		.update(meeting)
		.set({ currentItemId: null, currentSince: null })
		.where(eq(meeting.id, now.id))
		.run();
}

/**
 * Says what an item came to, or takes that back. Refuses not_found, not_allowed, meeting_locked,
 * not_running.
 */
export function conclude(actor: Actor, id: string, item: string, outcome: Outcome | null): void {
	transaction(() => {
		const now = meetings.read(actor, id);
		const row = agendas.read(actor, now, item);
		if (now.status === 'locked') throw new Refusal('meeting_locked');
		if (!may(actor, 'run', agendas.subject(row, now))) throw new Refusal('not_allowed');
		// An outcome is what a meeting came to, so there must have been one.
		if (!isUnderWay(now.status)) throw new Refusal('not_running');
		db().update(agendaItem).set({ outcome }).where(eq(agendaItem.id, item)).run();
		log(id, actor.id, { verb: 'outcome', from: row.outcome, to: outcome, about: item });
		itemNumbers.give(now);
		audit.record(actor.id, `item.${outcome ?? 'reopened'}`, auditSubject('item', item));
	});
	events.changed(topicOf('meeting', id));
}

export interface Planned {
	date: string;
	starts: string;
	ends: string;
	place: string;
	theme: string;
}

/**
 * Plans a meeting of a forum: the standing agenda, and what earlier meetings left. Returns its id.
 * Refuses not_found, not_allowed, bad_date, ends_before_start, missing_text, identifier_in_text,
 * text_too_long.
 */
export function plan(actor: Actor, forumId: string, input: Planned): string {
	if (input.date < clock.today()) throw new Refusal('bad_date', { field: 'date' });
	if (input.ends <= input.starts) throw new Refusal('ends_before_start', { field: 'ends' });
	const place = requireText(input.place, 'place', limits.title);
	const theme = refuseIdentifiers(input.theme.trim(), 'theme');
	const id = crypto.randomUUID();
	transaction(() => {
		const forum = forums.find(forumId);
		if (!forum || !may(actor, 'read', forums.subject(forum))) throw new Refusal('not_found');
		if (!may(actor, 'plan', forums.subject(forum))) throw new Refusal('not_allowed');
		const number = nextNumber(forumId, input.date);
		meetings.add({ ...input, place, theme, id, forumId: forumId, number, status: 'planned' });
		agendas.write(id, agendas.fromTemplate(forumId), actor.id);
		backlogs.fill(meetings.find(id)!);
		urgentRecommendations.fill(meetings.find(id)!);
		reviews.bringBack(forumId);
		log(id, actor.id, { verb: 'state', to: 'planned' });
		audit.record(actor.id, 'meeting.plan', auditSubject('meeting', id));
	});
	events.changed(topicOf('forum', forumId));
	return id;
}

/** '24/26': the next of the forum's meetings that year. */
function nextNumber(forumId: string, date: string): string {
	const year = date.slice(2, 4);
	const numbersOfYear = db()
		.select({ number: meeting.number })
		.from(meeting)
		.where(eq(meeting.forumId, forumId))
		.all()
		.map((row) => row.number.split('/'))
		.filter(([, held]) => held === year)
		.map(([number]) => Number(number));
	return `${Math.max(0, ...numbersOfYear) + 1}/${year}`;
}
