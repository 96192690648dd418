import { sql } from 'drizzle-orm';
import {
	blob,
	check,
	index,
	integer,
	primaryKey,
	sqliteTable,
	text,
	unique
} from 'drizzle-orm/sqlite-core';
import type { ActionStatus } from '#lib/domain/action.ts';
import type { DocumentKind } from '#lib/domain/document.ts';
import type { ForumKind } from '#lib/domain/forum.ts';
import type { ItemKind } from '#lib/domain/agenda.ts';
import type { MeetingStatus } from '#lib/domain/meeting.ts';
import type { MembershipRole } from '#lib/domain/membership.ts';

/*
 * Ids are random UUIDs. `at` and other moments are milliseconds since 1970; dates are 'YYYY-MM-DD', times of day 'HH:MM',
 * both Europe/Oslo. What people type together is in the documents at the end; everything else here is what somebody
 * must be allowed to do.
 */
const id = () => text('id').primaryKey();
const flag = (name: string) => integer(name, { mode: 'boolean' }).notNull().default(false);

export const municipality = sqliteTable('municipality', {
	id: integer('id').primaryKey(),
	name: text('name').notNull(),
	language: text('language').notNull(),
	timeZone: text('time_zone').notNull()
});

export const unit = sqliteTable('unit', {
	id: id(),
	code: text('code').notNull().unique(),
	name: text('name').notNull(),
	kind: text('kind').notNull(),
	leader: text('leader'),
	outside: flag('outside')
});

export const person = sqliteTable('person', {
	id: id(),
	code: text('code').notNull().unique(),
	name: text('name').notNull(),
	title: text('title').notNull(),
	unit: text('unit').references(() => unit.id),
	language: text('language'),
	outside: flag('outside'),
	administrator: flag('administrator'),
	decides: flag('decides')
});

export const session = sqliteTable(
	'session',
	{
		/** SHA-256 of the token, hexadecimal: the token itself is only in the cookie. */
		id: id(),
		person: text('person')
			.notNull()
			.references(() => person.id),
		createdAt: integer('created_at').notNull(),
		renewedAt: integer('renewed_at').notNull()
	},
	(table) => [index('session_person').on(table.person)]
);

export const choice = sqliteTable(
	'choice',
	{
		list: text('list').notNull(),
		code: text('code').notNull(),
		pos: integer('pos').notNull(),
		nn: text('nn').notNull(),
		nb: text('nb').notNull(),
		en: text('en').notNull()
	},
	(table) => [primaryKey({ columns: [table.list, table.code] })]
);

export const forum = sqliteTable('forum', {
	id: id(),
	code: text('code').notNull().unique(),
	name: text('name').notNull(),
	kind: text('kind').$type<ForumKind>().notNull(),
	mandate: text('mandate').notNull(),
	cadence: text('cadence').notNull(),
	intake: text('intake').notNull(),
	output: text('output').notNull(),
	/** Whether cases about single households are handled here. */
	handlesCases: flag('handles_cases')
});

export const membership = sqliteTable(
	'membership',
	{
		id: id(),
		forum: text('forum')
			.notNull()
			.references(() => forum.id),
		person: text('person')
			.notNull()
			.references(() => person.id),
		role: text('role').$type<MembershipRole>().notNull(),
		deputyFor: text('deputy_for').references(() => person.id),
		since: integer('since').notNull()
	},
	(table) => [
		unique('membership_once').on(table.forum, table.person),
		index('membership_person').on(table.person)
	]
);

export const templateItem = sqliteTable(
	'template_item',
	{
		id: id(),
		forum: text('forum')
			.notNull()
			.references(() => forum.id),
		pos: integer('pos').notNull(),
		title: text('title').notNull(),
		kind: text('kind').$type<ItemKind>().notNull(),
		minutes: integer('minutes').notNull(),
		responsible: text('responsible').references(() => person.id),
		/** New cases are put under this one. */
		takesCases: flag('takes_cases')
	},
	(table) => [index('template_item_forum').on(table.forum, table.pos)]
);

export const meeting = sqliteTable(
	'meeting',
	{
		id: id(),
		forum: text('forum')
			.notNull()
			.references(() => forum.id),
		number: text('number').notNull(),
		date: text('date').notNull(),
		starts: text('starts').notNull(),
		ends: text('ends').notNull(),
		place: text('place').notNull(),
		theme: text('theme').notNull(),
		status: text('status').$type<MeetingStatus>().notNull(),
		/** The agenda item under which cases are put. */
		casesUnder: text('cases_under')
	},
	(table) => [
		unique('meeting_number').on(table.forum, table.number),
		index('meeting_date').on(table.date)
	]
);

/**
 * An agenda item. Number, case, and of a case item heading and responsible, belong to this table; the rest is projected
 * from the live agenda for search and links and is written by its projector only.
 */
export const agendaItem = sqliteTable(
	'agenda_item',
	{
		id: id(),
		meeting: text('meeting')
			.notNull()
			.references(() => meeting.id),
		number: text('number').unique(),
		case: text('case_id').references(() => caseCard.id),
		parent: text('parent'),
		pos: text('pos').notNull(),
		minutes: integer('minutes').notNull(),
		removed: flag('removed'),
		title: text('title').notNull(),
		kind: text('kind').$type<ItemKind>().notNull(),
		responsible: text('responsible')
	},
	(table) => [
		index('agenda_item_meeting').on(table.meeting, table.pos),
		index('agenda_item_case').on(table.case)
	]
);

