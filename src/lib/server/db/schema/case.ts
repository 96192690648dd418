import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import {
	type CaseLogKind,
	caseLogKinds,
	type CaseState,
	caseStates
} from '#lib/domain/case-progress.ts';
import { flag, id, oneOf } from './columns.ts';
import { forum } from './forum.ts';
import { person, unit } from './municipality.ts';

export const caseCard = sqliteTable(
	'case_card',
	{
		id: id(),
		code: text('code').notNull().unique(),
		forumId: text('forum')
			.notNull()
			.references(() => forum.id),
		household: text('household').notNull(),
		age: text('age').notNull(),
		situation: text('situation').notNull(),
		bedrooms: text('bedrooms').notNull(),
		accessible: flag('accessible'),
		followUp: text('follow_up').notNull(),
		/** 'YYYY-MM': nothing finer about when somebody applied. */
		monthIn: text('month_in').notNull(),
		urgent: flag('urgent'),
		status: text('status').notNull(),
		unitId: text('unit')
			.notNull()
			.references(() => unit.id)
	},
	(table) => [index('case_card_forum').on(table.forumId, table.status)]
);

export const caseMeasure = sqliteTable(
	'case_measure',
	{
		caseId: text('case_id')
			.notNull()
			.references(() => caseCard.id, { onDelete: 'cascade' }),
		measure: text('measure').notNull()
	},
	(table) => [primaryKey({ columns: [table.caseId, table.measure] })]
);

/** Where each case stands. The card itself holds nothing finer than the month. */
export const caseProgress = sqliteTable(
	'course',
	{
		caseId: text('case_id')
			.primaryKey()
			.references(() => caseCard.id, { onDelete: 'cascade' }),
		state: text('state').$type<CaseState>().notNull(),
		since: integer('since').notNull(),
		/**
		 * By when the applicant must have an answer or a preliminary reply; null when nobody has said
		 * when they applied.
		 */
		replyDue: text('reply_due'),
		repliedOn: text('replied_on')
	},
	(table) => [oneOf(table.state, caseStates), index('course_state').on(table.state, table.since)]
);

export const caseStep = sqliteTable(
	'course_step',
	{
		id: id(),
		caseId: text('case_id')
			.notNull()
			.references(() => caseCard.id, { onDelete: 'cascade' }),
		at: integer('at').notNull(),
		personId: text('person').references(() => person.id),
		verb: text('deed').$type<CaseLogKind>().notNull(),
		from: text('from_state').$type<CaseState>(),
		to: text('to_state').$type<CaseState>().notNull(),
		reason: text('reason')
	},
	(table) => [
		oneOf(table.verb, caseLogKinds),
		oneOf(table.from, caseStates),
		oneOf(table.to, caseStates),
		index('course_step_case').on(table.caseId, table.at)
	]
);
