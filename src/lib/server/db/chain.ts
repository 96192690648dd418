import { sql } from 'drizzle-orm';
import {
	index,
	integer,
	primaryKey,
	sqliteTable,
	text,
	unique,
	uniqueIndex
} from 'drizzle-orm/sqlite-core';
import type { CaseState } from '#lib/domain/case-progress.ts';
import type { Finding, RecommendationStatus, Recommended } from '#lib/domain/recommendation.ts';
import type { AppealResult, RulingResult, RulingStatus, Stance } from '#lib/domain/ruling.ts';
import {
	action,
	agendaItem,
	caseCard,
	forum,
	matrixTask,
	meeting,
	person,
	unit
} from './schema.ts';

/*
 * From case to ruling and work (docs: domain/case-progress.ts). Ids, moments and dates as in schema.ts. What people type together is not here;
 * of a recommendation's text there are the words that were adopted.
 */
const id = () => text('id').primaryKey();

/* ── What the municipality has settled ── */

/** Who rules on what a forum recommends. They take no part in its recommendations. */
export const authority = sqliteTable(
	'authority',
	{
		forum: text('forum')
			.notNull()
			.references(() => forum.id),
		person: text('person')
			.notNull()
			.references(() => person.id)
	},
	(table) => [
		primaryKey({ columns: [table.forum, table.person] }),
		index('authority_person').on(table.person)
	]
);

/** The few who decide between meetings what cannot wait. */
export const urgentMember = sqliteTable(
	'urgent_member',
	{
		forum: text('forum')
			.notNull()
			.references(() => forum.id),
		person: text('person')
			.notNull()
			.references(() => person.id)
	},
	(table) => [primaryKey({ columns: [table.forum, table.person] })]
);

/** Numbers and choices of procedure, by name. */
export const rule = sqliteTable('rule', {
	name: text('name').primaryKey(),
	value: text('value').notNull()
});

/** The word of the list `case_status` that a state is called by, unless the step says another. */
export const courseWord = sqliteTable('course_word', {
	state: text('state').$type<CaseState>().primaryKey(),
	status: text('status').notNull()
});

/** On which tracks a recommendation is ruled, unless its sender says otherwise. */
export const outcomeTrack = sqliteTable(
	'outcome_track',
	{
		outcome: text('outcome').$type<Recommended>().notNull(),
		track: text('track').notNull()
	},
	(table) => [primaryKey({ columns: [table.outcome, table.track] })]
);

/** A matrix task that a ruling sets going. */
export const proposedTask = sqliteTable(
	'proposed_task',
	{
		outcome: text('outcome').$type<Recommended>().notNull(),
		task: text('task')
			.notNull()
			.references(() => matrixTask.id),
		/** Days until it is due. */
		days: integer('days').notNull(),
		/** Only when the unit that is to follow up does the task, and then there. */
		followUp: integer('follow_up', { mode: 'boolean' }).notNull().default(false)
	},
	(table) => [primaryKey({ columns: [table.outcome, table.task] })]
);

/* ── A case's course ── */

/** Where each case stands. The card itself holds nothing finer than the month. */
export const course = sqliteTable(
	'course',
	{
		case: text('case_id')
			.primaryKey()
			.references(() => caseCard.id, { onDelete: 'cascade' }),
		state: text('state').$type<CaseState>().notNull(),
		since: integer('since').notNull(),
		/** By when the applicant must have an answer or a preliminary reply; null when nobody has said when they applied. */
		replyDue: text('reply_due'),
		repliedOn: text('replied_on')
	},
	(table) => [index('course_state').on(table.state, table.since)]
);

export const courseStep = sqliteTable(
	'course_step',
	{
		id: id(),
		case: text('case_id')
			.notNull()
			.references(() => caseCard.id, { onDelete: 'cascade' }),
		at: integer('at').notNull(),
		person: text('person').references(() => person.id),
		deed: text('deed').notNull(),
		from: text('from_state').$type<CaseState>(),
		to: text('to_state').$type<CaseState>().notNull(),
		reason: text('reason')
	},
	(table) => [index('course_step_case').on(table.case, table.at)]
);

