import { index, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';
import {
	type NoticeKind,
	noticeKinds,
	type NoticeState,
	noticeStates,
	type ReminderKind,
	reminderKinds
} from '#lib/domain/notice.ts';
import { oneOf } from './columns.ts';
import { meeting } from './meeting.ts';
import { person } from './municipality.ts';

/*
 * What goes out by e-mail, and the calendars that people fetch. There is no text here: a notice
 * refers to what it is about, and is put into words, and its rights judged, when it is sent.
 */

/** What somebody has chosen; without a row the usual holds. */
export const noticeSetting = sqliteTable('notice_setting', {
	personId: text('person')
		.primaryKey()
		.references(() => person.id),
	digest: integer('digest', { mode: 'boolean' }).notNull(),
	calls: integer('calls', { mode: 'boolean' }).notNull(),
	/** 'HH:MM' */
	quietFrom: text('quiet_from').notNull(),
	quietUntil: text('quiet_until').notNull(),
	quietDaysOff: integer('quiet_days_off', { mode: 'boolean' }).notNull()
});

/** The outbox. Each of these goes to each person once. */
export const notice = sqliteTable(
	'notice',
	{
		id: text('id').primaryKey(),
		personId: text('person')
			.notNull()
			.references(() => person.id),
		kind: text('kind').$type<NoticeKind>().notNull(),
		/** The day of a digest; the meeting of the others. */
		about: text('about').notNull(),
		state: text('state').$type<NoticeState>().notNull(),
		tries: integer('tries').notNull().default(0),
		/** Not to be tried before this. */
		dueAt: integer('due_at').notNull(),
		createdAt: integer('created_at').notNull(),
		settledAt: integer('settled_at'),
		/** The mail server's last number, such as 451. */
		reply: integer('reply'),
		/** SHA-256 of the token with which it can be answered that no more of the kind is wanted. */
		token: text('token').unique()
	},
	(table) => [
		oneOf(table.kind, noticeKinds),
		oneOf(table.state, noticeStates),
		unique('notice_once').on(table.personId, table.kind, table.about),
		index('notice_state').on(table.state, table.dueAt)
	]
);

/** What a digest is to remind of. */
export const noticeItem = sqliteTable(
	'notice_item',
	{
		noticeId: text('notice')
			.notNull()
			.references(() => notice.id, { onDelete: 'cascade' }),
		kind: text('kind').$type<ReminderKind>().notNull(),
		subject: text('thing').notNull()
	},
	(table) => [
		oneOf(table.kind, reminderKinds),
		primaryKey({ columns: [table.noticeId, table.kind, table.subject] })
	]
);

/** The secret address of somebody's own calendar. */
export const calendarFeed = sqliteTable('calendar_feed', {
	personId: text('person')
		.primaryKey()
		.references(() => person.id),
	/** SHA-256 of the secret, hexadecimal: the secret itself is only in the address. */
	secret: text('secret').notNull().unique(),
	createdAt: integer('created_at').notNull()
});

/**
 * How many times a meeting has got another time or place or been cancelled. Kept by a trigger,
 * whoever changes it.
 */
export const meetingEdition = sqliteTable('meeting_edition', {
	meetingId: text('meeting')
		.primaryKey()
		.references(() => meeting.id),
	sequence: integer('sequence').notNull()
});
