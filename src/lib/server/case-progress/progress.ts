import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import {
	byTurn,
	type CaseState,
	type CaseStepName,
	caseSteps,
	caseStepsFrom,
	loneSteps,
	queuedStates,
	takeStep
} from '#lib/domain/case-progress.ts';
import { daysBetween } from '#lib/domain/deadline.ts';
import { limits } from '#lib/domain/document.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { writableStatuses } from '#lib/domain/meeting.ts';
import { unsettledStatuses } from '#lib/domain/recommendation.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { readText } from '#lib/domain/text-input.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import * as cases from '#lib/server/case/cases.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { caseCard, caseProgress, caseStep } from '#lib/server/db/schema/case.ts';
import { agendaItem, meeting } from '#lib/server/db/schema/meeting.ts';
import { person } from '#lib/server/db/schema/municipality.ts';
import { recommendation } from '#lib/server/db/schema/recommendation.ts';
import { ruling } from '#lib/server/db/schema/ruling.ts';
import * as events from '#lib/server/live/events.ts';
import * as agendaCases from '#lib/server/meeting/agenda-cases.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as dwellings from './dwellings.ts';

/* Where cases stand on their way, step by step, and which of them wait for the board. */

export interface CaseProgress {
	state: CaseState;
	since: number;
	/** By when they must have an answer or a preliminary reply, and when the reply was sent. */
	reply: { due: string; days: number; repliedOn: string | null } | null;
	/** Steps that this person can take from here by themselves. */
	open: CaseStepName[];
	/** Those of them that ask for a reason. */
	reasoned: CaseStepName[];
}

function rowOf(id: string): typeof caseProgress.$inferSelect {
	const row = db().select().from(caseProgress).where(eq(caseProgress.caseId, id)).get();
	if (!row) throw new Error('A case without a course.');
	return row;
}

export function stateOf(id: string): CaseState {
	return rowOf(id).state;
}

/**
 * How a case stands, for somebody who reads it. The day of the reply is for those who work with
 * cases.
 */
export function of(actor: Actor, card: cases.CaseRow): CaseProgress {
	const { state, since, replyDue, repliedOn } = rowOf(card.id);
	const subject = cases.subject(card);
	const due = may(actor, 'write', subject) ? replyDue : null;
	const open = caseStepsFrom(state).filter(
		(verb) => loneSteps.includes(verb) && may(actor, caseSteps[verb].right, subject)
	);
	return {
		state,
		since,
		reply: due === null ? null : { due, days: daysBetween(clock.today(), due), repliedOn },
		open,
		reasoned: open.filter((verb) => caseSteps[verb].reason)
	};
}

export interface CaseStepTaken {
	at: number;
	person: string | null;
	verb: string;
	to: CaseState;
	reason: string | null;
}

/** Every step that a case has taken, the first first. */
export function history(card: cases.CaseRow): CaseStepTaken[] {
	return db()
		.select({ step: caseStep, by: person.name })
		.from(caseStep)
		.leftJoin(person, eq(person.id, caseStep.personId))
		.where(eq(caseStep.caseId, card.id))
		.orderBy(asc(caseStep.at), sql`${caseStep}.rowid`)
		.all()
		.map(({ step: { at, verb, to, reason }, by }) => ({ at, person: by, verb, to, reason }));
}

/**
 * Takes a step that somebody can take by themselves. Refuses not_found, not_allowed, wrong_state,
 * unknown_choice, missing_text (a reason), text_too_long, identifier_in_text.
 */
export function step(
	actor: Actor,
	code: string,
	verb: CaseStepName,
	input: { reason?: string; word?: string } = {}
): void {
	transaction(() => {
		const card = cases.read(actor, code);
		if (!loneSteps.includes(verb)) throw new Refusal('unknown_choice', { field: 'verb' });
		if (!may(actor, caseSteps[verb].right, cases.subject(card))) throw new Refusal('not_allowed');
		advance(actor.id, card.id, verb, input);
	});
}

/**
 * Takes a step, with everything that belongs to it, in the caller's transaction; who may, the
 * caller has judged. `word` is the municipality's own for where the case stands now, when it is
 * not the usual one. Refuses wrong_state, unknown_choice, missing_text, text_too_long,
 * identifier_in_text.
 */