/* ── Dwellings ── */

/** Without address. Whether one is kept for a case is in `reservation`. */
export const dwelling = sqliteTable('dwelling', {
	id: id(),
	code: text('code').notNull().unique(),
	kind: text('kind').notNull(),
	bedrooms: integer('bedrooms').notNull(),
	area: text('area').notNull(),
	floor: text('floor').notNull(),
	accessible: integer('accessible', { mode: 'boolean' }).notNull(),
	zone: text('zone').notNull(),
	status: text('status').$type<'free' | 'let' | 'repair' | 'for_sale'>().notNull(),
	freeFrom: text('free_from'),
	note: text('note').notNull().default('')
});

export const reservation = sqliteTable(
	'reservation',
	{
		id: id(),
		dwelling: text('dwelling')
			.notNull()
			.references(() => dwelling.id),
		recommendation: text('recommendation')
			.notNull()
			.references(() => recommendation.id),
		person: text('person').references(() => person.id),
		at: integer('at').notNull(),
		releasedAt: integer('released_at')
	},
	(table) => [
		// A dwelling is kept for one.
		uniqueIndex('reservation_one')
			.on(table.dwelling)
			.where(sql`released_at IS NULL`),
		index('reservation_recommendation').on(table.recommendation)
	]
);

/* ── Recommendations ── */

export const recommendation = sqliteTable(
	'recommendation',
	{
		id: id(),
		/** 'I-041' */
		code: text('code').notNull().unique(),
		case: text('case_id')
			.notNull()
			.references(() => caseCard.id),
		forum: text('forum')
			.notNull()
			.references(() => forum.id),
		/** Where it was made; both null when it was made between meetings. */
		meeting: text('meeting').references(() => meeting.id),
		item: text('item')
			.unique()
			.references(() => agendaItem.id),
		status: text('status').$type<RecommendationStatus>().notNull(),
		/** Counts what is written: whoever writes on an older one is told. */
		version: integer('version').notNull(),
		outcome: text('outcome').$type<Recommended>().notNull(),
		dwelling: text('dwelling').references(() => dwelling.id),
		months: integer('months'),
		/** Why the lease is shorter than leases are. */
		shorter: text('shorter').notNull(),
		reasons: text('reasons').notNull(),
		wish: text('wish').notNull(),
		followUnit: text('follow_unit').references(() => unit.id),
		followLevel: text('follow_level'),
		minority: text('minority').notNull(),
		/** 'nn' or 'nb' */
		language: text('language').$type<'nn' | 'nb'>().notNull(),
		/** The frozen words of what is adopted. Of a draft at an item they stand in the item's document (council-texts.ts), and not here. */
		text: text('text').notNull(),
		/** What the choices made when the text was opened to be written together; null as long as it follows them. */
		seed: text('seed'),
		/** Of what was adopted: SHA-256, hexadecimal. */
		sha256: text('sha256'),
		adoptedBy: text('adopted_by').references(() => person.id),
		adoptedAt: integer('adopted_at'),
		/** When words were erased from it after that: then the fingerprint is of what is left. */
		redactedAt: integer('redacted_at'),
		sentBy: text('sent_by').references(() => person.id),
		sentAt: integer('sent_at')
	},
	(table) => [
		index('recommendation_case').on(table.case),
		index('recommendation_forum').on(table.forum, table.status),
		index('recommendation_meeting').on(table.meeting)
	]
);

export const recommendationCriterion = sqliteTable(
	'recommendation_criterion',
	{
		recommendation: text('recommendation')
			.notNull()
			.references(() => recommendation.id),
		criterion: text('criterion').notNull(),
		finding: text('finding').$type<Finding>().notNull(),
		/** Of the list, and in own words. */
		reason: text('reason'),
		words: text('words').notNull()
	},
	(table) => [primaryKey({ columns: [table.recommendation, table.criterion] })]
);

