import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/*
 * Commands that have been carried out, for as long as somebody may send one again
 * (docs/decisions/0033). No content: a digest, and an answer made of ids and codes.
 */

export const command = sqliteTable(
	'command',
	{
		/** Keyed digest of the form's one-time id, person, address and fields, hexadecimal. */
		digest: text('digest').primaryKey(),
		/** What the first one was answered, as JSON. */
		answer: text('answer').notNull(),
		at: integer('at').notNull()
	},
	(table) => [index('command_at').on(table.at)]
);

/** Keys of this database's own, made when they are first needed. */
export const secret = sqliteTable('secret', {
	name: text('name').primaryKey(),
	/** 32 random bytes, hexadecimal. */
	value: text('value').notNull()
});
