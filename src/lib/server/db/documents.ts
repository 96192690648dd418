import { sql } from 'drizzle-orm';
import {
	blob,
	check,
	index,
	integer,
	primaryKey,
	sqliteTable,
	text
} from 'drizzle-orm/sqlite-core';
import type { DocumentKind } from '#lib/domain/document.ts';
import type { ErasingReason } from '#lib/domain/erasure.ts';
import type { VersionKind } from '#lib/domain/version.ts';
import { agendaItem, caseCard, meeting, person } from './schema.ts';

/* Live documents, their versions, and what was erased from them (docs/LIVE.md). Ids and moments as in schema.ts. */
const id = () => text('id').primaryKey();

export const document = sqliteTable('document', {
	/** `agenda:<meeting>`, `item:<item>` … */
	id: id(),
	kind: text('kind').$type<DocumentKind>().notNull(),
	epoch: integer('epoch').notNull()
});

export const documentLog = sqliteTable(
	'document_log',
	{
		seq: integer('seq').primaryKey({ autoIncrement: true }),
		document: text('document')
			.notNull()
			.references(() => document.id),
		epoch: integer('epoch').notNull(),
		person: text('person'),
		at: integer('at').notNull(),
		bytes: blob('bytes', { mode: 'buffer' }).notNull(),
		sha256: text('sha256').notNull()
	},
	(table) => [index('document_log_document').on(table.document, table.seq)]
);

export const documentState = sqliteTable('document_state', {
	document: text('document')
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
		document: text('document')
			.notNull()
			.references(() => document.id),
		epoch: integer('epoch').notNull(),
		client: integer('client').notNull(),
		person: text('person')
	},
	(table) => [primaryKey({ columns: [table.document, table.epoch, table.client] })]
);

/** A document as it was at a named moment, for good: full state and, readable without Yjs, its content. */
export const documentVersion = sqliteTable(
	'document_version',
	{
		id: id(),
		document: text('document')
			.notNull()
			.references(() => document.id),
		/** 'called', 'locked' … */
		name: text('name').notNull(),
		bytes: blob('bytes', { mode: 'buffer' }).notNull(),
		rendered: text('rendered').notNull(),
		sha256: text('sha256').notNull(),
		person: text('person').references(() => person.id),
		at: integer('at').notNull(),
		/** The version of the meeting that this is the part of one document of. */
		version: text('version').references(() => meetingVersion.id)
	},
	(table) => [index('document_version_document').on(table.document, table.at)]
);

/** A named moment of a meeting's text. What it holds is in `document_version`, a row for each document. Never changed. */
export const meetingVersion = sqliteTable(
	'meeting_version',
	{
		id: id(),
		meeting: text('meeting')
			.notNull()
			.references(() => meeting.id),
		kind: text('kind').$type<VersionKind>().notNull(),
		/** What somebody has called it; '' when its kind says it all. */
		name: text('name').notNull(),
		person: text('person').references(() => person.id),
		at: integer('at').notNull()
	},
	(table) => [index('meeting_version_meeting').on(table.meeting, table.at)]
);

/**
 * Each state a second time, so that one that is damaged costs nothing. Triggers keep it: whoever replaces or deletes a state
 * does the same here, and cannot forget it.
 */
export const documentMirror = sqliteTable('document_mirror', {
	document: text('document').primaryKey(),
	epoch: integer('epoch').notNull(),
	seq: integer('seq').notNull(),
	bytes: blob('bytes', { mode: 'buffer' }).notNull(),
	sha256: text('sha256').notNull()
});

/** What was found damaged, set aside as it lay on the disk. A trigger empties it when the epoch passes. */
export const documentDamage = sqliteTable(
	'document_damage',
	{
		id: integer('id').primaryKey({ autoIncrement: true }),
		document: text('document')
			.notNull()
			.references(() => document.id),
		epoch: integer('epoch').notNull(),
		/** 'state' (mended from its mirror), 'log' (unreadable), 'after' (sound, and builds on what is gone). */
		part: text('part').$type<'state' | 'log' | 'after'>().notNull(),
		seq: integer('seq').notNull(),
		/** Whose row it was, and when it was written; null of a state. */
		person: text('person'),
		at: integer('at'),
		bytes: blob('bytes', { mode: 'buffer' }).notNull(),
		sha256: text('sha256').notNull(),
		found: integer('found').notNull()
	},
	(table) => [index('document_damage_document').on(table.document, table.found)]
);

/** What was erased for good: where, by whom and why. Never what. */
export const erasure = sqliteTable(
	'erasure',
	{
		id: id(),
		/** Of an item's text: the document, the item, and the epoch that began with it. All three, or the case. */
		document: text('document').references(() => document.id),
		item: text('item').references(() => agendaItem.id),
		epoch: integer('epoch'),
		/** Of what stands beside the items of a case. */
		case: text('case_id').references(() => caseCard.id),
		person: text('person')
			.notNull()
			.references(() => person.id),
		at: integer('at').notNull(),
		reason: text('reason').$type<ErasingReason>().notNull(),
		/** Whether it was the whole text of the item. */
		whole: integer('whole', { mode: 'boolean' }).notNull().default(false),
		/** When the file was gone over so that nothing is left in it; null while that has not succeeded. */
		scrubbedAt: integer('scrubbed_at')
	},
	(table) => [
		index('erasure_item').on(table.item),
		index('erasure_case').on(table.case),
		check('erasure_place', sql`(${table.item} IS NULL) <> (${table.case} IS NULL)`)
	]
);
