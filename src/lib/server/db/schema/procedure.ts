import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { type CaseState, caseStates } from '#lib/domain/case-progress.ts';
import { type Recommended, recommended } from '#lib/domain/recommendation.ts';
import { oneOf } from './columns.ts';
import { matrixTask } from './matrix.ts';

/* What the municipality has settled for its case handling. */

/** Numbers and choices of procedure, by name. */
export const rule = sqliteTable('rule', {
	name: text('name').primaryKey(),
	value: text('value').notNull()
});

/** The word of the list `case_status` that a state is called by, unless the step says another. */
export const caseStateWord = sqliteTable(
	'course_word',
	{
		state: text('state').$type<CaseState>().primaryKey(),
		status: text('status').notNull()
	},
	(table) => [oneOf(table.state, caseStates)]
);

/** On which tracks a recommendation is ruled, unless its sender says otherwise. */
export const outcomeTrack = sqliteTable(
	'outcome_track',
	{
		outcome: text('outcome').$type<Recommended>().notNull(),
		track: text('track').notNull()
	},
	(table) => [
		oneOf(table.outcome, recommended),
		primaryKey({ columns: [table.outcome, table.track] })
	]
);

/** A matrix task that a ruling sets going. */
export const proposedTask = sqliteTable(
	'proposed_task',
	{
		outcome: text('outcome').$type<Recommended>().notNull(),
		taskId: text('task')
			.notNull()
			.references(() => matrixTask.id),
		/** Days until it is due. */
		days: integer('days').notNull(),
		/** Only when the unit that is to follow up does the task, and then there. */
		followUp: integer('follow_up', { mode: 'boolean' }).notNull().default(false)
	},
	(table) => [
		oneOf(table.outcome, recommended),
		primaryKey({ columns: [table.outcome, table.taskId] })
	]
);
