import { sql } from 'drizzle-orm';
import {
	check,
	index,
	integer,
	primaryKey,
	sqliteTable,
	text,
	unique
} from 'drizzle-orm/sqlite-core';
import type { ActionStatus } from '#lib/domain/action.ts';
import type { ForumKind } from '#lib/domain/forum.ts';
import type { AttendanceStatus, MeetingStatus, Outcome } from '#lib/domain/meeting.ts';
import type { MembershipRole } from '#lib/domain/membership.ts';
import type { ItemKind } from '#lib/domain/schedule.ts';
import type { TalkStatus } from '#lib/domain/talk.ts';

/*
 * Ids are random UUIDs. `at` and other moments are milliseconds since 1970; dates are 'YYYY-MM-DD', times of day 'HH:MM',
 * both Europe/Oslo. What people type together is in documents.ts; everything else is what somebody
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
	/** The unit that this one is part of. */
	parent: text('parent'),
	outside: flag('outside')
});

export const person = sqliteTable('person', {
	id: id(),
	code: text('code').notNull().unique(),
	name: text('name').notNull(),
	title: text('title').notNull(),
	unit: text('unit').references(() => unit.id),
	language: text('language'),
	/** Where e-mail goes; null for those who get none. */
	email: text('email'),
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
	handlesCases: flag('handles_cases'),
	/** How many of those who take part must be present; null when the forum has no such rule. */
	quorum: integer('quorum')
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
		takesCases: flag('takes_cases'),
		/** What was decided between meetings is told under this one. */
		takesUrgent: flag('takes_urgent')
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
		casesUnder: text('cases_under'),
		/** The one at which is told what was decided between meetings. */
		urgentUnder: text('urgent_under'),
		/** While it runs: the item that is on, and since when. */
		currentItem: text('current_item'),
		currentSince: integer('current_since')
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
		responsible: text('responsible'),
		outcome: text('outcome').$type<Outcome>(),
		/** The item that this one continues; each is continued once. */
		carriedFrom: text('carried_from').unique(),
		/** How many times it has been on an agenda: 2 for «2. gong». */
		round: integer('round').notNull().default(1),
		/** Milliseconds that were spent on it. */
		spent: integer('spent').notNull().default(0)
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
		decision: text('decision').references(() => decision.id),
		task: text('task').references(() => matrixTask.id),
		/** Whom or what it waits for, while it waits. */
		waitingFor: text('waiting_for'),
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
		// Most follow from none: of those this is not to be used.
		index('action_decision')
			.on(table.decision)
			.where(sql`decision IS NOT NULL`),
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

/* ── A meeting's life ── */

/** Every step of a meeting's state, and every other deed of those who lead it, with who and when. */
export const meetingEvent = sqliteTable(
	'meeting_event',
	{
		id: id(),
		meeting: text('meeting')
			.notNull()
			.references(() => meeting.id),
		at: integer('at').notNull(),
		person: text('person').references(() => person.id),
		/** 'state', 'appoint', 'attendance', 'call_deputy' … */
		deed: text('deed').notNull(),
		from: text('from_value'),
		to: text('to_value'),
		/** Whom or which item it was about. */
		about: text('about'),
		reason: text('reason')
	},
	(table) => [index('meeting_event_meeting').on(table.meeting, table.at)]
);

/** Somebody made chair or secretary of a meeting, or of one of its items. */
export const meetingRole = sqliteTable(
	'meeting_role',
	{
		id: id(),
		meeting: text('meeting')
			.notNull()
			.references(() => meeting.id),
		item: text('item').references(() => agendaItem.id),
		person: text('person')
			.notNull()
			.references(() => person.id),
		role: text('role').$type<'chair' | 'secretary'>().notNull()
	},
	(table) => [
		index('meeting_role_meeting').on(table.meeting),
		index('meeting_role_person').on(table.person)
	]
);

/** Who was there: of the meeting (item null), or other than that at one item. */
export const attendance = sqliteTable(
	'attendance',
	{
		id: id(),
		meeting: text('meeting')
			.notNull()
			.references(() => meeting.id),
		item: text('item').references(() => agendaItem.id),
		person: text('person')
			.notNull()
			.references(() => person.id),
		status: text('status').$type<AttendanceStatus>().notNull(),
		at: integer('at').notNull()
	},
	(table) => [unique('attendance_once').on(table.meeting, table.item, table.person)]
);

/** A deputy called in: to the meeting, or to one item of it. */
export const deputyCall = sqliteTable(
	'deputy_call',
	{
		id: id(),
		meeting: text('meeting')
			.notNull()
			.references(() => meeting.id),
		item: text('item').references(() => agendaItem.id),
		deputy: text('deputy')
			.notNull()
			.references(() => person.id),
		for: text('for_person').references(() => person.id),
		by: text('by_person')
			.notNull()
			.references(() => person.id),
		at: integer('at').notNull(),
		endedAt: integer('ended_at')
	},
	(table) => [
		index('deputy_call_deputy').on(table.deputy),
		index('deputy_call_meeting').on(table.meeting)
	]
);

/** The last number given in a forum and year: never given again, gaps allowed. */
export const numberSeries = sqliteTable(
	'number_series',
	{
		forum: text('forum')
			.notNull()
			.references(() => forum.id),
		year: integer('year').notNull(),
		last: integer('last').notNull()
	},
	(table) => [primaryKey({ columns: [table.forum, table.year] })]
);

/** What waits for a meeting: proposed, or put off without one to go to. */
export const backlogItem = sqliteTable(
	'backlog_item',
	{
		id: id(),
		forum: text('forum')
			.notNull()
			.references(() => forum.id),
		title: text('title').notNull(),
		kind: text('kind').$type<ItemKind>().notNull(),
		minutes: integer('minutes').notNull(),
		proposedBy: text('proposed_by').references(() => person.id),
		at: integer('at').notNull(),
		/** The item it was carried from, when it was not proposed afresh. */
		from: text('from_item').references(() => agendaItem.id),
		/** The item it became; null while it waits. */
		taken: text('taken_item').references(() => agendaItem.id)
	},
	(table) => [index('backlog_item_forum').on(table.forum, table.taken)]
);

/** A correction that a member proposes while the minutes are reviewed. */
export const correction = sqliteTable(
	'correction',
	{
		id: id(),
		meeting: text('meeting')
			.notNull()
			.references(() => meeting.id),
		item: text('item')
			.notNull()
			.references(() => agendaItem.id),
		person: text('person')
			.notNull()
			.references(() => person.id),
		text: text('text').notNull(),
		at: integer('at').notNull(),
		status: text('status').$type<'proposed' | 'taken' | 'left'>().notNull(),
		settledBy: text('settled_by').references(() => person.id),
		settledAt: integer('settled_at')
	},
	(table) => [index('correction_meeting').on(table.meeting)]
);

export const decision = sqliteTable(
	'decision',
	{
		id: id(),
		/** 'BR-A-12/26': of a forum and year. */
		code: text('code').notNull().unique(),
		meeting: text('meeting')
			.notNull()
			.references(() => meeting.id),
		item: text('item')
			.notNull()
			.references(() => agendaItem.id),
		case: text('case_id').references(() => caseCard.id),
		text: text('text').notNull(),
		reasons: text('reasons').notNull(),
		minority: text('minority').notNull(),
		statement: text('statement').notNull(),
		/** When to look at it again. */
		reviewOn: text('review_on'),
		/** The item that it came back as. */
		reviewedIn: text('reviewed_in').references(() => agendaItem.id),
		person: text('person')
			.notNull()
			.references(() => person.id),
		at: integer('at').notNull()
	},
	(table) => [
		index('decision_meeting').on(table.meeting),
		index('decision_item').on(table.item),
		index('decision_at').on(table.at)
	]
);

/** What became of an action, step by step. */
export const actionEvent = sqliteTable(
	'action_event',
	{
		id: id(),
		action: text('action')
			.notNull()
			.references(() => action.id),
		at: integer('at').notNull(),
		person: text('person').references(() => person.id),
		/** 'created', 'status', 'due', 'note', 'offered', 'accepted', 'declined' */
		deed: text('deed').notNull(),
		from: text('from_value'),
		to: text('to_value'),
		note: text('note')
	},
	(table) => [index('action_event_action').on(table.action, table.at)]
);

/** An action offered to another person or unit; it moves when they accept. */
export const handover = sqliteTable(
	'handover',
	{
		id: id(),
		action: text('action')
			.notNull()
			.references(() => action.id),
		person: text('person').references(() => person.id),
		unit: text('unit').references(() => unit.id),
		by: text('by_person')
			.notNull()
			.references(() => person.id),
		at: integer('at').notNull(),
		status: text('status').$type<'offered' | 'accepted' | 'declined' | 'withdrawn'>().notNull(),
		settledBy: text('settled_by').references(() => person.id),
		settledAt: integer('settled_at')
	},
	(table) => [
		check('handover_one_target', sql`(${table.person} is null) <> (${table.unit} is null)`),
		index('handover_action').on(table.action),
		index('handover_person').on(table.person, table.status),
		index('handover_unit').on(table.unit, table.status)
	]
);

/** A talk for a forum day. Its words are in the document `talk:<id>`; here is what is decided about it. */
export const talk = sqliteTable(
	'talk',
	{
		id: id(),
		meeting: text('meeting')
			.notNull()
			.references(() => meeting.id),
		speaker: text('speaker')
			.notNull()
			.references(() => person.id),
		status: text('status').$type<TalkStatus>().notNull(),
		/** Projected from the document. */
		title: text('title').notNull(),
		minutes: integer('minutes').notNull(),
		/** The item of the programme, once it has a slot. */
		item: text('item').references(() => agendaItem.id),
		at: integer('at').notNull()
	},
	(table) => [index('talk_meeting').on(table.meeting), index('talk_speaker').on(table.speaker)]
);

export const talkEvent = sqliteTable(
	'talk_event',
	{
		id: id(),
		talk: text('talk')
			.notNull()
			.references(() => talk.id),
		at: integer('at').notNull(),
		person: text('person').references(() => person.id),
		/** 'status' or 'slot' */
		deed: text('deed').notNull(),
		from: text('from_value'),
		to: text('to_value')
	},
	(table) => [index('talk_event_talk').on(table.talk, table.at)]
);

/** When somebody last looked at the start page: what has come since is new. */
export const lastLook = sqliteTable('last_look', {
	person: text('person')
		.primaryKey()
		.references(() => person.id),
	at: integer('at').notNull()
});
