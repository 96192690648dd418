import { and, asc, eq, isNull, or, type SQL } from 'drizzle-orm';
import { parseParty } from '#lib/domain/action.ts';
import { eraseFromWords } from '#lib/domain/erasing.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as actionRows from '#lib/server/action/rows.ts';
import { db } from '#lib/server/db/index.ts';
import { action, actionEvent } from '#lib/server/db/schema/action.ts';
import { decision } from '#lib/server/db/schema/decision.ts';
import * as decisionRows from '#lib/server/decision/rows.ts';
import * as events from '#lib/server/live/events.ts';
import type * as agendas from '#lib/server/meeting/agendas.ts';
import { hitsIn, type Place } from './places.ts';

/*
 * The words of what came of an item or a case: its actions, with all that was noted about them,
 * and its decisions. Nobody can change them once they are written.
 */

/** Of a case, whoever asks. */
export function ofCase(about: string, passages: string[]): Place[] {
	return [
		...actionsAmong(actionsWhere(eq(action.caseId, about)), passages),
		...decisionsAmong(decisionsWhere(eq(decision.caseId, about)), passages)
	];
}

/**
 * Of an ordinary item: what came of it, and of the meeting as a whole, which has no item of its
 * own to be erased at. Some of it may be about a case: only what the person may read.
 */
export function ofItem(actor: Actor, item: agendas.ItemRow, passages: string[]): Place[] {
	const ofMeeting = and(
		eq(action.meetingId, item.meetingId),
		isNull(action.itemId),
		isNull(action.caseId)
	);
	const actions = actionsWhere(or(eq(action.itemId, item.id), ofMeeting));
	const decisions = decisionsWhere(eq(decision.itemId, item.id));
	return [
		...actionsAmong(
			actions.filter((row) => may(actor, 'read', actionRows.subject(row))),
			passages
		),
		...decisionsAmong(
			decisions.filter((row) => may(actor, 'read', decisionRows.subject(row))),
			passages
		)
	].filter(({ hits }) => hits.length > 0);
}

const actionsWhere = (where: SQL | undefined) =>
	actionRows.query().where(where).orderBy(asc(action.createdAt), asc(action.code)).all();
const decisionsWhere = (where: SQL | undefined) =>
	decisionRows.query().where(where).orderBy(asc(decision.at)).all();

function actionsAmong(rows: actionRows.Row[], passages: string[]): Place[] {
	return rows.map(({ action: own }) => ({
		kind: 'action',
		label: own.code,
		at: own.createdAt,
		subject: auditSubject('action', own.id),
		hits: hitsIn(wordsOfAction(own), passages),
		erase: () => eraseAction(own, passages)
	}));
}

/** Everything that somebody has written about an action. */
export function wordsOfAction(own: actionRows.Row['action']): string[] {
	const noted = stepsOf(own.id).flatMap((step) => [step.note ?? '', awaited(step)]);
	return [own.what, freeWords(own.waitingFor), ...noted];
}

function stepsOf(id: string) {
	return db()
		.select()
		.from(actionEvent)
		.where(eq(actionEvent.actionId, id))
		.orderBy(asc(actionEvent.at))
		.all();
}

/** What is no party is words. */
const freeWords = (text: string | null) => (text === null || parseParty(text) ? '' : text);

/**
 * Whom or what it was to wait for from a step on, in words. Of the other steps `to` is a state, a
 * date or a party.
 */
const awaited = ({ verb, to }: typeof actionEvent.$inferSelect) =>
	verb === 'waiting' ? freeWords(to) : '';

function eraseAction(own: actionRows.Row['action'], passages: string[]): void {
	const left = (words: string) => eraseFromWords(words, passages);
	const { id, what, waitingFor } = own;
	db()
		.update(action)
		.set({ what: left(what), waitingFor: left(freeWords(waitingFor)) || waitingFor })
		.where(eq(action.id, id))
		.run();
	for (const step of stepsOf(id)) {
		const { note, to } = step;
		db()
			.update(actionEvent)
			.set({ note: note && left(note), to: left(awaited(step)) || to })
			.where(eq(actionEvent.id, step.id))
			.run();
	}
	actionRows.tellOf(id);
}

function decisionsAmong(rows: decisionRows.Row[], passages: string[]): Place[] {
	return rows.map(({ decision: own, forum: of }) => ({
		kind: 'decision',
		label: own.code,
		at: own.at,
		subject: auditSubject('decision', own.id),
		hits: hitsIn(wordsOfDecision(own), passages),
		erase: () => {
			eraseDecision(own, passages);
			const about = own.caseId ? [topicOf('case', own.caseId)] : [];
			events.changed(topicOf('meeting', own.meetingId), topicOf('forum', of.id), ...about);
		}
	}));
}

/** Everything that somebody has written in a decision. */
export function wordsOfDecision(own: decisionRows.Row['decision']): string[] {
	return [own.text, own.reasons, own.minority, own.statement];
}

function eraseDecision(own: decisionRows.Row['decision'], passages: string[]): void {
	const left = (words: string) => eraseFromWords(words, passages);
	const { id, text, reasons, minority, statement } = own;
	db()
		.update(decision)
		.set({
			text: left(text),
			reasons: left(reasons),
			minority: left(minority),
			statement: left(statement)
		})
		.where(eq(decision.id, id))
		.run();
}
