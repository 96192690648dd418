import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import {
	type RecusalJudge,
	recusalJudges,
	type RecusalStatus,
	recusalStatuses
} from '#lib/domain/recusal.ts';
import { caseCard } from './case.ts';
import { id, oneOf } from './columns.ts';
import { agendaItem } from './meeting.ts';
import { person } from './municipality.ts';

/**
 * The question whether somebody is impartial in a case. As long as it is open, and when it is
 * answered no, the case is closed to them.
 */
export const recusal = sqliteTable(
	'recusal',
	{
		id: id(),
		caseId: text('case_id')
			.notNull()
			.references(() => caseCard.id),
		personId: text('person')
			.notNull()
			.references(() => person.id),
		itemId: text('item')
			.notNull()
			.references(() => agendaItem.id),
		raisedById: text('raised_by')
			.notNull()
			.references(() => person.id),
		at: integer('at').notNull(),
		/** Of the list `recusal_reason`, and the law as it was called then. */
		reason: text('reason').notNull(),
		law: text('law').notNull(),
		/** Who judges it: the body without the member, or the member. */
		by: text('by_rule').$type<RecusalJudge>().notNull(),
		status: text('status').$type<RecusalStatus>().notNull(),
		decidedById: text('decided_by').references(() => person.id),
		decidedAt: integer('decided_at')
	},
	(table) => [
		oneOf(table.by, recusalJudges),
		oneOf(table.status, recusalStatuses),
		uniqueIndex('recusal_one')
			.on(table.caseId, table.personId)
			.where(sql`status <> 'impartial'`),
		index('recusal_person').on(table.personId, table.status),
		index('recusal_item').on(table.itemId)
	]
);
