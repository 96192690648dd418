import { randomInt } from 'node:crypto';
import { and, asc, desc, eq, inArray, ne, notInArray, type SQL } from 'drizzle-orm';
import { drawCode } from '#lib/domain/case.ts';
import { replyDeadline } from '#lib/domain/deadline.ts';
import type { Language } from '#lib/domain/language.ts';
import { type Actor, may, type Subject } from '#lib/domain/may.ts';
import type { MeetingStatus } from '#lib/domain/meeting.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { caseCard, caseMeasure, caseProgress, caseStep } from '#lib/server/db/schema/case.ts';
import { forum } from '#lib/server/db/schema/forum.ts';
import { agendaItem, meeting } from '#lib/server/db/schema/meeting.ts';
import * as events from '#lib/server/live/events.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as clock from '#lib/server/platform/clock.ts';

export type CaseRow = typeof caseCard.$inferSelect;

/** A card as it is shown: every fact as plain words in the reader's language. */
export interface CaseCard {
	id: string;
	code: string;
	status: { code: string; label: string };
	/**
	 * Household, age, situation, bedrooms, follow-up, access: in that order, to be read as one
	 * line.
	 */
	facts: string[];
	measures: string[];
	/** As on the list: '1', '2' … */
	bedrooms: string;
	accessible: boolean;
	urgent: boolean;
	/** 'YYYY-MM' */
	monthIn: string;
	unit: string;
}

export interface CaseInput {
	forum: string;
	household: string;
	age: string;
	situation: string;
	bedrooms: string;
	accessible: boolean;
	followUp: string;
	monthIn: string;
	urgent: boolean;
	unit: string;
	measures: string[];
	/** When they applied, 'YYYY-MM-DD': kept only as the day by which they must have an answer. */
	applied?: string | null;
}

/** What may() wants to know of a case. */
export function subject(row: { id: string; forumId: string }): Subject {
	return { kind: 'case', forum: row.forumId, id: row.id };
}

/** The forums in which this person handles cases. */
export function forumsOf(actor: Actor): { id: string; code: string; name: string }[] {
	return db()
		.select({ id: forum.id, code: forum.code, name: forum.name })
		.from(forum)
		.where(eq(forum.handlesCases, true))
		.all()
		.filter((row) => may(actor, 'read', { kind: 'case', forum: row.id, id: null }));
}

/** The cards this person may see, by month. */
export function visibleTo(actor: Actor, language: Language): CaseCard[] {
	const rows = db().select().from(caseCard).where(readable(actor));
	return describe(rows.orderBy(asc(caseCard.monthIn), asc(caseCard.code)).all(), language);
}

/** The cards that this person sees in a list, as a condition. */
export function readable(actor: Actor): SQL | undefined {
	const mine = forumsOf(actor).map((row) => row.id);
	return and(inArray(caseCard.forumId, mine), notInArray(caseCard.id, [...actor.recused]));
}

/** One row by its code. Refuses with not_found what does not exist for this person. */
export function read(actor: Actor, code: string): CaseRow {
	const row = db().select().from(caseCard).where(eq(caseCard.code, code)).get();
	if (!row || !may(actor, 'read', subject(row))) throw new Refusal('not_found');
	return row;
}

/** One row by its id. Refuses with unknown_case. */
export function readById(actor: Actor, id: string): CaseRow {
	const row = db().select().from(caseCard).where(eq(caseCard.id, id)).get();
	if (!row || !may(actor, 'read', subject(row)))
		throw new Refusal('unknown_case', { field: 'case' });
	return row;
}

export function findByCode(code: string): CaseRow | null {
	return db().select().from(caseCard).where(eq(caseCard.code, code)).get() ?? null;
}

/** Cards in words. */
export function describe(rows: CaseRow[], language: Language): CaseCard[] {
	if (rows.length === 0) return [];
	const lists = optionLists.lists(language);
	const label = (list: keyof typeof lists, code: string) =>
		lists[list].find((entry) => entry.code === code)?.label ?? code;
	const unitNames = units.names();
	const measures = measuresOf(rows.map((row) => row.id));
	return rows.map((row) => ({
		id: row.id,
		code: row.code,
		status: { code: row.status, label: label('case_status', row.status) },
		facts: [
			label('household', row.household),
			label('age', row.age),
			label('situation', row.situation),
			label('bedrooms', row.bedrooms),
			label('follow_up', row.followUp)
		],
		measures: (measures.get(row.id) ?? []).map((code) => label('measure', code)),
		bedrooms: row.bedrooms,
		accessible: row.accessible,
		urgent: row.urgent,
		monthIn: row.monthIn,
		unit: unitNames.get(row.unitId) ?? ''
	}));
}

