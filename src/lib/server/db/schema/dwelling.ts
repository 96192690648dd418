import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { type DwellingStatus, dwellingStatuses } from '#lib/domain/dwelling.ts';
import { id, oneOf } from './columns.ts';

/** Without address. Whether one is kept for a case is in `reservation`. */
export const dwelling = sqliteTable(
	'dwelling',
	{
		id: id(),
		code: text('code').notNull().unique(),
		kind: text('kind').notNull(),
		bedrooms: integer('bedrooms').notNull(),
		area: text('area').notNull(),
		floor: text('floor').notNull(),
		accessible: integer('accessible', { mode: 'boolean' }).notNull(),
		zone: text('zone').notNull(),
		status: text('status').$type<DwellingStatus>().notNull(),
		freeFrom: text('free_from'),
		note: text('note').notNull().default('')
	},
	(table) => [oneOf(table.status, dwellingStatuses)]
);
