import {
	type AnySQLiteColumn,
	integer,
	primaryKey,
	sqliteTable,
	text
} from 'drizzle-orm/sqlite-core';
import { flag, id } from './columns.ts';

/*
 * In all tables: ids are random UUIDs. `at` and other moments are milliseconds since 1970; dates
 * are 'YYYY-MM-DD', times of day 'HH:MM', both Europe/Oslo. What people type together is in
 * document.ts; everything else is what somebody must be allowed to do.
 */

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
	leaderId: text('leader').references((): AnySQLiteColumn => person.id),
	/** The unit that this one is part of. */
	parentId: text('parent').references((): AnySQLiteColumn => unit.id),
	outside: flag('outside')
});

export const person = sqliteTable('person', {
	id: id(),
	code: text('code').notNull().unique(),
	name: text('name').notNull(),
	title: text('title').notNull(),
	unitId: text('unit').references(() => unit.id),
	language: text('language'),
	/** Where e-mail goes; null for those who get none. */
	email: text('email'),
	outside: flag('outside'),
	administrator: flag('administrator'),
	/** No longer read: the decision maker is in `authority`, for each forum. */
	decides: flag('decides')
});

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
