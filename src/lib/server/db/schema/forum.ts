import { index, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';
import { type ForumKind, forumKinds } from '#lib/domain/forum.ts';
import { type MembershipRole, membershipRoles } from '#lib/domain/membership.ts';
import { type ItemKind, itemKinds } from '#lib/domain/schedule.ts';
import { flag, id, oneOf } from './columns.ts';
import { person } from './municipality.ts';

export const forum = sqliteTable(
	'forum',
	{
		id: id(),
		code: text('code').notNull().unique(),
		name: text('name').notNull(),
		kind: text('kind').$type<ForumKind>().notNull(),
		mandate: text('mandate').notNull(),
		cadence: text('cadence').notNull(),
		intake: text('intake').notNull(),
		output: text('output').notNull(),
		/** Whether cases about single households are handled here. */
		handlesCases: flag('handles_cases'),
		/** How many of those who take part must be present; null when the forum has no such rule. */
		quorum: integer('quorum')
	},
	(table) => [oneOf(table.kind, forumKinds)]
);

export const membership = sqliteTable(
	'membership',
	{
		id: id(),
		forumId: text('forum')
			.notNull()
			.references(() => forum.id),
		personId: text('person')
			.notNull()
			.references(() => person.id),
		role: text('role').$type<MembershipRole>().notNull(),
		deputyForId: text('deputy_for').references(() => person.id),
		since: integer('since').notNull()
	},
	(table) => [
		oneOf(table.role, membershipRoles),
		unique('membership_once').on(table.forumId, table.personId),
		index('membership_person').on(table.personId)
	]
);

export const templateItem = sqliteTable(
	'template_item',
	{
		id: id(),
		forumId: text('forum')
			.notNull()
			.references(() => forum.id),
		pos: integer('pos').notNull(),
		title: text('title').notNull(),
		kind: text('kind').$type<ItemKind>().notNull(),
		minutes: integer('minutes').notNull(),
		responsibleId: text('responsible').references(() => person.id),
		/** New cases are put under this one. */
		takesCases: flag('takes_cases'),
		/** What was decided between meetings is told under this one. */
		takesUrgent: flag('takes_urgent')
	},
	(table) => [
		oneOf(table.kind, itemKinds),
		index('template_item_forum').on(table.forumId, table.pos)
	]
);

/** The last number given in a forum and year: never given again, gaps allowed. */
export const numberSeries = sqliteTable(
	'number_series',
	{
		forumId: text('forum')
			.notNull()
			.references(() => forum.id),
		year: integer('year').notNull(),
		last: integer('last').notNull()
	},
	(table) => [primaryKey({ columns: [table.forumId, table.year] })]
);

/** The decision maker on what a forum recommends. They take no part in its recommendations. */
export const authority = sqliteTable(
	'authority',
	{
		forumId: text('forum')
			.notNull()
			.references(() => forum.id),
		personId: text('person')
			.notNull()
			.references(() => person.id)
	},
	(table) => [
		primaryKey({ columns: [table.forumId, table.personId] }),
		index('authority_person').on(table.personId)
	]
);

/** The few who decide between meetings what cannot wait. */
export const urgentMember = sqliteTable(
	'urgent_member',
	{
		forumId: text('forum')
			.notNull()
			.references(() => forum.id),
		personId: text('person')
			.notNull()
			.references(() => person.id)
	},
	(table) => [primaryKey({ columns: [table.forumId, table.personId] })]
);