export const recommendationMeasure = sqliteTable(
	'recommendation_measure',
	{
		recommendation: text('recommendation')
			.notNull()
			.references(() => recommendation.id),
		measure: text('measure').notNull()
	},
	(table) => [primaryKey({ columns: [table.recommendation, table.measure] })]
);

/** Who was there when it was adopted, and who of them saw it otherwise. */
export const recommendationPerson = sqliteTable(
	'recommendation_person',
	{
		recommendation: text('recommendation')
			.notNull()
			.references(() => recommendation.id),
		person: text('person')
			.notNull()
			.references(() => person.id),
		role: text('role').$type<'present' | 'minority'>().notNull()
	},
	(table) => [primaryKey({ columns: [table.recommendation, table.person, table.role] })]
);

/* ── Rulings ── */

/** One a track: each has its own rules and its own appeal body. */
export const ruling = sqliteTable(
	'ruling',
	{
		id: id(),
		/** 'V-097' */
		code: text('code').notNull().unique(),
		recommendation: text('recommendation')
			.notNull()
			.references(() => recommendation.id),
		case: text('case_id')
			.notNull()
			.references(() => caseCard.id),
		forum: text('forum')
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
		person: text('person').references(() => person.id),
		at: integer('at'),
		ruledOn: text('ruled_on'),
		noticeOn: text('notice_on'),
		appealUntil: text('appeal_until'),
		/** When the chair sent the work out that follows from it. */
		startedAt: integer('started_at')
	},
	(table) => [
		unique('ruling_once').on(table.recommendation, table.track),
		index('ruling_case').on(table.case),
		index('ruling_forum').on(table.forum, table.status)
	]
);

export const appeal = sqliteTable('appeal', {
	ruling: text('ruling')
		.primaryKey()
		.references(() => ruling.id),
	receivedOn: text('received_on').notNull(),
	forwardedOn: text('forwarded_on'),
	decidedOn: text('decided_on'),
	result: text('result').$type<AppealResult>()
});

/** The actions that a ruling set going. */
export const rulingAction = sqliteTable(
	'ruling_action',
	{
		action: text('action')
			.primaryKey()
			.references(() => action.id),
		ruling: text('ruling')
			.notNull()
			.references(() => ruling.id)
	},
	(table) => [index('ruling_action_ruling').on(table.ruling)]
);

/* ── Impartiality ── */

/** The question whether somebody is impartial in a case. As long as it is open, and when it is answered no, the case is closed to them. */
export const recusal = sqliteTable(
	'recusal',
	{
		id: id(),
		case: text('case_id')
			.notNull()
			.references(() => caseCard.id),
		person: text('person')
			.notNull()
			.references(() => person.id),
		item: text('item')
			.notNull()
			.references(() => agendaItem.id),
		raisedBy: text('raised_by')
			.notNull()
			.references(() => person.id),
		at: integer('at').notNull(),
		/** Of the list `recusal_reason`, and the law as it was called then. */
		reason: text('reason').notNull(),
		law: text('law').notNull(),
		/** Who judges it: the body without the member, or the member. */
		by: text('by_rule').$type<'body' | 'self'>().notNull(),
		status: text('status').$type<'raised' | 'disqualified' | 'impartial'>().notNull(),
		decidedBy: text('decided_by').references(() => person.id),
		decidedAt: integer('decided_at')
	},
	(table) => [
		uniqueIndex('recusal_one')
			.on(table.case, table.person)
			.where(sql`status <> 'impartial'`),
		index('recusal_person').on(table.person, table.status),
		index('recusal_item').on(table.item)
	]
);

/** At which meeting the council is told of what was decided between meetings; null until there is one to tell it at. */
export const urgentReport = sqliteTable(
	'urgent_report',
	{
		recommendation: text('recommendation')
			.primaryKey()
			.references(() => recommendation.id),
		meeting: text('meeting').references(() => meeting.id)
	},
	(table) => [index('urgent_report_meeting').on(table.meeting)]
);
