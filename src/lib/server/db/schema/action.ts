import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { ActionStatus } from '#lib/domain/action.ts';
import { caseCard } from './case.ts';
import { id } from './columns.ts';
import { decision } from './decision.ts';
import { matrixTask } from './matrix.ts';
import { agendaItem, meeting } from './meeting.ts';
import { person, unit } from './municipality.ts';

export const action = sqliteTable(
	'action',
	{
		id: id(),
		/** 'O-15'. */
		code: text('code').notNull().unique(),
		what: text('what').notNull(),
		person: text('person').references(() => person.id),
		unit: text('unit').references(() => unit.id),
		due: text('due').notNull(),
		status: text('status').$type<ActionStatus>().notNull(),
		/** Where it comes from: an agenda item, or a meeting as a whole. */
		meeting: text('meeting')
			.notNull()
			.references(() => meeting.id),
		item: text('item').references(() => agendaItem.id),
		case: text('case_id').references(() => caseCard.id),
		decision: text('decision').references(() => decision.id),
		task: text('task').references(() => matrixTask.id),
		/** Whom or what it waits for, while it waits. */
		waitingFor: text('waiting_for'),
		createdBy: text('created_by').references(() => person.id),
		createdAt: integer('created_at').notNull(),
		doneAt: integer('done_at')
	},
	(table) => [
		check('action_one_responsible', sql`(${table.person} is null) <> (${table.unit} is null)`),
		index('action_person').on(table.person, table.status),
		index('action_unit').on(table.unit, table.status),
		index('action_item').on(table.item),
		index('action_meeting').on(table.meeting),
		index('action_case').on(table.case),
		// Most follow from none: of those this is not to be used.
		index('action_decision')
			.on(table.decision)
			.where(sql`decision IS NOT NULL`),
		index('action_due').on(table.status, table.due)
	]
);

/** What became of an action, step by step. */
export const actionEvent = sqliteTable(
	'action_event',
	{
		id: id(),
		action: text('action')
			.notNull()
			.references(() => action.id),
		at: integer('at').notNull(),
		person: text('person').references(() => person.id),
		/** 'created', 'status', 'due', 'note', 'offered', 'accepted', 'declined' */
		deed: text('deed').notNull(),
		from: text('from_value'),
		to: text('to_value'),
		note: text('note')
	},
	(table) => [index('action_event_action').on(table.action, table.at)]
);

/** An action offered to another person or unit; it moves when they accept. */
export const handover = sqliteTable(
	'handover',
	{
		id: id(),
		action: text('action')
			.notNull()
			.references(() => action.id),
		person: text('person').references(() => person.id),
		unit: text('unit').references(() => unit.id),
		by: text('by_person')
			.notNull()
			.references(() => person.id),
		at: integer('at').notNull(),
		status: text('status').$type<'offered' | 'accepted' | 'declined' | 'withdrawn'>().notNull(),
		settledBy: text('settled_by').references(() => person.id),
		settledAt: integer('settled_at')
	},
	(table) => [
		check('handover_one_target', sql`(${table.person} is null) <> (${table.unit} is null)`),
		index('handover_action').on(table.action),
		index('handover_person').on(table.person, table.status),
		index('handover_unit').on(table.unit, table.status)
	]
);
