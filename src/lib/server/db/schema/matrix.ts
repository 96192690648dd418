import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { id } from './columns.ts';
import { forum } from './forum.ts';
import { unit } from './municipality.ts';

export const matrix = sqliteTable('matrix', {
	id: id(),
	name: text('name').notNull(),
	forumId: text('forum').references(() => forum.id)
});

export const matrixTask = sqliteTable(
	'matrix_task',
	{
		id: id(),
		matrixId: text('matrix')
			.notNull()
			.references(() => matrix.id),
		pos: integer('pos').notNull(),
		title: text('title').notNull()
	},
	(table) => [index('matrix_task_matrix').on(table.matrixId, table.pos)]
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
