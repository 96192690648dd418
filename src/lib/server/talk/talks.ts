import { and, eq } from 'drizzle-orm';
import type * as Y from 'yjs';
import { formatParty } from '#lib/domain/action.ts';
import { addItem, changeItem, readAgenda, titleOf } from '#lib/domain/agenda.ts';
import { limits } from '#lib/domain/document.ts';
import { refuseIdentifiers } from '#lib/domain/identifiers.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { isWritable } from '#lib/domain/meeting.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import {
	beginTalk,
	checkTalk,
	openTalk,
	readTalk,
	type TalkStatus,
	type TalkStepName,
	talkSteps
} from '#lib/domain/talk.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { talk } from '#lib/server/db/schema/talk.ts';
import * as documentKinds from '#lib/server/live/document-kinds.ts';
import * as events from '#lib/server/live/events.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as rights from './rights.ts';
import type { Found } from './rights.ts';
import * as slots from './slots.ts';
import type { TalkRow } from './slots.ts';

/** Minutes of a talk about which nothing has been said. */
const usual = 30;

/**
 * A talk that this person decides about, on a day that is not over. Refuses not_found,
 * not_allowed, meeting_locked.
 */
function hosted(actor: Actor, id: string): Found {
	const found = rights.readable(actor, id);
	if (!may(actor, 'manage', rights.subject(found))) throw new Refusal('not_allowed');
	assertOpen(found.meeting);
	return found;
}

function assertOpen({ status }: meetings.Meeting): void {
	if (!isWritable(status))
		throw new Refusal(status === 'locked' ? 'meeting_locked' : 'not_allowed');
}

/**
 * Offers a talk without words, or finds the one that this person has begun and not yet named;
 * returns its id. Refuses not_found, meeting_locked, not_allowed.
 */
export function propose(actor: Actor, meetingId: string): string {
	return transaction(() => {
		const meeting = meetings.read(actor, meetingId);
		assertOpen(meeting);
		if (!rights.mayPropose(actor, meeting)) throw new Refusal('not_allowed');
		const begun = begunBy(actor.id, meetingId);
		if (begun) return begun;
		const id = crypto.randomUUID();
		const [speaker, at] = [actor.id, clock.now()];
		const row = { id, meetingId, speakerId: speaker, status: 'proposed' as const, at };
		db()
			.insert(talk)
			.values({ ...row, title: '', minutes: usual })
			.run();
		rooms.transact({ kind: 'talk', id }, actor.id, (doc) => beginTalk(doc, usual));
		slots.record(id, actor.id, 'status', null, 'proposed');
		audit.record(actor.id, 'talk.propose', auditSubject('talk', id));
		tell({ id, meetingId: meetingId, speakerId: speaker });
		return id;
	});
}

function begunBy(speaker: string, meetingId: string): string | null {
	const row = db()
		.select({ id: talk.id })
		.from(talk)
		.where(
			and(
				eq(talk.meetingId, meetingId),
				eq(talk.speakerId, speaker),
				eq(talk.status, 'proposed'),
				eq(talk.title, '')
			)
		)
		.get();
	return row?.id ?? null;
}

/**
 * Takes a step. `seen` is the state in which the person saw the talk: who comes second is told
 * that it is done. Refuses not_found, meeting_locked, already_done, not_allowed.
 */
export function take(actor: Actor, id: string, step: TalkStepName, seen: TalkStatus): void {
	transaction(() => {
		const found = rights.readable(actor, id);
		const { row, meeting } = found;
		assertOpen(meeting);
		if (row.status !== seen) throw new Refusal('already_done');
		if (!rights.stepsOf(actor, found, rights.hasSlot(found)).includes(step))
			throw new Refusal('not_allowed');
		if (step === 'decline') removeItem(actor, found);
		slots.setStatus(row, talkSteps[step].to, actor.id);
		audit.record(actor.id, `talk.${step}`, auditSubject('talk', id));
		tell(row);
	});
}

/**
 * Puts an accepted talk into the programme, after an item of it or (null) last; returns the new
 * item's id. Refuses not_found, not_allowed, meeting_locked, already_done, missing_text,
 * identifier_in_text.
 */
export function place(actor: Actor, id: string, after: string | null): string {
	return transaction(() => {
		const found = hosted(actor, id);
		const { row, meeting } = found;
		if (row.status !== 'accepted') throw new Refusal('not_allowed');
		if (rights.hasSlot(found)) throw new Refusal('already_done');
		const title = titleToPrint(row);
		const items = rights.programme(meeting.id);
		const beside = items.find((item) => item.id === after);
		const parent = items.find((item) => item.id === beside?.parent && item.parent === null);
		const item = crypto.randomUUID();
		rooms.transact({ kind: 'agenda', id: meeting.id }, actor.id, (doc) =>
			addItem(doc, {
				id: item,
				title,
				kind: 'talk',
				minutes: row.minutes,
				responsible: formatParty({ kind: 'person', id: row.speakerId }),
				parent: parent?.id ?? null,
				after: beside?.id ?? null
			})
		);
		db().update(talk).set({ itemId: item }).where(eq(talk.id, id)).run();
		slots.recordWords(row, actor.id);
		slots.follow(meeting.id, () => rights.programme(meeting.id));
		audit.record(actor.id, 'talk.place', auditSubject('talk', id));
		tell(row);
		return item;
	});
}

