import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { type DocumentKind, documentKinds } from '#lib/domain/document.ts';
import { id, oneOf } from './columns.ts';

/* Live documents (docs/LIVE.md). */

export const document = sqliteTable(
	'document',
	{
		/** `agenda:<meeting>`, `item:<item>` … */
		id: id(),
		kind: text('kind').$type<DocumentKind>().notNull(),
		epoch: integer('epoch').notNull()
	},
	(table) => [oneOf(table.kind, documentKinds)]
);

export const documentLog = sqliteTable(
	'document_log',
	{
		seq: integer('seq').primaryKey({ autoIncrement: true }),
		documentId: text('document')
			.notNull()
			.references(() => document.id),
		epoch: integer('epoch').notNull(),
		personId: text('person'),
		at: integer('at').notNull(),
		bytes: blob('bytes', { mode: 'buffer' }).notNull(),
		sha256: text('sha256').notNull()
	},
	(table) => [index('document_log_document').on(table.documentId, table.seq)]
);

export const documentState = sqliteTable('document_state', {
	documentId: text('document')
		.primaryKey()
		.references(() => document.id),
	epoch: integer('epoch').notNull(),
	/** The last log row that this state holds. */
	seq: integer('seq').notNull(),
	bytes: blob('bytes', { mode: 'buffer' }).notNull(),
	sha256: text('sha256').notNull()
});

/** Whose a Yjs client id is: the first to write with it. */
export const documentAuthor = sqliteTable(
	'document_author',
	{
		documentId: text('document')
			.notNull()
			.references(() => document.id),
		epoch: integer('epoch').notNull(),
		client: integer('client').notNull(),
		personId: text('person')
	},
	(table) => [primaryKey({ columns: [table.documentId, table.epoch, table.client] })]
);

/**
 * Each state a second time, so that one that is damaged costs nothing. Triggers keep it: whoever
 * replaces or deletes a state does the same here, and cannot forget it.
 */
export const documentMirror = sqliteTable('document_mirror', {
	documentId: text('document').primaryKey(),
	epoch: integer('epoch').notNull(),
	seq: integer('seq').notNull(),
	bytes: blob('bytes', { mode: 'buffer' }).notNull(),
	sha256: text('sha256').notNull()
});

/**
 * What was found damaged, set aside as it lay on the disk. A trigger empties it when the epoch
 * passes.
 */
export const documentDamage = sqliteTable(
	'document_damage',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		documentId: text('document')
			.notNull()
			.references(() => document.id),
		epoch: integer('epoch').notNull(),
		/**
		 * 'state' (mended from its mirror), 'log' (unreadable), 'after' (sound, and builds on what is
		 * gone).
		 */
		part: text('part').$type<'state' | 'log' | 'after'>().notNull(),
		seq: integer('seq').notNull(),
		/** Whose row it was, and when it was written; null of a state. */
		personId: text('person'),
		at: integer('at'),
		bytes: blob('bytes', { mode: 'buffer' }).notNull(),
		sha256: text('sha256').notNull(),
		found: integer('found').notNull()
	},
	(table) => [index('document_damage_document').on(table.documentId, table.found)]
);