export function advance(
	by: string | null,
	id: string,
	verb: CaseStepName,
	input: { reason?: string; word?: string } = {}
): void {
	const { state: from } = rowOf(id);
	const to = takeStep(from, verb);
	const reason = readText(input.reason ?? '', 'reason', limits.what);
	if (caseSteps[verb].reason && reason === '')
		throw new Refusal('missing_text', { field: 'reason' });
	const at = clock.now();
	db().update(caseProgress).set({ state: to, since: at }).where(eq(caseProgress.caseId, id)).run();
	db()
		.insert(caseStep)
		.values({
			id: crypto.randomUUID(),
			caseId: id,
			at,
			personId: by,
			verb,
			from,
			to,
			reason: reason || null
		})
		.run();
	const word = input.word ?? procedure.wordFor(to);
	if (word !== null) {
		optionLists.assertOn('case_status', word, 'word');
		db().update(caseCard).set({ status: word }).where(eq(caseCard.id, id)).run();
	}
	if (verb === 'house') dwellings.moveIn(id);
	if (to === 'withdrawn') dropWaiting(by, id);
	if (verb === 'urge' || to === 'withdrawn' || to === 'closed') agendaCases.takeOff(id, by);
	if (to === 'withdrawn' || to === 'put_off' || to === 'closed') dwellings.release(id);
	audit.record(by, `case.${verb}`, auditSubject('case', id));
	const forum = db().select().from(caseCard).where(eq(caseCard.id, id)).get()!.forumId;
	const rulers =
		to === 'withdrawn' ? procedure.rulersOf(forum).map((one) => topicOf('person', one)) : [];
	events.changed(topicOf('case', id), topicOf('forum', forum), ...rulers);
}

/**
 * Of a case that is withdrawn nothing waits to be sent on or ruled on any more, also not when it
 * is taken up again.
 */
function dropWaiting(by: string | null, about: string): void {
	const waiting = and(eq(ruling.caseId, about), eq(ruling.status, 'waiting'));
	for (const { id } of db().select({ id: ruling.id }).from(ruling).where(waiting).all()) {
		db().update(ruling).set({ status: 'dropped' }).where(eq(ruling.id, id)).run();
		audit.record(by, 'ruling.drop', auditSubject('ruling', id));
	}
	const open = and(
		eq(recommendation.caseId, about),
		inArray(recommendation.status, unsettledStatuses)
	);
	for (const { id } of db()
		.select({ id: recommendation.id })
		.from(recommendation)
		.where(open)
		.all()) {
		db().update(recommendation).set({ status: 'settled' }).where(eq(recommendation.id, id)).run();
		audit.record(by, 'recommendation.settle', auditSubject('recommendation', id));
	}
}

/**
 * Says where a case stands in another of the municipality's words. Refuses not_found,
 * not_allowed, unknown_choice.
 */
export function call(actor: Actor, code: string, word: string): void {
	transaction(() => {
		const card = cases.read(actor, code);
		if (!may(actor, 'write', cases.subject(card))) throw new Refusal('not_allowed');
		optionLists.assertOn('case_status', word, 'word');
		db().update(caseCard).set({ status: word }).where(eq(caseCard.id, card.id)).run();
		audit.record(actor.id, 'case.word', auditSubject('case', card.id));
		events.changed(topicOf('case', card.id), topicOf('forum', card.forumId));
	});
}

/**
 * Notes that the preliminary reply has been sent. Refuses not_found, not_allowed, bad_date,
 * already_done.
 */
export function replied(actor: Actor, code: string, on: string): void {
	transaction(() => {
		const card = cases.read(actor, code);
		if (!may(actor, 'write', cases.subject(card))) throw new Refusal('not_allowed');
		if (on > clock.today()) throw new Refusal('bad_date', { field: 'on' });
		if (rowOf(card.id).repliedOn !== null) throw new Refusal('already_done');
		db().update(caseProgress).set({ repliedOn: on }).where(eq(caseProgress.caseId, card.id)).run();
		audit.record(actor.id, 'case.reply', auditSubject('case', card.id));
		events.changed(topicOf('case', card.id));
	});
}

export interface Queued {
	id: string;
	code: string;
	state: CaseState;
	urgent: boolean;
	since: number;
	/** How many times it has been put off or sent back. */
	turned: number;
	/** The heading it had the last time, and that item: so that it comes with its history. */
	last: { item: string; title: string; number: string | null; href: string } | null;
	/** Of what comes again: when and why it was put off or sent back the last time. */
	why: { at: number; to: CaseState; reason: string } | null;
}

