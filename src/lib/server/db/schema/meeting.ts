import { sql } from 'drizzle-orm';
import {
	type AnySQLiteColumn,
	check,
	index,
	integer,
	sqliteTable,
	text,
	unique,
	uniqueIndex
} from 'drizzle-orm/sqlite-core';
import {
	type AttendanceStatus,
	attendanceStatuses,
	type CorrectionStatus,
	correctionStatuses,
	type MeetingLogKind,
	meetingLogKinds,
	type MeetingRole,
	meetingRoles,
	type MeetingStatus,
	meetingStatuses,
	type Outcome,
	outcomes
} from '#lib/domain/meeting.ts';
import type { ItemKind } from '#lib/domain/schedule.ts';
import { caseCard } from './case.ts';
import { flag, id, oneOf } from './columns.ts';
import { forum } from './forum.ts';
import { person } from './municipality.ts';

export const meeting = sqliteTable(
	'meeting',
	{
		id: id(),
		forumId: text('forum')
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
		casesUnderId: text('cases_under').references((): AnySQLiteColumn => agendaItem.id),
		/** The one at which is told what was decided between meetings. */
		urgentUnderId: text('urgent_under').references((): AnySQLiteColumn => agendaItem.id),
		/** While it runs: the item that is on, and since when. */
		currentItemId: text('current_item').references((): AnySQLiteColumn => agendaItem.id),
		currentSince: integer('current_since')
	},
	(table) => [
		oneOf(table.status, meetingStatuses),
		check('meeting_current', sql`("current_item" IS NULL) = ("current_since" IS NULL)`),
		unique('meeting_number').on(table.forumId, table.number),
		index('meeting_date').on(table.date)
	]
);

/**
 * An agenda item. Number, case, and of a case item heading and responsible, belong to this table;
 * the rest is projected from the live agenda for search and links and is written by its projector
 * only. What peers write there is whatever they write: it has neither reference nor check.
 */
export const agendaItem = sqliteTable(
	'agenda_item',
	{
		id: id(),
		meetingId: text('meeting')
			.notNull()
			.references(() => meeting.id),
		number: text('number').unique(),
		caseId: text('case_id').references(() => caseCard.id),
		parentId: text('parent'),
		pos: text('pos').notNull(),
		minutes: integer('minutes').notNull(),
		removed: flag('removed'),
		title: text('title').notNull(),
		kind: text('kind').$type<ItemKind>().notNull(),
		responsible: text('responsible'),
		outcome: text('outcome').$type<Outcome>(),
		/** The item that this one continues; each is continued once. */
		carriedFromId: text('carried_from')
			.unique()
			.references((): AnySQLiteColumn => agendaItem.id),
		/** How many times it has been on an agenda: 2 for «2. gong». */
		round: integer('round').notNull().default(1),
		/** Milliseconds that were spent on it. */
		spent: integer('spent').notNull().default(0)
	},
	(table) => [
		oneOf(table.outcome, outcomes),
		index('agenda_item_meeting').on(table.meetingId, table.pos),
		index('agenda_item_case').on(table.caseId)
	]
);

/**
 * Every step of a meeting's state, and every other command of those who lead it, with who and
 * when.
 */
export const meetingEvent = sqliteTable(
	'meeting_event',
	{
		id: id(),
		meetingId: text('meeting')
			.notNull()
			.references(() => meeting.id),
		at: integer('at').notNull(),
		personId: text('person').references(() => person.id),
		verb: text('deed').$type<MeetingLogKind>().notNull(),
		from: text('from_value'),
		to: text('to_value'),
		/** Whom or which item it was about. */
		about: text('about'),
		reason: text('reason')
	},
	(table) => [
		oneOf(table.verb, meetingLogKinds),
		index('meeting_event_meeting').on(table.meetingId, table.at)
	]
);

