import { and, asc, eq, notInArray, sql } from 'drizzle-orm';
import { overStates } from '#lib/domain/case-progress.ts';
import type { Language } from '#lib/domain/language.ts';
import type { Actor } from '#lib/domain/may.ts';
import { db } from '#lib/server/db/index.ts';
import { caseCard, caseProgress } from '#lib/server/db/schema/case.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as cases from './cases.ts';

/* Lists of cards, as long as a page can take. */

/**
 * The cards this person may see that are not over: what one still puts on an agenda or makes an
 * action about.
 */
export function underWay(actor: Actor, language: Language): cases.CaseCard[] {
	const rows = db()
		.select({ card: caseCard })
		.from(caseCard)
		.innerJoin(caseProgress, eq(caseProgress.caseId, caseCard.id))
		.where(and(cases.readable(actor), notInArray(caseProgress.state, overStates)))
		.orderBy(asc(caseCard.monthIn), asc(caseCard.code))
		.all();
	return cases.describe(
		rows.map(({ card }) => card),
		language
	);
}

export interface CaseGroup {
	status: optionLists.Choice;
	/** All that there are, and those that are shown. */
	total: number;
	cards: cases.CaseCard[];
}

/** Cards of one status on a page by themselves, and of each where all are shown together. */
export const shown = { alone: 100, together: 20 } as const;

/**
 * The cards this person may see in the order of the list of statuses: the first of each, or a
 * page of one of them.
 */
export function byStatus(
	actor: Actor,
	asked: { status: string | null; page: number },
	language: Language
): CaseGroup[] {
	const counts = db()
		.select({ status: caseCard.status, count: sql<number>`count(*)` })
		.from(caseCard)
		.where(cases.readable(actor))
		.groupBy(caseCard.status)
		.all();
	const totals = new Map(counts.map(({ status, count }) => [status, count]));
	const limit = asked.status === null ? shown.together : shown.alone;
	const shownRows = (status: string) =>
		db()
			.select()
			.from(caseCard)
			.where(and(cases.readable(actor), eq(caseCard.status, status)))
			.orderBy(asc(caseCard.monthIn), asc(caseCard.code))
			.limit(limit)
			.offset(asked.status === null ? 0 : (asked.page - 1) * limit)
			.all();
	const groups = optionLists
		.list('case_status', language)
		.filter(({ code }) => totals.has(code) && (asked.status === null || asked.status === code))
		.map((status) => ({ status, total: totals.get(status.code)!, rows: shownRows(status.code) }));
	const cards = cases.describe(
		groups.flatMap(({ rows }) => rows),
		language
	);
	return groups.map(({ status, total }) => {
		const own = cards.filter((card) => card.status.code === status.code);
		return { status, total, cards: own };
	});
}
