import { and, asc, desc, eq, inArray, lt, sql, type SQL } from 'drizzle-orm';
import {
	type ActionFilter,
	actionFilters,
	type ActionOrder,
	type ActionScope,
	type ActionStatus,
	actionStatuses,
	type ActionStep,
	formatParty,
	isOpen
} from '#lib/domain/action.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { db } from '#lib/server/db/index.ts';
import { action, actionEvent, handover } from '#lib/server/db/schema/action.ts';
import { forum } from '#lib/server/db/schema/forum.ts';
import { meeting } from '#lib/server/db/schema/meeting.ts';
import { person, unit } from '#lib/server/db/schema/municipality.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { within } from './actions.ts';
import { type ActionView, names, offeredTo, query, readable, subject, views } from './rows.ts';

/** Rows of a page. */
export const pageSize = 100;

export interface ActionQuery {
	scope: ActionScope;
	status: ActionFilter;
	/** A forum's code; null for every forum. */
	forum: string | null;
	order: ActionOrder;
	/** The last first. */
	down: boolean;
	/** From 1. */
	page: number;
}

export interface ActionRegister {
	actions: ActionView[];
	/** All that match, over every page. */
	total: number;
	/** What each status would show, in this scope and forum. */
	counts: Record<ActionFilter, number>;
	/** Forums with something to show, in this scope and status. */
	forums: { code: string; name: string; count: number }[];
}

/** The whole of what a query finds, a piece at a time: rights are judged anew for each piece. */
export function* everything(actor: Actor, asked: ActionQuery): Generator<ActionView[]> {
	const of = asked.forum === null ? undefined : eq(forum.code, asked.forum);
	const filtered = and(filters(clock.today())[asked.status], of);
	const found = ids(and(within(actor, asked.scope), readable(actor), filtered), asked).all();
	for (let start = 0; start < found.length; start += pageSize) {
		const now = people.actor(actor.id);
		if (!now) return;
		yield shown(
			now,
			found.slice(start, start + pageSize).map(({ id }) => id)
		);
	}
}

/**
 * One page of the register and its counts. Rights, filters, order and counting are the database's
 * work.
 */
export function browse(actor: Actor, asked: ActionQuery): ActionRegister {
	const today = clock.today();
	const places = db().select({ id: forum.id, code: forum.code, name: forum.name }).from(forum);
	const forums = places.orderBy(asc(forum.name)).all();
	const scope = and(within(actor, asked.scope), readable(actor));
	const sums = sum(scope, today);
	const of =
		asked.forum === null ? null : (forums.find(({ code }) => code === asked.forum)?.id ?? '');
	const count = (fits: (one: Sum) => boolean) =>
		sums.filter(fits).reduce((all, one) => all + one.count, 0);
	const counts = Object.fromEntries(
		actionFilters.map((filter) => [
			filter,
			count((one) => (of === null || one.forum === of) && matches[filter](one))
		])
	) as ActionRegister['counts'];
	const filtered = and(
		filters(today)[asked.status],
		of === null ? undefined : eq(meeting.forumId, of)
	);
	return {
		actions: page(actor, and(scope, filtered), asked),
		total: counts[asked.status],
		counts,
		forums: forums
			.map(({ id, code, name }) => ({
				code,
				name,
				count: count((one) => one.forum === id && matches[asked.status](one))
			}))
			.filter((one) => one.count > 0)
	};
}

interface Sum {
	forum: string;
	status: ActionStatus;
	late: number;
	count: number;
}

function sum(where: SQL | undefined, today: string): Sum[] {
	const late = sql<number>`${action.due} < ${today}`.as('late');
	return db()
		.select({ forum: meeting.forumId, status: action.status, late, count: sql<number>`count(*)` })
		.from(action)
		.innerJoin(meeting, eq(meeting.id, action.meetingId))
		.where(where)
		.groupBy(meeting.forumId, action.status, sql`late`)
		.all();
}

const matches: Record<ActionFilter, (one: Sum) => boolean> = {
	open: ({ status }) => isOpen(status),
	overdue: ({ status, late }) => isOpen(status) && late === 1,
	waiting: ({ status }) => status === 'waiting',
	done: ({ status }) => !isOpen(status),
	any: () => true
};

