import { and, asc, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { isOpen, isOverdue, type ActionStatus } from '#lib/domain/action.ts';
import { codesIn } from '#lib/domain/case.ts';
import { isUuid, limits } from '#lib/domain/document.ts';
import { refuseIdentifiers } from '#lib/domain/identifiers.ts';
import { may, type Actor, type Thing } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import * as agendas from './agendas.ts';
import * as audit from './audit.ts';
import * as cases from './cases.ts';
import * as clock from './clock.ts';
import { db, transaction } from './db/index.ts';
import { action, agendaItem, caseCard, forum, meeting, person, unit } from './db/schema.ts';
import * as events from './live/events.ts';
import * as meetings from './meetings.ts';
import * as people from './people.ts';
import * as units from './units.ts';

/** An action as the person who asked may see it. */
export interface ActionView {
	id: string;
	code: string;
	what: string;
	responsible: { kind: 'person' | 'unit'; id: string; name: string };
	/** The unit that answers, or that of the person who does. */
	unit: string;
	due: string;
	status: ActionStatus;
	overdue: boolean;
	/** Where it comes from; a link only for who may open it. */
	source: { label: string; href: string | null };
	case: { code: string; readable: boolean } | null;
	item: string | null;
	mayComplete: boolean;
}

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
}

/**
 * Creates an action from a meeting or one of its items, and returns its code. One responsible, one deadline, one source.
 * An action from a case item is about that case, whatever the form says; one that names a case by its code is about it too.
 * Refuses not_found, meeting_locked, missing_text, text_too_long, identifier_in_text, unknown_person, unknown_unit,
 * unknown_case, bad_date.
 */
export function create(asker: Actor, input: ActionInput): string {
	if (input.due < clock.today()) throw new Refusal('bad_date', { field: 'due' });
	const made = transaction(() => {
		const from = meetings.readToWrite(asker, input.meeting);
		const item = input.item === null ? null : agendas.read(asker, from, input.item);
		const about = item?.case ?? input.case ?? namedCase(asker, input.what);
		if (about) cases.readById(asker, about);
		const stored = store({ ...input, case: about }, asker.id);
		audit.record(asker.id, 'action.create', `action:${stored.id}`);
		return stored;
	});
	tell(made.id);
	return made.code;
}

function namedCase(asker: Actor, text: string): string | null {
	const card = codesIn(text)
		.map((code) => cases.findByCode(code))
		.find((row) => row !== null);
	return card && may(asker, 'read', cases.thing(card)) ? card.id : null;
}

/** Checks what an action must be, whoever makes it, and writes it down. */
export function store(
	input: ActionInput & { code?: string; status?: ActionStatus },
	createdBy: string | null
): { id: string; code: string } {
	const what = refuseIdentifiers(input.what.trim(), 'what');
	if (what === '') throw new Refusal('missing_text', { field: 'what' });
	if (what.length > limits.what) throw new Refusal('text_too_long', { field: 'what' });
	const status = input.status ?? 'open';
	const id = crypto.randomUUID();
	const code = input.code ?? nextCode();
	db()
		.insert(action)
		.values({
			id,
			code,
			what,
			...responsibleOf(input.responsible),
			due: input.due,
			status,
			meeting: input.meeting,
			item: input.item,
			case: input.case,
			createdBy,
			createdAt: clock.now(),
			doneAt: isOpen(status) ? null : clock.now()
		})
		.run();
	return { id, code };
}

function responsibleOf(text: string): { person: string | null; unit: string | null } {
	const [kind, id = ''] = text.split(':');
	if (kind === 'person' && isUuid(id)) {
		people.assertKnown(id, 'responsible');
		return { person: id, unit: null };
	}
	if (kind !== 'unit' || !isUuid(id)) throw new Refusal('unknown_person', { field: 'responsible' });
	units.assertKnown(id, 'responsible');
	return { person: null, unit: id };
}

function nextCode(): string {
	const last = db()
		.select({ last: sql<number | null>`max(cast(substr(${action.code}, 3) as integer))` })
		.from(action)
		.get();
	return `O-${String((last?.last ?? 0) + 1).padStart(2, '0')}`;
}

