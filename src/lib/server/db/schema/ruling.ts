import { index, integer, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';
import {
	type AppealResult,
	appealResults,
	type RulingResult,
	rulingResults,
	type RulingStatus,
	rulingStatuses,
	type Stance,
	stances
} from '#lib/domain/ruling.ts';
import { action } from './action.ts';
import { caseCard } from './case.ts';
import { id, oneOf } from './columns.ts';
import { forum } from './forum.ts';
import { person } from './municipality.ts';
import { recommendation } from './recommendation.ts';

/** One a track: each has its own rules and its own appeal body. */
export const ruling = sqliteTable(
	'ruling',
	{
		id: id(),
		/** 'V-097' */
		code: text('code').notNull().unique(),
		recommendationId: text('recommendation')
			.notNull()
			.references(() => recommendation.id),
		caseId: text('case_id')
			.notNull()
			.references(() => caseCard.id),
		forumId: text('forum')
			.notNull()
			.references(() => forum.id),
		track: text('track').notNull(),
		status: text('status').$type<RulingStatus>().notNull(),
		stance: text('stance').$type<Stance>(),
		result: text('result').$type<RulingResult>(),
		/** What it gives, in short. Neither letter nor name. */
		content: text('content').notNull(),
		/** Why it departs, or what is missing. */
		reason: text('reason').notNull(),
		openedAt: integer('opened_at').notNull(),
		personId: text('person').references(() => person.id),
		at: integer('at'),
		ruledOn: text('ruled_on'),
		noticeOn: text('notice_on'),
		appealUntil: text('appeal_until'),
		/** When the chair sent the work out that follows from it. */
		startedAt: integer('started_at')
	},
	(table) => [
		oneOf(table.status, rulingStatuses),
		oneOf(table.stance, stances),
		oneOf(table.result, rulingResults),
		unique('ruling_once').on(table.recommendationId, table.track),
		index('ruling_case').on(table.caseId),
		index('ruling_forum').on(table.forumId, table.status)
	]
);

export const appeal = sqliteTable(
	'appeal',
	{
		rulingId: text('ruling')
			.primaryKey()
			.references(() => ruling.id),
		receivedOn: text('received_on').notNull(),
		forwardedOn: text('forwarded_on'),
		decidedOn: text('decided_on'),
		result: text('result').$type<AppealResult>()
	},
	(table) => [oneOf(table.result, appealResults)]
);

/** The actions that a ruling set going. */
export const rulingAction = sqliteTable(
	'ruling_action',
	{
		actionId: text('action')
			.primaryKey()
			.references(() => action.id),
		rulingId: text('ruling')
			.notNull()
			.references(() => ruling.id)
	},
	(table) => [index('ruling_action_ruling').on(table.rulingId)]
);
