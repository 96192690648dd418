import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import {
	type ActionStatus,
	actionStatuses,
	type ActionStep,
	actionSteps,
	type HandoverStatus,
	handoverStatuses
} from '#lib/domain/action.ts';
import { caseCard } from './case.ts';
import { id, oneOf } from './columns.ts';
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
		personId: text('person').references(() => person.id),
		unitId: text('unit').references(() => unit.id),
		due: text('due').notNull(),
		status: text('status').$type<ActionStatus>().notNull(),
		/** Where it comes from: an agenda item, or a meeting as a whole. */
		meetingId: text('meeting')
			.notNull()
			.references(() => meeting.id),
		itemId: text('item').references(() => agendaItem.id),
		caseId: text('case_id').references(() => caseCard.id),
		decisionId: text('decision').references(() => decision.id),
		taskId: text('task').references(() => matrixTask.id),
		/** Whom or what it waits for, while it waits. */
		waitingFor: text('waiting_for'),
		createdById: text('created_by').references(() => person.id),
		createdAt: integer('created_at').notNull(),
		doneAt: integer('done_at')
	},
	(table) => [
		check('action_one_responsible', sql`("person" IS NULL) <> ("unit" IS NULL)`),
		oneOf(table.status, actionStatuses),
		index('action_person').on(table.personId, table.status),
		index('action_unit').on(table.unitId, table.status),
		index('action_item').on(table.itemId),
		index('action_meeting').on(table.meetingId),
		index('action_case').on(table.caseId),
		// Most follow from none: of those this is not to be used.
		index('action_decision')
			.on(table.decisionId)
			.where(sql`decision IS NOT NULL`),
		index('action_due').on(table.status, table.due)
	]
);

/** What became of an action, step by step. */
export const actionEvent = sqliteTable(
	'action_event',
	{
		id: id(),
		actionId: text('action')
			.notNull()
			.references(() => action.id),
		at: integer('at').notNull(),
		personId: text('person').references(() => person.id),
		verb: text('deed').$type<ActionStep>().notNull(),
		from: text('from_value'),
		to: text('to_value'),
		note: text('note')
	},
	(table) => [
		oneOf(table.verb, actionSteps),
		index('action_event_action').on(table.actionId, table.at)
	]
);

/** An action offered to another person or unit; it moves when they accept. */
export const handover = sqliteTable(
	'handover',
	{
		id: id(),
		actionId: text('action')
			.notNull()
			.references(() => action.id),
		personId: text('person').references(() => person.id),
		unitId: text('unit').references(() => unit.id),
		byPersonId: text('by_person')
			.notNull()
			.references(() => person.id),
		at: integer('at').notNull(),
		status: text('status').$type<HandoverStatus>().notNull(),
		settledById: text('settled_by').references(() => person.id),
		settledAt: integer('settled_at')
	},
	(table) => [
		check('handover_one_target', sql`("person" IS NULL) <> ("unit" IS NULL)`),
		oneOf(table.status, handoverStatuses),
		uniqueIndex('handover_one_offer')
			.on(table.actionId)
			.where(sql`status = 'offered'`),
		index('handover_action').on(table.actionId),
		index('handover_person').on(table.personId, table.status),
		index('handover_unit').on(table.unitId, table.status)
	]
);
