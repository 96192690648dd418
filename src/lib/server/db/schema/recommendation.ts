import { sql } from 'drizzle-orm';
import {
	index,
	integer,
	primaryKey,
	sqliteTable,
	text,
	uniqueIndex
} from 'drizzle-orm/sqlite-core';
import {
	type Finding,
	findings,
	type RecommendationRole,
	recommendationRoles,
	type RecommendationStatus,
	recommendationStatuses,
	type Recommended,
	recommended,
	type WrittenLanguage,
	writtenLanguages
} from '#lib/domain/recommendation.ts';
import { caseCard } from './case.ts';
import { id, oneOf } from './columns.ts';
import { dwelling } from './dwelling.ts';
import { forum } from './forum.ts';
import { agendaItem, meeting } from './meeting.ts';
import { person, unit } from './municipality.ts';

export const reservation = sqliteTable(
	'reservation',
	{
		id: id(),
		dwellingId: text('dwelling')
			.notNull()
			.references(() => dwelling.id),
		recommendationId: text('recommendation')
			.notNull()
			.references(() => recommendation.id),
		personId: text('person').references(() => person.id),
		at: integer('at').notNull(),
		releasedAt: integer('released_at')
	},
	(table) => [
		// A dwelling is kept for one.
		uniqueIndex('reservation_one')
			.on(table.dwellingId)
			.where(sql`released_at IS NULL`),
		index('reservation_recommendation').on(table.recommendationId)
	]
);

export const recommendation = sqliteTable(
	'recommendation',
	{
		id: id(),
		/** 'I-041' */
		code: text('code').notNull().unique(),
		caseId: text('case_id')
			.notNull()
			.references(() => caseCard.id),
		forumId: text('forum')
			.notNull()
			.references(() => forum.id),
		/** Where it was made; both null when it was made between meetings. */
		meetingId: text('meeting').references(() => meeting.id),
		itemId: text('item')
			.unique()
			.references(() => agendaItem.id),
		status: text('status').$type<RecommendationStatus>().notNull(),
		/** Counts what is written: whoever writes on an older one is told. */
		version: integer('version').notNull(),
		outcome: text('outcome').$type<Recommended>().notNull(),
		dwellingId: text('dwelling').references(() => dwelling.id),
		months: integer('months'),
		/** Why the lease is shorter than leases are. */
		shorter: text('shorter').notNull(),
		reasons: text('reasons').notNull(),
		wish: text('wish').notNull(),
		followUnitId: text('follow_unit').references(() => unit.id),
		followLevel: text('follow_level'),
		minority: text('minority').notNull(),
		language: text('language').$type<WrittenLanguage>().notNull(),
		/**
		 * The frozen words of what is adopted. Of a draft at an item they stand in the item's
		 * document (board-texts.ts), and not here.
		 */
		text: text('text').notNull(),
		/**
		 * What the choices made when the text was opened to be written together; null as long as it
		 * follows them.
		 */
		seed: text('seed'),
		/** Of what was adopted: SHA-256, hexadecimal. */
		sha256: text('sha256'),
		adoptedById: text('adopted_by').references(() => person.id),
		adoptedAt: integer('adopted_at'),
		/** When words were erased from it after that: then the fingerprint is of what is left. */
		redactedAt: integer('redacted_at'),
		sentById: text('sent_by').references(() => person.id),
		sentAt: integer('sent_at')
	},
	(table) => [
		oneOf(table.status, recommendationStatuses),
		oneOf(table.outcome, recommended),
		oneOf(table.language, writtenLanguages),
		// Of one that is written between meetings there is one draft; what was adopted may be many.
		uniqueIndex('recommendation_urgent_draft')
			.on(table.caseId)
			.where(sql`item IS NULL AND status = 'draft'`),
		index('recommendation_case').on(table.caseId),
		index('recommendation_forum').on(table.forumId, table.status),
		index('recommendation_meeting').on(table.meetingId)
	]
);

export const recommendationCriterion = sqliteTable(
	'recommendation_criterion',
	{
		recommendationId: text('recommendation')
			.notNull()
			.references(() => recommendation.id),
		criterion: text('criterion').notNull(),
		finding: text('finding').$type<Finding>().notNull(),
		/** Of the list, and in own words. */
		reason: text('reason'),
		words: text('words').notNull()
	},
	(table) => [
		oneOf(table.finding, findings),
		primaryKey({ columns: [table.recommendationId, table.criterion] })
	]
);

export const recommendationMeasure = sqliteTable(
	'recommendation_measure',
	{
		recommendationId: text('recommendation')
			.notNull()
			.references(() => recommendation.id),
		measure: text('measure').notNull()
	},
	(table) => [primaryKey({ columns: [table.recommendationId, table.measure] })]
);

/** Who was there when it was adopted, and who of them saw it otherwise. */
export const recommendationPerson = sqliteTable(
	'recommendation_person',
	{
		recommendationId: text('recommendation')
			.notNull()
			.references(() => recommendation.id),
		personId: text('person')
			.notNull()
			.references(() => person.id),
		role: text('role').$type<RecommendationRole>().notNull()
	},
	(table) => [
		oneOf(table.role, recommendationRoles),
		primaryKey({ columns: [table.recommendationId, table.personId, table.role] })
	]
);

/**
 * At which meeting the board is told of what was decided between meetings; null until there is
 * one to tell it at.
 */
export const urgentReport = sqliteTable(
	'urgent_report',
	{
		recommendationId: text('recommendation')
			.primaryKey()
			.references(() => recommendation.id),
		meetingId: text('meeting').references(() => meeting.id)
	},
	(table) => [index('urgent_report_meeting').on(table.meetingId)]
);
