import { and, eq, inArray, isNotNull, isNull, notInArray, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import {
	type ActionStatus,
	type ActionStep,
	formatParty,
	isOverdue,
	parseParty,
	type Party
} from '#lib/domain/action.ts';
import { decisionHref } from '#lib/domain/decision.ts';
import { type Actor, may, type Permission, type Subject } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { topicOf } from '#lib/domain/topic.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import * as cases from '#lib/server/case/cases.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { action, actionEvent, handover } from '#lib/server/db/schema/action.ts';
import { caseCard } from '#lib/server/db/schema/case.ts';
import { decision } from '#lib/server/db/schema/decision.ts';
import { forum } from '#lib/server/db/schema/forum.ts';
import { matrixTask } from '#lib/server/db/schema/matrix.ts';
import { agendaItem, meeting } from '#lib/server/db/schema/meeting.ts';
import { person, unit } from '#lib/server/db/schema/municipality.ts';
import * as events from '#lib/server/live/events.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as clock from '#lib/server/platform/clock.ts';

/*
 * What the keepers of actions and of hand-overs share: reading a row, judging it, telling whom it
 * concerns.
 */

/** An action as the person who asked may see it. */
export interface ActionView {
	id: string;
	code: string;
	/** Its own page; null for who sees it only where it stands. */
	href: string | null;
	what: string;
	responsible: { kind: 'person' | 'unit'; id: string; name: string };
	/** The unit that answers, or that of the person who does. */
	unit: string;
	due: string;
	/** How many times the deadline has been moved. */
	moves: number;
	status: ActionStatus;
	/** Whom or what it waits for, in words, while it waits. */
	waitingFor: string | null;
	overdue: boolean;
	/** Where it comes from; a link only for who may open it. */
	source: { label: string; href: string | null };
	case: { code: string; readable: boolean } | null;
	decision: { code: string; href: string | null } | null;
	task: { title: string; href: string | null } | null;
	item: string | null;
	/** To whom it is offered, as long as nobody has answered. */
	offered: { name: string; mayAccept: boolean } | null;
	mayComplete: boolean;
}

const home = alias(unit, 'home');
const offeredPerson = alias(person, 'offered_person');
const offeredUnit = alias(unit, 'offered_unit');

export function query() {
	return db()
		.select({
			action,
			meeting: { id: meeting.id, number: meeting.number, status: meeting.status },
			forum: { id: forum.id, code: forum.code, kind: forum.kind },
			item: { id: agendaItem.id, number: agendaItem.number, case: agendaItem.caseId },
			card: { id: caseCard.id, code: caseCard.code, forumId: caseCard.forumId },
			person: { id: person.id, name: person.name, unit: person.unitId },
			unit: { id: unit.id, name: unit.name, leader: unit.leaderId },
			home: { id: home.id, name: home.name, leader: home.leaderId },
			decision: { code: decision.code, case: decision.caseId },
			task: { id: matrixTask.id, title: matrixTask.title },
			offer: handover,
			offeredPerson: { id: offeredPerson.id, name: offeredPerson.name },
			offeredUnit: { id: offeredUnit.id, name: offeredUnit.name, leader: offeredUnit.leaderId },
			moves: sql<number>`(SELECT count(*) FROM ${actionEvent} WHERE ${actionEvent.actionId} = ${action.id} AND ${actionEvent.verb} = 'due')`
		})
		.from(action)
		.innerJoin(meeting, eq(meeting.id, action.meetingId))
		.innerJoin(forum, eq(forum.id, meeting.forumId))
		.leftJoin(agendaItem, eq(agendaItem.id, action.itemId))
		.leftJoin(caseCard, eq(caseCard.id, action.caseId))
		.leftJoin(person, eq(person.id, action.personId))
		.leftJoin(unit, eq(unit.id, action.unitId))
		.leftJoin(home, eq(home.id, person.unitId))
		.leftJoin(decision, eq(decision.id, action.decisionId))
		.leftJoin(matrixTask, eq(matrixTask.id, action.taskId))
		.leftJoin(handover, and(eq(handover.actionId, action.id), eq(handover.status, 'offered')))
		.leftJoin(offeredPerson, eq(offeredPerson.id, handover.personId))
		.leftJoin(offeredUnit, eq(offeredUnit.id, handover.unitId));
}

export type Row = NonNullable<ReturnType<ReturnType<typeof query>['get']>>;

/** What may() wants to know of an action. */
export function subject(row: Row): Subject {
	return {
		kind: 'action',
		forum: row.forum.id,
		forumKind: row.forum.kind,
		person: row.action.personId,
		unit: row.action.unitId ?? row.person?.unit ?? null,
		case: row.action.caseId,
		offered: row.offer && {
			person: row.offer.personId,
			unit: row.offer.unitId,
			by: row.offer.byPersonId
		}
	};
}

/**
 * The actions that may() lets this person read, as a condition on `action` and `meeting`: so that
 * a register counts and sorts in the database. What is true of most rows comes first.
 */
export function readable(actor: Actor): SQL | undefined {
	const leads = [...actor.leads];
	return and(
		or(isNull(action.caseId), notInArray(action.caseId, [...actor.recused])),
		or(
			followUpCondition(actor, action.caseId),
			eq(action.personId, actor.id),
			inArray(action.unitId, leads),
			inArray(action.personId, peopleAt(leads)),
			inArray(action.id, offeredTo(actor))
		)
	);
}

/** Ids of those who work in these units. */
export function peopleAt(ids: string[]) {
	return db().select({ id: person.id }).from(person).where(inArray(person.unitId, ids));
}

/**
 * What came of the meetings that this person reads, as a condition on `meeting` and a case's
 * column. may() says which.
 */
export function followUpCondition(
	actor: Actor,
	about: typeof action.caseId | typeof decision.caseId
): SQL | undefined {
	const forums = db().select({ id: forum.id, kind: forum.kind }).from(forum).all();
	/** Of some case, which is none that the person is disqualified from: those are left out below. */
	const reads = (about: string | null) =>
		forums
			.filter(({ id, kind }) =>
				may(actor, 'read', { kind: 'decision', forum: id, forumKind: kind, case: about })
			)
			.map(({ id }) => id);
	return or(
		and(isNull(about), inArray(meeting.forumId, reads(null))),
		and(
			isNotNull(about),
			inArray(meeting.forumId, reads('')),
			notInArray(about, [...actor.recused])
		)
	);
}

/** Ids of the actions that are offered to this person, or to a unit that they lead. */
export function offeredTo(actor: Actor) {
	const target = or(eq(handover.personId, actor.id), inArray(handover.unitId, [...actor.leads]));
	return db()
		.select({ id: handover.actionId })
		.from(handover)
		.where(and(eq(handover.status, 'offered'), target));
}

/** Rows as this person may see them. */
export function views(actor: Actor, rows: Row[]): ActionView[] {
	const today = clock.today();
	const nameOf = names();
	return rows.map((row) => view(actor, row, today, nameOf));
}

function view(actor: Actor, row: Row, today: string, nameOf: NameOf): ActionView {
	const { action: own } = row;
	const reads = may(actor, 'read', subject(row));
	return {
		id: own.id,
		code: own.code,
		href: reads ? `/actions/${own.code}` : null,
		what: own.what,
		responsible: row.person
			? { kind: 'person', id: row.person.id, name: row.person.name }
			: { kind: 'unit', id: row.unit!.id, name: row.unit!.name },
		unit: row.unit?.name ?? row.home?.name ?? '',
		due: own.due,
		moves: row.moves,
		status: own.status,
		waitingFor: own.waitingFor && nameOf(own.waitingFor),
		overdue: isOverdue(own, today),
		source: source(actor, row),
		case: row.card && {
			code: row.card.code,
			readable: may(actor, 'read', cases.subject(row.card))
		},
		decision: row.decision && {
			code: row.decision.code,
			href: readsDecision(actor, row) ? decisionHref(row.decision.code) : null
		},
		task: row.task && {
			title: row.task.title,
			href: may(actor, 'read', { kind: 'directory' })
				? `/responsibilities/tasks/${row.task.id}`
				: null
		},
		item: own.itemId,
		offered: row.offer && {
			name: (row.offeredPerson ?? row.offeredUnit)!.name,
			mayAccept: may(actor, 'accept', subject(row))
		},
		mayComplete: may(actor, 'complete', subject(row))
	};
}

function source(actor: Actor, row: Row): ActionView['source'] {
	const { meeting: from, item } = row;
	return {
		label: item?.number ?? m.timeline_meeting({ forum: row.forum.code, number: from.number }),
		href: readsSource(actor, row) ? `/meetings/${from.id}${item ? `/${item.id}` : ''}` : null
	};
}

/** Whether the person may open the meeting or the item that it comes from. */
export function readsSource(actor: Actor, { meeting: from, forum: of, item }: Row): boolean {
	const within = { forum: of.id, forumKind: of.kind, meeting: from.id, status: from.status };
	return item
		? may(actor, 'read', { kind: 'item', item: item.id, case: item.case, ...within })
		: may(actor, 'read', { kind: 'meeting', ...within });
}

function readsDecision(actor: Actor, row: Row): boolean {
	const about = row.decision?.case ?? null;
	const where = { forum: row.forum.id, forumKind: row.forum.kind };
	return may(actor, 'read', { kind: 'decision', case: about, ...where });
}

type NameOf = (party: string) => string;

/**
 * Names of parties, `person:<id>` and `unit:<id>`; what is no party is text, and stands for
 * itself. Read when first asked.
 */
export function names(): NameOf {
	let known: { person: Map<string, string>; unit: Map<string, string> } | null = null;
	return (text) => {
		const party = parseParty(text);
		if (!party) return text;
		known ??= { person: people.names(), unit: units.names() };
		return known[party.kind].get(party.id) ?? '';
	};
}

/** Who answers, as a party. */
export function answering(row: { personId: string | null; unitId: string | null }): string {
	const party: Party = row.personId
		? { kind: 'person', id: row.personId }
		: { kind: 'unit', id: row.unitId! };
	return formatParty(party);
}

/**
 * Writes down a step of an action. `from` and `to` are statuses, dates or parties, whichever the
 * step is about.
 */
export function note(
	by: string | null,
	id: string,
	verb: ActionStep,
	step: { from?: string; to?: string; note?: string | null } = {}
): void {
	const { from = null, to = null, note: text = null } = step;
	const values = { id: crypto.randomUUID(), actionId: id, at: clock.now(), personId: by, verb };
	db()
		.insert(actionEvent)
		.values({ ...values, from, to, note: text || null })
		.run();
}

/**
 * Does a command to an action that the person may do it to, in one transaction, and tells
 * everybody whom it concerned or concerns now. Refuses not_found, not_allowed.
 */
export function change(actor: Actor, id: string, verb: Permission, work: (row: Row) => void): void {
	transaction(() => {
		const row = query().where(eq(action.id, id)).get();
		if (!row || !may(actor, 'read', subject(row))) throw new Refusal('not_found');
		if (!may(actor, verb, subject(row))) throw new Refusal('not_allowed');
		tell(row);
		work(row);
		tellOf(id);
	});
}

/** Which topics an action's change concerns. Ids only. */
function tell(row: Row): void {
	const persons = [
		row.action.personId,
		row.unit?.leader,
		row.home?.leader,
		row.offer?.personId,
		row.offer?.byPersonId,
		row.offeredUnit?.leader
	].filter((one) => one != null);
	events.changed(
		topicOf('meeting', row.meeting.id),
		topicOf('forum', row.forum.id),
		...(row.action.caseId ? [topicOf('case', row.action.caseId)] : []),
		...persons.map((one) => topicOf('person', one))
	);
}

export function tellOf(id: string): void {
	const row = query().where(eq(action.id, id)).get();
	if (row) tell(row);
}
