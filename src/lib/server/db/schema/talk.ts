import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { type TalkLogKind, talkLogKinds, type TalkStatus, talkStatuses } from '#lib/domain/talk.ts';
import { id, oneOf } from './columns.ts';
import { agendaItem, meeting } from './meeting.ts';
import { person } from './municipality.ts';

/**
 * A talk for a forum day. Its words are in the document `talk:<id>`; here is what is decided
 * about it.
 */
export const talk = sqliteTable(
	'talk',
	{
		id: id(),
		meetingId: text('meeting')
			.notNull()
			.references(() => meeting.id),
		speakerId: text('speaker')
			.notNull()
			.references(() => person.id),
		status: text('status').$type<TalkStatus>().notNull(),
		/** Projected from the document. */
		title: text('title').notNull(),
		minutes: integer('minutes').notNull(),
		/** The item of the programme, once it has a slot. */
		itemId: text('item').references(() => agendaItem.id),
		at: integer('at').notNull()
	},
	(table) => [
		oneOf(table.status, talkStatuses),
		uniqueIndex('talk_item')
			.on(table.itemId)
			.where(sql`item IS NOT NULL`),
		index('talk_meeting').on(table.meetingId),
		index('talk_speaker').on(table.speakerId)
	]
);

export const talkEvent = sqliteTable(
	'talk_event',
	{
		id: id(),
		talkId: text('talk')
			.notNull()
			.references(() => talk.id),
		at: integer('at').notNull(),
		personId: text('person').references(() => person.id),
		verb: text('deed').$type<TalkLogKind>().notNull(),
		from: text('from_value'),
		to: text('to_value')
	},
	(table) => [oneOf(table.verb, talkLogKinds), index('talk_event_talk').on(table.talkId, table.at)]
);
