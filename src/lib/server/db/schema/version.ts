import { blob, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { VersionKind } from '#lib/domain/version.ts';
import { id } from './columns.ts';
import { document } from './document.ts';
import { meeting } from './meeting.ts';
import { person } from './municipality.ts';

/**
 * A document as it was at a named moment, for good: full state and, readable without Yjs, its
 * content.
 */
export const documentVersion = sqliteTable(
	'document_version',
	{
		id: id(),
		documentId: text('document')
			.notNull()
			.references(() => document.id),
		/** 'called', 'locked' … */
		name: text('name').notNull(),
		bytes: blob('bytes', { mode: 'buffer' }).notNull(),
		rendered: text('rendered').notNull(),
		sha256: text('sha256').notNull(),
		personId: text('person').references(() => person.id),
		at: integer('at').notNull(),
		/** The version of the meeting that this is the part of one document of. */
		versionId: text('version').references(() => meetingVersion.id)
	},
	(table) => [index('document_version_document').on(table.documentId, table.at)]
);

/**
 * A named moment of a meeting's text. What it holds is in `document_version`, a row for each
 * document. Never changed.
 */
export const meetingVersion = sqliteTable(
	'meeting_version',
	{
		id: id(),
		meetingId: text('meeting')
			.notNull()
			.references(() => meeting.id),
		kind: text('kind').$type<VersionKind>().notNull(),
		/** What somebody has called it; '' when its kind says it all. */
		name: text('name').notNull(),
		personId: text('person').references(() => person.id),
		at: integer('at').notNull()
	},
	(table) => [index('meeting_version_meeting').on(table.meetingId, table.at)]
);