/** The cases of a forum that wait for the board and stand on no coming agenda, in their turn. */
export function queue(actor: Actor, forum: string): Queued[] {
	if (!may(actor, 'write', { kind: 'case', forum, id: null })) return [];
	const onAgendas = db()
		.select({ case: agendaItem.caseId })
		.from(agendaItem)
		.innerJoin(meeting, eq(meeting.id, agendaItem.meetingId))
		.where(
			and(
				eq(meeting.forumId, forum),
				eq(agendaItem.removed, false),
				inArray(meeting.status, writableStatuses)
			)
		)
		.all();
	const listed = new Set(onAgendas.map((row) => row.case));
	const waiting = db()
		.select({
			id: caseCard.id,
			code: caseCard.code,
			forumId: caseCard.forumId,
			urgent: caseCard.urgent,
			state: caseProgress.state,
			since: caseProgress.since
		})
		.from(caseProgress)
		.innerJoin(caseCard, eq(caseCard.id, caseProgress.caseId))
		.where(and(eq(caseCard.forumId, forum), inArray(caseProgress.state, queuedStates)))
		.all()
		.filter(({ id }) => !listed.has(id))
		.filter((card) => may(actor, 'read', cases.subject(card)));
	const ids = waiting.map(({ id }) => id);
	const [turns, lasts] = [turnsOf(ids), lastItems(ids)];
	return waiting
		.map(({ id, code, state, urgent, since }) => {
			const last = lasts.get(id);
			const turned = turns.get(id) ?? [];
			const turn = turned.at(-1);
			return {
				id,
				code,
				state,
				urgent,
				since,
				turned: turned.length,
				why: turn ? { at: turn.at, to: turn.to, reason: turn.reason ?? '' } : null,
				last: last
					? {
							item: last.item,
							title: last.title,
							number: last.number,
							href: `/meetings/${last.meeting}/${last.item}`
						}
					: null
			};
		})
		.sort(byTurn);
}

/** The steps by which each of these cases was put off or sent back, the first first. */
function turnsOf(ids: string[]): Map<string, (typeof caseStep.$inferSelect)[]> {
	const rows = db()
		.select()
		.from(caseStep)
		.where(and(inArray(caseStep.caseId, ids), inArray(caseStep.to, ['put_off', 'sent_back'])))
		.orderBy(asc(caseStep.at), sql`${caseStep}.rowid`)
		.all();
	return Map.groupBy(rows, (row) => row.caseId);
}

/** The item that each of these cases was on last, if it was on any. */
function lastItems(ids: string[]) {
	const rows = db()
		.select({
			case: agendaItem.caseId,
			item: agendaItem.id,
			title: agendaItem.title,
			number: agendaItem.number,
			meeting: agendaItem.meetingId
		})
		.from(agendaItem)
		.innerJoin(meeting, eq(meeting.id, agendaItem.meetingId))
		.where(and(inArray(agendaItem.caseId, ids), eq(agendaItem.removed, false)))
		.orderBy(asc(meeting.date), asc(agendaItem.number))
		.all();
	return new Map(rows.map((row) => [row.case, row]));
}

/**
 * Puts everything that waits onto a meeting's agenda, in its turn, what comes again with its
 * history. `title` is the heading of what comes for the first time. Returns how many. Refuses
 * not_found, meeting_locked, not_allowed.
 */
export function fillAgenda(actor: Actor, meetingId: string, title: string): number {
	const { forum, waiting } = transaction(() => {
		const target = meetings.readToWrite(actor, meetingId);
		if (!may(actor, 'run', { kind: 'case', forum: target.forumId, id: null }))
			throw new Refusal('not_allowed');
		const waiting = queue(actor, target.forumId);
		for (const { id, last } of waiting) {
			const item = agendaCases.putCase(actor, meetingId, { case: id, title: last?.title ?? title });
			if (last && !isContinued(last.item)) agendas.markContinued(item, last.item);
		}
		return { forum: target.forumId, waiting };
	});
	events.changed(topicOf('meeting', meetingId), topicOf('forum', forum));
	return waiting.length;
}

/** An item is continued once. */
function isContinued(item: string): boolean {
	return (
		db().select().from(agendaItem).where(eq(agendaItem.carriedFromId, item)).get() !== undefined
	);
}