export const caseCard = sqliteTable(
	'case_card',
	{
		id: id(),
		code: text('code').notNull().unique(),
		forum: text('forum')
			.notNull()
			.references(() => forum.id),
		household: text('household').notNull(),
		age: text('age').notNull(),
		situation: text('situation').notNull(),
		bedrooms: text('bedrooms').notNull(),
		accessible: flag('accessible'),
		followUp: text('follow_up').notNull(),
		/** 'YYYY-MM': nothing finer about when somebody applied. */
		monthIn: text('month_in').notNull(),
		urgent: flag('urgent'),
		status: text('status').notNull(),
		unit: text('unit')
			.notNull()
			.references(() => unit.id)
	},
	(table) => [index('case_card_forum').on(table.forum, table.status)]
);

export const caseMeasure = sqliteTable(
	'case_measure',
	{
		case: text('case_id')
			.notNull()
			.references(() => caseCard.id, { onDelete: 'cascade' }),
		measure: text('measure').notNull()
	},
	(table) => [primaryKey({ columns: [table.case, table.measure] })]
);

export const action = sqliteTable(
	'action',
	{
		id: id(),
		/** 'O-15'. */
		code: text('code').notNull().unique(),
		what: text('what').notNull(),
		person: text('person').references(() => person.id),
		unit: text('unit').references(() => unit.id),
		due: text('due').notNull(),
		status: text('status').$type<ActionStatus>().notNull(),
		/** Where it comes from: an agenda item, or a meeting as a whole. */
		meeting: text('meeting')
			.notNull()
			.references(() => meeting.id),
		item: text('item').references(() => agendaItem.id),
		case: text('case_id').references(() => caseCard.id),
		createdBy: text('created_by').references(() => person.id),
		createdAt: integer('created_at').notNull(),
		doneAt: integer('done_at')
	},
	(table) => [
		check('action_one_responsible', sql`(${table.person} is null) <> (${table.unit} is null)`),
		index('action_person').on(table.person, table.status),
		index('action_unit').on(table.unit, table.status),
		index('action_item').on(table.item),
		index('action_meeting').on(table.meeting),
		index('action_case').on(table.case),
		index('action_due').on(table.status, table.due)
	]
);

export const matrix = sqliteTable('matrix', {
	id: id(),
	name: text('name').notNull(),
	forum: text('forum').references(() => forum.id)
});

export const matrixTask = sqliteTable(
	'matrix_task',
	{
		id: id(),
		matrix: text('matrix')
			.notNull()
			.references(() => matrix.id),
		pos: integer('pos').notNull(),
		title: text('title').notNull()
	},
	(table) => [index('matrix_task_matrix').on(table.matrix, table.pos)]
);

export const matrixCell = sqliteTable(
	'matrix_cell',
	{
		task: text('task')
			.notNull()
			.references(() => matrixTask.id),
		unit: text('unit')
			.notNull()
			.references(() => unit.id),
		/** A subset of the letters of RACI, in that order: 'R', 'RA', 'C' … */
		letters: text('letters').notNull()
	},
	(table) => [primaryKey({ columns: [table.task, table.unit] })]
);

/** Who did what to which thing, when. No content. */
export const audit = sqliteTable('audit', {
	seq: integer('seq').primaryKey({ autoIncrement: true }),
	at: integer('at').notNull(),
	person: text('person'),
	deed: text('deed').notNull(),
	thing: text('thing').notNull()
});

/* ── Live documents (docs/LIVE.md) ── */

export const document = sqliteTable('document', {
	/** `agenda:<meeting>`, `item:<item>` … */
	id: id(),
	kind: text('kind').$type<DocumentKind>().notNull(),
	epoch: integer('epoch').notNull()
});

export const documentLog = sqliteTable(
	'document_log',
	{
		seq: integer('seq').primaryKey({ autoIncrement: true }),
		document: text('document')
			.notNull()
			.references(() => document.id),
		epoch: integer('epoch').notNull(),
		person: text('person'),
		at: integer('at').notNull(),
		bytes: blob('bytes', { mode: 'buffer' }).notNull(),
		sha256: text('sha256').notNull()
	},
	(table) => [index('document_log_document').on(table.document, table.seq)]
);

export const documentState = sqliteTable('document_state', {
	document: text('document')
		.primaryKey()
		.references(() => document.id),
	epoch: integer('epoch').notNull(),
	/** The last log row that this state holds. */
	seq: integer('seq').notNull(),
	bytes: blob('bytes', { mode: 'buffer' }).notNull(),
	sha256: text('sha256').notNull()
});

/** Whose a Yjs client id is: the first to write with it. */
export const documentAuthor = sqliteTable(
	'document_author',
	{
		document: text('document')
			.notNull()
			.references(() => document.id),
		epoch: integer('epoch').notNull(),
		client: integer('client').notNull(),
		person: text('person')
	},
	(table) => [primaryKey({ columns: [table.document, table.epoch, table.client] })]
);
