import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { type ErasingReason, erasingReasons } from '#lib/domain/erasure.ts';
import { caseCard } from './case.ts';
import { id, oneOf } from './columns.ts';
import { document } from './document.ts';
import { agendaItem } from './meeting.ts';
import { person } from './municipality.ts';

/** What was erased for good: where, by whom and why. Never what. */
export const erasure = sqliteTable(
	'erasure',
	{
		id: id(),
		/**
		 * Of an item's text: the document, the item, and the epoch that began with it. All three, or
		 * the case.
		 */
		documentId: text('document').references(() => document.id),
		itemId: text('item').references(() => agendaItem.id),
		epoch: integer('epoch'),
		/** Of what stands beside the items of a case. */
		caseId: text('case_id').references(() => caseCard.id),
		personId: text('person')
			.notNull()
			.references(() => person.id),
		at: integer('at').notNull(),
		reason: text('reason').$type<ErasingReason>().notNull(),
		/** Whether it was the whole text of the item. */
		whole: integer('whole', { mode: 'boolean' }).notNull().default(false),
		/**
		 * When the file was gone over so that nothing is left in it; null while that has not
		 * succeeded.
		 */
		scrubbedAt: integer('scrubbed_at')
	},
	(table) => [
		index('erasure_item').on(table.itemId),
		index('erasure_case').on(table.caseId),
		check('erasure_place', sql`("item" IS NULL) <> ("case_id" IS NULL)`),
		oneOf(table.reason, erasingReasons)
	]
);