/**
 * Title and length have changed since the programme took them over: takes them over anew, or
 * leaves the programme as it is. Refuses not_found, not_allowed, meeting_locked, already_done,
 * missing_text, identifier_in_text.
 */
export function settleWords(actor: Actor, id: string, takeOver: boolean): void {
	transaction(() => {
		const found = hosted(actor, id);
		const { row, meeting } = found;
		if (!rights.hasSlot(found) || !slots.isChanged(row)) throw new Refusal('already_done');
		if (takeOver) {
			const title = titleToPrint(row);
			rooms.transact({ kind: 'agenda', id: meeting.id }, actor.id, (doc) => {
				const shared = titleOf(doc, row.itemId!);
				shared?.delete(0, shared.length);
				shared?.insert(0, title);
				changeItem(doc, row.itemId!, { minutes: row.minutes });
			});
		}
		slots.recordWords(row, actor.id);
		audit.record(actor.id, takeOver ? 'talk.words' : 'talk.leave_words', auditSubject('talk', id));
		tell(row);
	});
}

/**
 * Takes a talk out of the programme. Refuses not_found, not_allowed, meeting_locked,
 * already_done.
 */
export function takeOut(actor: Actor, id: string): void {
	transaction(() => {
		const found = hosted(actor, id);
		if (!rights.hasSlot(found)) throw new Refusal('already_done');
		removeItem(actor, found);
		audit.record(actor.id, 'talk.take_out', auditSubject('talk', id));
		tell(found.row);
	});
}

function removeItem(actor: Actor, found: Found): void {
	const { row, meeting } = found;
	if (row.itemId === null || !rights.hasSlot(found)) return;
	rooms.transact({ kind: 'agenda', id: meeting.id }, actor.id, (doc) =>
		changeItem(doc, row.itemId!, { removed: true })
	);
}

/**
 * The day is over: the talks that were confirmed have been held. Part of the caller's
 * transaction, who has asked may().
 */
export function markHeld(meetingId: string, person: string | null): void {
	transaction(() => {
		const confirmed = and(eq(talk.meetingId, meetingId), eq(talk.status, 'confirmed'));
		for (const row of db().select().from(talk).where(confirmed).all()) {
			slots.setStatus(row, 'held', person);
			tell(row);
		}
	});
}

/** What the programme may show to everybody. */
function titleToPrint(row: TalkRow): string {
	const title = refuseIdentifiers(row.title.trim(), 'title');
	if (title === '') throw new Refusal('missing_text', { field: 'title' });
	return title.slice(0, limits.title);
}

/** After the commit: the speaker's connection is judged again, pages read again. */
function tell(row: Pick<TalkRow, 'id' | 'meetingId' | 'speakerId'>): void {
	rooms.reconsider(row.speakerId);
	events.changed(
		topicOf('talk', row.id),
		topicOf('meeting', row.meetingId),
		topicOf('person', row.speakerId)
	);
}

/* ── The live engine ── */

/**
 * Tells the live engine what a talk is, and follows the programmes. Called once, at start, after
 * agendaDocuments.register().
 */
export function register(): void {
	documentKinds.register('talk', {
		access,
		open: openTalk,
		check: checkTalk,
		project,
		damaged: (id) => events.changed(topicOf('talk', id))
	});
	events.registerTopic('talk', (person, id) => access(person, id) !== null);
	const agenda = documentKinds.handlerOf('agenda');
	if (!agenda) throw new Error('Agendas are registered before talks.');
	documentKinds.register('agenda', {
		...agenda,
		project: (doc, id, changed) => {
			agenda.project?.(doc, id, changed);
			slots.follow(id, () => readAgenda(doc));
		}
	});
}

function access(person: string, id: string): documentKinds.Access | null {
	const actor = people.actor(person);
	const found = actor && rights.find(id);
	return found ? rights.accessTo(actor, found) : null;
}

/** The document tells the database the title and the length, for programme and lists. */
function project(doc: Y.Doc, id: string, changed: ReadonlySet<string>): void {
	if (!changed.has('title') && !changed.has('minutes')) return;
	const { title, minutes } = readTalk(doc);
	db().update(talk).set({ title, minutes }).where(eq(talk.id, id)).run();
	events.changed(topicOf('talk', id));
}