/** Marks an action done, or open again. Refuses not_found, not_allowed. */
export function setDone(asker: Actor, id: string, done: boolean): void {
	transaction(() => {
		const row = query().where(eq(action.id, id)).get();
		if (!row || !may(asker, 'read', thing(row))) throw new Refusal('not_found');
		if (!may(asker, 'complete', thing(row))) throw new Refusal('not_allowed');
		if (isOpen(row.action.status) !== done) return;
		db()
			.update(action)
			.set(done ? { status: 'done', doneAt: clock.now() } : { status: 'open', doneAt: null })
			.where(eq(action.id, id))
			.run();
		audit.record(asker.id, done ? 'action.done' : 'action.reopen', `action:${id}`);
	});
	tell(id);
}

/** Which topics an action's change concerns. Ids only. */
function tell(id: string): void {
	const row = query().where(eq(action.id, id)).get();
	if (!row) return;
	const answers = row.action.person ?? row.unit?.leader;
	events.changed(
		`meeting:${row.meeting.id}`,
		`forum:${row.forum.id}`,
		...(row.action.case ? [`case:${row.action.case}`] : []),
		...(answers ? [`person:${answers}`] : [])
	);
}

const home = alias(unit, 'home');

function query() {
	return db()
		.select()
		.from(action)
		.innerJoin(meeting, eq(meeting.id, action.meeting))
		.innerJoin(forum, eq(forum.id, meeting.forum))
		.leftJoin(agendaItem, eq(agendaItem.id, action.item))
		.leftJoin(caseCard, eq(caseCard.id, action.case))
		.leftJoin(person, eq(person.id, action.person))
		.leftJoin(unit, eq(unit.id, action.unit))
		.leftJoin(home, eq(home.id, person.unit));
}

type Row = NonNullable<ReturnType<ReturnType<typeof query>['get']>>;

/** What may() wants to know of an action. */
function thing(row: Row): Thing {
	return {
		kind: 'action',
		forum: row.forum.id,
		forumKind: row.forum.kind,
		person: row.action.person,
		unit: row.action.unit ?? row.person?.unit ?? null,
		case: row.action.case !== null
	};
}

function view(asker: Actor, row: Row, today: string): ActionView {
	const { action: own } = row;
	const status = row.meeting.status;
	const readable = may(asker, 'read', {
		...(row.agenda_item
			? { kind: 'item' as const, item: row.agenda_item.id, case: row.agenda_item.case !== null }
			: { kind: 'meeting' as const }),
		forum: row.forum.id,
		forumKind: row.forum.kind,
		meeting: row.meeting.id,
		status
	});
	const readsCase = !!row.case_card && may(asker, 'read', cases.thing(row.case_card));
	return {
		id: own.id,
		code: own.code,
		what: own.what,
		responsible: row.person
			? { kind: 'person', id: row.person.id, name: row.person.name }
			: { kind: 'unit', id: row.unit!.id, name: row.unit!.name },
		unit: row.unit?.name ?? row.home?.name ?? '',
		due: own.due,
		status: own.status,
		overdue: isOverdue(own, today),
		source: {
			label: row.agenda_item?.number ?? `${row.forum.code} ${row.meeting.number}`,
			href: readable ? `/meetings/${row.meeting.id}${own.item ? `/${own.item}` : ''}` : null
		},
		case: row.case_card && { code: row.case_card.code, readable: readsCase },
		item: own.item,
		mayComplete: may(asker, 'complete', thing(row))
	};
}

function visible(asker: Actor, where: SQL | undefined): ActionView[] {
	const today = clock.today();
	return query()
		.where(where)
		.orderBy(asc(action.due), asc(action.code))
		.all()
		.filter((row) => may(asker, 'read', thing(row)))
		.map((row) => view(asker, row, today));
}

export function ofMeeting(asker: Actor, id: string): ActionView[] {
	return visible(asker, eq(action.meeting, id));
}

export function ofCase(asker: Actor, id: string): ActionView[] {
	return visible(asker, eq(action.case, id));
}

export function ofForum(asker: Actor, id: string): ActionView[] {
	return visible(
		asker,
		and(eq(forum.id, id), inArray(action.status, ['open', 'in_progress', 'waiting']))
	);
}

/** Whose actions: the person's own, those of the person's unit, or all that the person may see. */
export type Scope = 'mine' | 'unit' | 'all';

export function list(asker: Actor, scope: Scope): ActionView[] {
	return visible(asker, within(asker, scope));
}

function within(asker: Actor, scope: Scope): SQL | undefined {
	if (scope === 'all') return undefined;
	if (scope === 'mine')
		return asker.leads.length > 0
			? or(eq(action.person, asker.id), inArray(action.unit, [...asker.leads]))
			: eq(action.person, asker.id);
	return asker.unit ? or(eq(action.unit, asker.unit), eq(person.unit, asker.unit)) : sql`false`;
}