/** The same as conditions. */
function filters(today: string): Record<ActionFilter, SQL | undefined> {
	const of = (open: boolean) => actionStatuses.filter((one) => isOpen(one) === open);
	return {
		open: inArray(action.status, of(true)),
		overdue: and(inArray(action.status, of(true)), lt(action.due, today)),
		waiting: eq(action.status, 'waiting'),
		done: inArray(action.status, of(false)),
		any: undefined
	};
}

const number = sql`cast(substr(${action.code}, 3) as integer)`;
const rank = sql`CASE ${action.status} ${sql.join(
	actionStatuses.map((status, index) => sql`WHEN ${status} THEN ${index}`),
	sql` `
)} END`;
const columns: Record<ActionOrder, SQL | typeof action.due> = {
	due: action.due,
	responsible: sql`coalesce(${person.name}, ${unit.name})`,
	status: rank,
	code: number
};

function page(actor: Actor, where: SQL | undefined, asked: ActionQuery): ActionView[] {
	const found = ids(where, asked)
		.limit(pageSize)
		.offset((asked.page - 1) * pageSize)
		.all();
	return shown(
		actor,
		found.map(({ id }) => id)
	);
}

function ids(where: SQL | undefined, asked: ActionQuery) {
	const first = (asked.down ? desc : asc)(columns[asked.order]);
	return db()
		.select({ id: action.id })
		.from(action)
		.innerJoin(meeting, eq(meeting.id, action.meetingId))
		.innerJoin(forum, eq(forum.id, meeting.forumId))
		.leftJoin(person, eq(person.id, action.personId))
		.leftJoin(unit, eq(unit.id, action.unitId))
		.where(where)
		.orderBy(first, action.due, number)
		.$dynamic();
}

/** These actions in this order. What the database let through is judged once more. */
function shown(actor: Actor, ids: string[]): ActionView[] {
	const place = new Map(ids.map((id, index) => [id, index]));
	const rows = query()
		.where(inArray(action.id, ids))
		.all()
		.filter((row) => may(actor, 'read', subject(row)))
		.sort((a, b) => place.get(a.action.id)! - place.get(b.action.id)!);
	return views(actor, rows);
}

/** What is offered to the person or to units that they lead, the oldest offer first. */
export function offered(actor: Actor): ActionView[] {
	const rows = query()
		.where(inArray(action.id, offeredTo(actor)))
		.orderBy(handover.at)
		.all();
	return views(actor, rows);
}

/** A step of an action's history. */
export interface StepView {
	id: string;
	/** Milliseconds since 1970. */
	at: number;
	person: string | null;
	verb: ActionStep;
	/** Statuses, dates or names, whichever the step is about. */
	from: string | null;
	to: string | null;
	/** Whether `to` is a unit: somebody did it for the unit. */
	forUnit: boolean;
	note: string | null;
}

export interface ActionPage extends ActionView {
	/** A topic of those who read the forum's meetings. */
	forum: string;
	history: StepView[];
	/** The offer that stands. */
	offer: { by: string; to: string; mayAccept: boolean; mayWithdraw: boolean } | null;
}

/** One action with its history, by its code. Refuses not_found. */
export function read(actor: Actor, code: string): ActionPage {
	const row = query().where(eq(action.code, code.toUpperCase())).get();
	if (!row || !may(actor, 'read', subject(row))) throw new Refusal('not_found');
	const [view] = views(actor, [row]);
	const nameOf = names();
	return {
		...view!,
		forum: row.forum.id,
		history: history(row.action.id),
		offer: row.offer && {
			by: nameOf(formatParty({ kind: 'person', id: row.offer.byPersonId })),
			to: view!.offered!.name,
			mayAccept: view!.offered!.mayAccept,
			mayWithdraw: may(actor, 'withdraw', subject(row))
		}
	};
}

function history(id: string): StepView[] {
	const nameOf = names();
	return db()
		.select({ step: actionEvent, by: person.name })
		.from(actionEvent)
		.leftJoin(person, eq(person.id, actionEvent.personId))
		.where(eq(actionEvent.actionId, id))
		.orderBy(asc(actionEvent.at), sql`${actionEvent}.rowid`)
		.all()
		.map(({ step, by }) => ({
			id: step.id,
			at: step.at,
			person: by,
			verb: step.verb as ActionStep,
			from: step.from && nameOf(step.from),
			to: step.to && nameOf(step.to),
			forUnit: step.to?.startsWith('unit:') ?? false,
			note: step.note
		}));
}
