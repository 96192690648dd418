import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/*
 * The audit trail (docs/decisions/0030). Only ever added to: triggers refuse every change of a
 * sealed row and every deletion.
 */

/** Who did what to which thing, when. No content. */
export const audit = sqliteTable(
	'audit',
	{
		seq: integer('seq').primaryKey({ autoIncrement: true }),
		at: integer('at').notNull(),
		personId: text('person'),
		verb: text('deed').notNull(),
		/** `kind:id` */
		subject: text('thing').notNull(),
		/**
		 * Digest of the thing as it was after the command, under the thing's own key; empty for kinds
		 * that have none.
		 */
		content: text('content').notNull().default(''),
		/** SHA-256 of this row and the hash before it; empty only until it is sealed. */
		hash: text('hash').notNull().default('')
	},
	(table) => [index('audit_thing').on(table.subject, table.seq)]
);

/**
 * The key of a thing's digests. When something of it is erased the key goes too, and no digest
 * can confirm a guess any more.
 */
export const auditKey = sqliteTable('audit_key', {
	subject: text('thing').primaryKey(),
	key: text('key').notNull()
});
