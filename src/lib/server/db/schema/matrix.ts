import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { type TaskScope, taskScopes } from '#lib/domain/matrix.ts';
import { id, oneOf } from './columns.ts';
import { forum } from './forum.ts';
import { unit } from './municipality.ts';

export const matrix = sqliteTable('matrix', {
	id: id(),
	name: text('name').notNull(),
	forumId: text('forum').references(() => forum.id),
	/** The party that its rows about a case are about; null as long as nobody has said which. */
	applicantId: text('applicant').references(() => unit.id)
});

export const matrixTask = sqliteTable(
	'matrix_task',
	{
		id: id(),
		matrixId: text('matrix')
			.notNull()
			.references(() => matrix.id),
		pos: integer('pos').notNull(),
		title: text('title').notNull(),
		/** What the rules must know of it; null as long as nobody has said it. */
		about: text('about').$type<TaskScope>(),
		/** Whether the forum's recommendation is made in it. */
		recommends: integer('recommends', { mode: 'boolean' })
	},
	(table) => [
		index('matrix_task_matrix').on(table.matrixId, table.pos),
		oneOf(table.about, taskScopes)
	]
);

export const matrixCell = sqliteTable(
	'matrix_cell',
	{
		taskId: text('task')
			.notNull()
			.references(() => matrixTask.id),
		unitId: text('unit')
			.notNull()
			.references(() => unit.id),
		/** A subset of the letters of RACI, in that order: 'R', 'RA', 'C' … */
		letters: text('letters').notNull()
	},
	(table) => [primaryKey({ columns: [table.taskId, table.unitId] })]
);
