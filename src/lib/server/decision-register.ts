import { and, desc, eq, inArray, sql, type SQL } from 'drizzle-orm';
import type { DecisionFilter } from '#lib/domain/decision.ts';
import { may, type Actor } from '#lib/domain/may.ts';
import { cameOf } from './action-rows.ts';
import * as clock from './clock.ts';
import { db } from './db/index.ts';
import { decision, forum, meeting } from './db/schema.ts';
import { query, thing, views, type DecisionView } from './decision-rows.ts';

/** Rows of a page. */
export const pageSize = 50;

export interface DecisionQuery {
	/** A forum's code; null for every forum. */
	forum: string | null;
	/** 'YYYY', of the meeting; null for every year. */
	year: string | null;
	status: DecisionFilter;
	/** From 1. */
	page: number;
}

export interface DecisionRegister {
	decisions: DecisionView[];
	/** All that match, over every page. */
	total: number;
	/** What each filter would show, the others being as they are. */
	counts: Record<DecisionFilter, number>;
	forums: { code: string; name: string; count: number }[];
	years: { year: string; count: number }[];
}

/** One page of the register, the latest first, and its counts. Rights, filters and counting are the database's work. */
export function browse(asker: Actor, asked: DecisionQuery): DecisionRegister {
	const today = clock.today();
	const sums = sum(cameOf(asker, decision.case), today);
	const inForum = (one: Sum) => asked.forum === null || one.code === asked.forum;
	const inYear = (one: Sum) => asked.year === null || one.year === asked.year;
	const fits = (one: Sum, filter = asked.status) => filter === 'any' || one.review === filter;
	const count = (fit: (one: Sum) => boolean) =>
		sums.filter(fit).reduce((all, one) => all + one.count, 0);
	const inBoth = (filter: DecisionFilter) =>
		count((one) => inForum(one) && inYear(one) && fits(one, filter));
	const names = new Map(sums.map((one) => [one.code, one.name]));
	const years = [...new Set(sums.map((one) => one.year))].sort().reverse();
	return {
		decisions: page(asker, wanted(asker, asked, today), asked.page),
		total: inBoth(asked.status),
		counts: { any: inBoth('any'), review: inBoth('review'), coming: inBoth('coming') },
		forums: [...names]
			.map(([code, name]) => ({
				code,
				name,
				count: count((one) => one.code === code && inYear(one) && fits(one))
			}))
			.sort((a, b) => a.name.localeCompare(b.name, 'nn')),
		years: years.map((year) => ({
			year,
			count: count((one) => one.year === year && inForum(one) && fits(one))
		}))
	};
}

/** Whether the register is there for this person at all: for all who work here, whatever they find in it. */
export function mayBrowse(asker: Actor): boolean {
	return may(asker, 'read', { kind: 'directory' });
}

interface Sum {
	code: string;
	name: string;
	year: string;
	review: DecisionFilter | 'none';
	count: number;
}

const yearOf = sql<string>`substr(${meeting.date}, 1, 4)`;

function reviewOf(today: string): SQL<Sum['review']> {
	const waits = sql`${decision.reviewOn} IS NOT NULL AND ${decision.reviewedIn} IS NULL`;
	const due = sql`${decision.reviewOn} <= ${today}`;
	return sql`CASE WHEN ${waits} AND ${due} THEN 'review' WHEN ${waits} THEN 'coming' ELSE 'none' END`;
}

function sum(where: SQL | undefined, today: string): Sum[] {
	return db()
		.select({
			code: forum.code,
			name: forum.name,
			year: yearOf.as('year'),
			review: reviewOf(today).as('review'),
			count: sql<number>`count(*)`
		})
		.from(decision)
		.innerJoin(meeting, eq(meeting.id, decision.meeting))
		.innerJoin(forum, eq(forum.id, meeting.forum))
		.where(where)
		.groupBy(forum.id, sql`year`, sql`review`)
		.all();
}

function wanted(asker: Actor, asked: DecisionQuery, today: string): SQL | undefined {
	return and(
		cameOf(asker, decision.case),
		asked.forum === null ? undefined : eq(forum.code, asked.forum),
		asked.year === null ? undefined : eq(yearOf, asked.year),
		asked.status === 'any' ? undefined : eq(reviewOf(today), asked.status)
	);
}

function page(asker: Actor, where: SQL | undefined, number: number): DecisionView[] {
	const ids = db()
		.select({ id: decision.id })
		.from(decision)
		.innerJoin(meeting, eq(meeting.id, decision.meeting))
		.innerJoin(forum, eq(forum.id, meeting.forum))
		.where(where)
		.orderBy(desc(meeting.date), desc(decision.at), desc(sql`${decision}.rowid`))
		.limit(pageSize)
		.offset((number - 1) * pageSize)
		.all()
		.map(({ id }) => id);
	const place = new Map(ids.map((id, index) => [id, index]));
	const rows = query()
		.where(inArray(decision.id, ids))
		.all()
		.filter((row) => may(asker, 'read', thing(row)))
		.sort((a, b) => place.get(a.decision.id)! - place.get(b.decision.id)!);
	return views(asker, rows);
}
