import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { person } from './municipality.ts';

/** When somebody last looked at the start page: what has come since is new. */
export const lastLook = sqliteTable('last_look', {
	personId: text('person')
		.primaryKey()
		.references(() => person.id),
	at: integer('at').notNull()
});
