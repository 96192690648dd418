import { and, asc, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import {
	actionLimits,
	type ActionScope,
	type ActionStatus,
	formatParty,
	isOpen,
	mayBecome,
	openStatuses,
	parseParty
} from '#lib/domain/action.ts';
import { codesIn } from '#lib/domain/case.ts';
import { limits } from '#lib/domain/document.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { readText, requireText } from '#lib/domain/text-input.ts';
import { auditSubject } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import * as caseAccess from '#lib/server/case/access.ts';
import * as cases from '#lib/server/case/cases.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { action, handover } from '#lib/server/db/schema/action.ts';
import { decision } from '#lib/server/db/schema/decision.ts';
import { matrixTask } from '#lib/server/db/schema/matrix.ts';
import { meeting } from '#lib/server/db/schema/meeting.ts';
import { unit } from '#lib/server/db/schema/municipality.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as clock from '#lib/server/platform/clock.ts';
import {
	type ActionView,
	answering,
	change,
	note,
	peopleAt,
	query,
	readsSource,
	type Row,
	subject,
	tellOf,
	views
} from './rows.ts';

export interface ActionInput {
	meeting: string;
	item: string | null;
	what: string;
	/** `person:<id>` or `unit:<id>` */
	responsible: string;
	/** 'YYYY-MM-DD' */
	due: string;
	/** A case card's id. */
	case: string | null;
	/** The matrix task that it carries out. */
	task?: string | null;
	/** The decision that it follows from. */
	decision?: string | null;
}

/**
 * Creates an action from a meeting or one of its items, and returns its code. One responsible,
 * one deadline, one source. An action from a case item, or from a decision about a case, is about
 * that case, whatever the form says; one that names a case by its code is about it too. Refuses
 * not_found, meeting_locked, missing_text, text_too_long, identifier_in_text, unknown_person,
 * unknown_unit, unknown_case, unknown_choice, bad_date, closed_to_them.
 */
export function create(actor: Actor, input: ActionInput): string {
	if (input.due < clock.today()) throw new Refusal('bad_date', { field: 'due' });
	return transaction(() => {
		const from = meetings.readToWrite(actor, input.meeting);
		const item = input.item === null ? null : agendas.read(actor, from, input.item);
		const decided = input.decision ? decisionOf(actor, from, input.decision) : null;
		const named = namedCase(actor, input.what, from);
		const about = item?.caseId ?? decided?.case ?? input.case ?? named;
		if (about) inZone(cases.readById(actor, about), from, 'case');
		if (about && input.responsible.startsWith('person:'))
			people.assertInside(input.responsible.slice('person:'.length), 'responsible');
		const { id, code } = store({ ...input, case: about }, actor.id);
		audit.record(actor.id, 'action.create', auditSubject('action', id));
		tellOf(id);
		return code;
	});
}

/** A decision of the same forum that the person may read. Refuses unknown_choice. */
function decisionOf(actor: Actor, from: meetings.Meeting, id: string) {
	const row = db()
		.select({ case: decision.caseId, forum: meeting.forumId })
		.from(decision)
		.innerJoin(meeting, eq(meeting.id, decision.meetingId))
		.where(eq(decision.id, id))
		.get();
	const about = row?.case ?? null;
	const { forumId: of, forumKind } = from;
	const reads = may(actor, 'read', { kind: 'decision', case: about, forum: of, forumKind });
	if (row?.forum !== of || !reads) throw new Refusal('unknown_choice', { field: 'decision' });
	return row;
}

/**
 * The first case that a text speaks of and the person may read. A case is spoken of only in the
 * forum that handles it: what is written elsewhere is read by people who are not to know of it.
 * Refuses unknown_case.
 */
export function namedCase(actor: Actor, text: string, from: meetings.Meeting): string | null {
	const cards = codesIn(text).flatMap((code) => cases.findByCode(code) ?? []);
	for (const card of cards) inZone(card, from, 'what');
	return cards.find((card) => may(actor, 'read', cases.subject(card)))?.id ?? null;
}

function inZone(card: { forumId: string }, from: meetings.Meeting, field: string): void {
	if (card.forumId !== from.forumId) throw new Refusal('unknown_case', { field });
}

/** Checks what an action must be, whoever makes it, and writes it down. */
export function store(
	input: ActionInput & { code?: string; status?: ActionStatus },
	createdBy: string | null
): { id: string; code: string } {
	const what = requireText(input.what, 'what', limits.what);
	const status = input.status ?? 'open';
	const id = crypto.randomUUID();
	const code = input.code ?? nextCode();
	const responsible = responsibleOf(input.responsible, 'responsible', input.case !== null);
	caseAccess.assertOpen(input.case, responsible, 'responsible');
	db()
		.insert(action)
		.values({
			id,
			code,
			what,
			...responsible,
			due: input.due,
			status,
			meetingId: input.meeting,
			itemId: input.item,
			caseId: input.case,
			taskId: input.task ? knownTask(input.task) : null,
			decisionId: input.decision ?? null,
			createdById: createdBy,
			createdAt: clock.now(),
			doneAt: isOpen(status) ? null : clock.now()
		})
		.run();
	note(createdBy, id, 'created', { to: answering(responsible) });
	return { id, code };
}

/**
 * Who is to answer: somebody who exists, a unit of the municipality's own, and for what is
 * `internal` a person of its own. Refuses unknown_person, unknown_unit.
 */
export function responsibleOf(
	text: string,
	field: string,
	internal: boolean
): { personId: string | null; unitId: string | null } {
	const party = parseParty(text);
	if (!party) throw new Refusal('unknown_person', { field });
	if (party.kind === 'person') {
		const known = people.find(party.id);
		if (!known || (internal && known.outside)) throw new Refusal('unknown_person', { field });
		return { personId: party.id, unitId: null };
	}
	units.assertKnown(party.id, field);
	const outside = db().select({ is: unit.outside }).from(unit).where(eq(unit.id, party.id)).get();
	if (outside?.is) throw new Refusal('unknown_unit', { field });
	return { personId: null, unitId: party.id };
}

function knownTask(id: string): string {
	const known = db().select({ id: matrixTask.id }).from(matrixTask).where(eq(matrixTask.id, id));
	if (!known.get()) throw new Refusal('unknown_choice', { field: 'task' });
	return id;
}

const number = sql<number>`cast(substr(${action.code}, 3) as integer)`;

function nextCode(): string {
	const last = db()
		.select({ last: sql<number | null>`max(${number})` })
		.from(action)
		.get();
	return `O-${String((last?.last ?? 0) + 1).padStart(2, '0')}`;
}

export interface StatusInput {
	status: ActionStatus;
	/** The status that the person saw: when it is another by now, somebody else was first. */
	from?: ActionStatus | undefined;
	/** Whom or what it waits for: a party or words. Asked for when it is to wait, else left alone. */
	waitingFor?: string | undefined;
	note?: string | undefined;
}

/**
 * Says how it stands with an action. Refuses not_found, not_allowed, changed_meanwhile,
 * unknown_choice (no such step from here), missing_text (waiting, for whom?), unknown_person,
 * unknown_unit, text_too_long, identifier_in_text.
 */
export function changeStatus(actor: Actor, id: string, input: StatusInput): void {
	const text = readText(input.note ?? '', 'note', actionLimits.note);
	change(actor, id, 'complete', (row) => {
		const { status: from, waitingFor } = row.action;
		const waits = input.status === 'waiting' ? whom(input.waitingFor ?? '') : null;
		if (input.from !== undefined && input.from !== from) throw new Refusal('changed_meanwhile');
		const again = from === 'waiting' && waits !== null && waits !== waitingFor;
		if (!again && !mayBecome(from, input.status))
			throw new Refusal('unknown_choice', { field: 'status' });
		set(id, input.status, waits);
		if (waits === null) note(actor.id, id, 'status', { from, to: input.status, note: text });
		else note(actor.id, id, 'waiting', { from, to: waits, note: text });
		audit.record(actor.id, `action.${verbOf(from, input.status)}`, auditSubject('action', id));
		if (!isOpen(input.status)) endOffer(actor, row);
	});
}

function set(id: string, status: ActionStatus, waitingFor: string | null): void {
	const doneAt = isOpen(status) ? null : clock.now();
	db().update(action).set({ status, waitingFor, doneAt }).where(eq(action.id, id)).run();
}

function verbOf(from: ActionStatus, to: ActionStatus): string {
	return isOpen(from) ? to : 'reopen';
}

/** Whom or what an action waits for, as it is stored. */
function whom(text: string): string {
	const field = 'waitingFor';
	const party = parseParty(text);
	if (party?.kind === 'person') people.assertKnown(party.id, field);
	else if (party) units.assertKnown(party.id, field);
	if (party) return formatParty(party);
	return requireText(text, field, actionLimits.waitingFor);
}

/** Nobody can take over what is done. */
function endOffer(actor: Actor, { action: { id }, offer }: Row): void {
	if (!offer) return;
	db()
		.update(handover)
		.set({ status: 'withdrawn', settledById: actor.id, settledAt: clock.now() })
		.where(eq(handover.id, offer.id))
		.run();
	note(actor.id, id, 'withdrawn', { to: answering(offer) });
}

/**
 * Marks an action done, or open again; nothing happens to one that is so already. Refuses
 * not_found, not_allowed.
 */
export function setDone(actor: Actor, id: string, done: boolean): void {
	const status = done ? 'done' : 'open';
	transaction(() => {
		const row = query().where(eq(action.id, id)).get();
		const already =
			row && may(actor, 'complete', subject(row)) && isOpen(row.action.status) !== done;
		if (!already) changeStatus(actor, id, { status });
	});
}

/**
 * Moves the deadline of an action that is not over. Every move is counted. Refuses not_found,
 * not_allowed, changed_meanwhile, already_done, bad_date, text_too_long, identifier_in_text.
 */
export function moveDeadline(
	actor: Actor,
	id: string,
	input: { due: string; from?: string | undefined; note?: string | undefined }
): void {
	const text = readText(input.note ?? '', 'note', actionLimits.note);
	change(actor, id, 'complete', ({ action: { due: from, status } }) => {
		if (!isOpen(status)) throw new Refusal('already_done');
		if (input.from !== undefined && input.from !== from) throw new Refusal('changed_meanwhile');
		if (input.due < clock.today()) throw new Refusal('bad_date', { field: 'due' });
		if (input.due === from) return;
		db().update(action).set({ due: input.due }).where(eq(action.id, id)).run();
		note(actor.id, id, 'due', { from, to: input.due, note: text });
		audit.record(actor.id, 'action.due', auditSubject('action', id));
	});
}

/**
 * Adds a note, for everybody who sees the action. Refuses not_found, not_allowed, missing_text,
 * text_too_long, identifier_in_text.
 */
export function addNote(actor: Actor, id: string, words: string): void {
	const text = readText(words, 'note', actionLimits.note);
	if (text === '') throw new Refusal('missing_text', { field: 'note' });
	change(actor, id, 'complete', () => {
		note(actor.id, id, 'note', { note: text });
		audit.record(actor.id, 'action.note', auditSubject('action', id));
	});
}

function rowsOf(where: SQL | undefined): Row[] {
	return query().where(where).orderBy(asc(action.due), number).all();
}

function visible(actor: Actor, where: SQL | undefined): ActionView[] {
	const rows = rowsOf(where).filter((row) => may(actor, 'read', subject(row)));
	return views(actor, rows);
}

/**
 * What came of a meeting. Who may read an item, reads with it what came of it: so does a deputy
 * who has been called in.
 */
export function ofMeeting(actor: Actor, id: string): ActionView[] {
	const rows = rowsOf(eq(action.meetingId, id)).filter(
		(row) =>
			may(actor, 'read', subject(row)) ||
			(readsSource(actor, row) &&
				(row.action.caseId === null || row.action.caseId === row.item?.case))
	);
	return views(actor, rows);
}

export function ofCase(actor: Actor, id: string): ActionView[] {
	return visible(actor, eq(action.caseId, id));
}

const stillOpen = inArray(action.status, openStatuses);

/** These, as far as the person may see them. */
export function byIds(actor: Actor, ids: string[]): ActionView[] {
	return ids.length === 0 ? [] : visible(actor, inArray(action.id, ids));
}

/** The open actions that carry out a matrix task. */
export function ofTask(actor: Actor, id: string): ActionView[] {
	return visible(actor, and(eq(action.taskId, id), stillOpen));
}

/** What decisions led to, by the decision's id. */
export function ofDecisions(actor: Actor, ids: string[]): Map<string, ActionView[]> {
	const rows = rowsOf(inArray(action.decisionId, ids)).filter((row) =>
		may(actor, 'read', subject(row))
	);
	const shown = views(actor, rows);
	const found = new Map<string, ActionView[]>(ids.map((id) => [id, []]));
	rows.forEach((row, index) => found.get(row.action.decisionId!)?.push(shown[index]!));
	return found;
}

/**
 * The person's own actions, those of the person's unit, or all that the person may see; only
 * those that are not over, if asked.
 */
export function list(
	actor: Actor,
	scope: ActionScope,
	which: 'any' | 'open' = 'any'
): ActionView[] {
	return visible(actor, and(within(actor, scope), which === 'open' ? stillOpen : undefined));
}

/** A scope, as a condition on `action`. */
export function within(actor: Actor, scope: ActionScope): SQL | undefined {
	if (scope === 'all') return undefined;
	if (scope === 'mine')
		return actor.leads.length > 0
			? or(eq(action.personId, actor.id), inArray(action.unitId, [...actor.leads]))
			: eq(action.personId, actor.id);
	if (!actor.unit) return sql`false`;
	return or(eq(action.unitId, actor.unit), inArray(action.personId, peopleAt([actor.unit])));
}