/** Somebody made chair or secretary of a meeting, or of one of its items. */
export const meetingRole = sqliteTable(
	'meeting_role',
	{
		id: id(),
		meetingId: text('meeting')
			.notNull()
			.references(() => meeting.id),
		itemId: text('item').references(() => agendaItem.id),
		personId: text('person')
			.notNull()
			.references(() => person.id),
		role: text('role').$type<MeetingRole>().notNull()
	},
	(table) => [
		oneOf(table.role, meetingRoles),
		uniqueIndex('meeting_role_once')
			.on(table.meetingId, table.personId, table.role)
			.where(sql`item IS NULL`),
		uniqueIndex('meeting_role_once_at_item')
			.on(table.meetingId, table.itemId, table.personId, table.role)
			.where(sql`item IS NOT NULL`),
		index('meeting_role_meeting').on(table.meetingId),
		index('meeting_role_person').on(table.personId)
	]
);

/** Who was there: of the meeting (item null), or other than that at one item. */
export const attendance = sqliteTable(
	'attendance',
	{
		id: id(),
		meetingId: text('meeting')
			.notNull()
			.references(() => meeting.id),
		itemId: text('item').references(() => agendaItem.id),
		personId: text('person')
			.notNull()
			.references(() => person.id),
		status: text('status').$type<AttendanceStatus>().notNull(),
		at: integer('at').notNull()
	},
	(table) => [
		oneOf(table.status, attendanceStatuses),
		uniqueIndex('attendance_once')
			.on(table.meetingId, table.personId)
			.where(sql`item IS NULL`),
		uniqueIndex('attendance_once_at_item')
			.on(table.meetingId, table.itemId, table.personId)
			.where(sql`item IS NOT NULL`)
	]
);

/** A deputy called in: to the meeting, or to one item of it. */
export const deputyCall = sqliteTable(
	'deputy_call',
	{
		id: id(),
		meetingId: text('meeting')
			.notNull()
			.references(() => meeting.id),
		itemId: text('item').references(() => agendaItem.id),
		deputyId: text('deputy')
			.notNull()
			.references(() => person.id),
		forPersonId: text('for_person').references(() => person.id),
		byPersonId: text('by_person')
			.notNull()
			.references(() => person.id),
		at: integer('at').notNull(),
		endedAt: integer('ended_at')
	},
	(table) => [
		uniqueIndex('deputy_call_once')
			.on(table.meetingId, table.deputyId)
			.where(sql`item IS NULL AND ended_at IS NULL`),
		uniqueIndex('deputy_call_once_at_item')
			.on(table.meetingId, table.itemId, table.deputyId)
			.where(sql`item IS NOT NULL AND ended_at IS NULL`),
		index('deputy_call_deputy').on(table.deputyId),
		index('deputy_call_meeting').on(table.meetingId)
	]
);

/** What waits for a meeting: proposed, or put off without one to go to. */
export const backlogItem = sqliteTable(
	'backlog_item',
	{
		id: id(),
		forumId: text('forum')
			.notNull()
			.references(() => forum.id),
		title: text('title').notNull(),
		kind: text('kind').$type<ItemKind>().notNull(),
		minutes: integer('minutes').notNull(),
		proposedById: text('proposed_by').references(() => person.id),
		at: integer('at').notNull(),
		/** The item it was carried from, when it was not proposed afresh. */
		fromItemId: text('from_item').references(() => agendaItem.id),
		/** The item it became; null while it waits. */
		takenItemId: text('taken_item').references(() => agendaItem.id)
	},
	(table) => [
		uniqueIndex('backlog_item_from')
			.on(table.fromItemId)
			.where(sql`from_item IS NOT NULL`),
		index('backlog_item_forum').on(table.forumId, table.takenItemId)
	]
);

/** A correction that a member proposes while the minutes are reviewed. */
export const correction = sqliteTable(
	'correction',
	{
		id: id(),
		meetingId: text('meeting')
			.notNull()
			.references(() => meeting.id),
		itemId: text('item')
			.notNull()
			.references(() => agendaItem.id),
		personId: text('person')
			.notNull()
			.references(() => person.id),
		text: text('text').notNull(),
		at: integer('at').notNull(),
		status: text('status').$type<CorrectionStatus>().notNull(),
		settledById: text('settled_by').references(() => person.id),
		settledAt: integer('settled_at')
	},
	(table) => [
		oneOf(table.status, correctionStatuses),
		index('correction_meeting').on(table.meetingId)
	]
);
