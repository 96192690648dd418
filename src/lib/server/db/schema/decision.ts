import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { caseCard } from './case.ts';
import { id } from './columns.ts';
import { agendaItem, meeting } from './meeting.ts';
import { person } from './municipality.ts';

export const decision = sqliteTable(
	'decision',
	{
		id: id(),
		/** 'BR-A-12/26': of a forum and year. */
		code: text('code').notNull().unique(),
		meetingId: text('meeting')
			.notNull()
			.references(() => meeting.id),
		itemId: text('item')
			.notNull()
			.references(() => agendaItem.id),
		caseId: text('case_id').references(() => caseCard.id),
		text: text('text').notNull(),
		reasons: text('reasons').notNull(),
		minority: text('minority').notNull(),
		statement: text('statement').notNull(),
		/** When to look at it again. */
		reviewOn: text('review_on'),
		/** The item that it came back as. */
		reviewedInId: text('reviewed_in').references(() => agendaItem.id),
		personId: text('person')
			.notNull()
			.references(() => person.id),
		at: integer('at').notNull()
	},
	(table) => [
		index('decision_meeting').on(table.meetingId),
		index('decision_item').on(table.itemId),
		index('decision_at').on(table.at)
	]
);