function measuresOf(ids: string[]): Map<string, string[]> {
	const found = new Map<string, string[]>();
	for (const row of db().select().from(caseMeasure).where(inArray(caseMeasure.caseId, ids)).all())
		found.set(row.caseId, [...(found.get(row.caseId) ?? []), row.measure]);
	return found;
}

export interface CaseAppearance {
	item: string;
	number: string | null;
	title: string;
	meeting: string;
	meetingNumber: string;
	status: MeetingStatus;
	forumCode: string;
	date: string;
}

/** The agenda items the case has been on, the latest first: for a keeper to judge. */
export function appearances(of: CaseRow): CaseAppearance[] {
	return db()
		.select({
			item: agendaItem.id,
			number: agendaItem.number,
			title: agendaItem.title,
			meeting: meeting.id,
			meetingNumber: meeting.number,
			status: meeting.status,
			forumCode: forum.code,
			date: meeting.date
		})
		.from(agendaItem)
		.innerJoin(meeting, eq(meeting.id, agendaItem.meetingId))
		.innerJoin(forum, eq(forum.id, meeting.forumId))
		.where(and(eq(agendaItem.caseId, of.id), ne(agendaItem.removed, true)))
		.orderBy(desc(meeting.date), desc(agendaItem.number))
		.all();
}

/**
 * Registers a case under a fresh random code and returns the code. Closed lists only.
 * Refuses not_allowed, unknown_choice, unknown_unit, bad_date.
 */
export function create(actor: Actor, input: CaseInput): string {
	if (!may(actor, 'create', { kind: 'case', forum: input.forum, id: null }))
		throw new Refusal('not_found');
	if (input.monthIn > clock.today().slice(0, 7))
		throw new Refusal('bad_date', { field: 'monthIn' });
	if (
		input.applied &&
		(input.applied.slice(0, 7) !== input.monthIn || input.applied > clock.today())
	)
		throw new Refusal('bad_date', { field: 'applied' });
	const code = transaction(() => {
		const drawn = freeCode();
		const id = store({ ...input, code: drawn, status: firstStatus() }, actor.id);
		audit.record(actor.id, 'case.create', auditSubject('case', id));
		return drawn;
	});
	events.changed(topicOf('forum', input.forum));
	return code;
}

/** Checks every closed list and writes the card. */
export function store(
	input: CaseInput & { code: string; status: string },
	person: string | null = null
): string {
	optionLists.assertOn('household', input.household, 'household');
	optionLists.assertOn('age', input.age, 'age');
	optionLists.assertOn('situation', input.situation, 'situation');
	optionLists.assertOn('bedrooms', input.bedrooms, 'bedrooms');
	optionLists.assertOn('follow_up', input.followUp, 'followUp');
	optionLists.assertOn('case_status', input.status, 'status');
	units.assertKnown(input.unit, 'unit');
	const { measures, applied, forum: forumId, unit: unitId, ...card } = input;
	const id = crypto.randomUUID();
	db()
		.insert(caseCard)
		.values({ ...card, id, forumId, unitId })
		.run();
	begin(id, person, applied ?? null);
	for (const measure of new Set(measures)) {
		optionLists.assertOn('measure', measure, 'measures');
		db().insert(caseMeasure).values({ caseId: id, measure }).run();
	}
	return id;
}

/** A case's progress begins: who applied on a day must have an answer by another. */
function begin(id: string, person: string | null, applied: string | null): void {
	const at = clock.now();
	const replyDue = applied && replyDeadline(applied, procedure.count('reply_months'));
	db().insert(caseProgress).values({ caseId: id, state: 'registered', since: at, replyDue }).run();
	const step = { id: crypto.randomUUID(), caseId: id, at, personId: person };
	db()
		.insert(caseStep)
		.values({ ...step, verb: 'register', to: 'registered' })
		.run();
}

/** The list of statuses begins with the one that a new case has. */
function firstStatus(): string {
	return optionLists.lists('nn').case_status[0]?.code ?? '';
}

function freeCode(): string {
	for (;;) {
		const code = drawCode(randomInt);
		if (!findByCode(code)) return code;
	}
}
