import { and, eq, inArray, notInArray, or, type SQL } from 'drizzle-orm';
import type { Language } from '#lib/domain/language.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { halfOf, isWithin, type Period, periodsOf } from '#lib/domain/period.ts';
import { type RulingFilter, rulingFilters, rulingFits, standingOf } from '#lib/domain/ruling.ts';
import { holds, readQuery } from '#lib/domain/search.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import * as cases from '#lib/server/case/cases.ts';
import { db } from '#lib/server/db/index.ts';
import { caseCard } from '#lib/server/db/schema/case.ts';
import { recommendation } from '#lib/server/db/schema/recommendation.ts';
import { appeal, ruling } from '#lib/server/db/schema/ruling.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { forumsOf, query, type RulingView, subject, views } from '#lib/server/ruling/rows.ts';
import { stanceName, standingName } from './words.ts';

/*
 * The rulings that somebody may see: for the decision maker what waits, and for the board what
 * came of what it recommended.
 */

/** Rows of a page. */
export const pageSize = 50;

export interface RulingQuery {
	status: RulingFilter;
	/** Of the list `track`; null for every track. */
	track: string | null;
	/** When it was made; what waits is of now. */
	period: Period;
	q: string;
	/** From 1. */
	page: number;
}

export interface RulingRegister {
	rulings: RulingView[];
	total: number;
	/** Those that there are any of, the others of the query being as they are. */
	filters: { value: RulingFilter; label: string; count: number }[];
	tracks: optionLists.Choice[];
	periods: string[];
}

/** For the decision maker, and for those who work with cases. */
export function mayBrowse(actor: Actor): boolean {
	return rules(actor) || cases.forumsOf(actor).length > 0;
}

/** Whether it is theirs to rule on. */
export function rules(actor: Actor): boolean {
	return forumsOf(actor).length > 0;
}

/** What they see first: what waits for them, or for those who cannot rule, everything. */
export function usual(actor: Actor): RulingFilter {
	return rules(actor) ? 'waiting' : 'any';
}

/** One page, the latest first; of what waits, what has waited longest. */
export function browse(actor: Actor, asked: RulingQuery, language: Language): RulingRegister {
	const all = entries(actor);
	const beside = matching(all, asked, language);
	const found = inOrder(beside, asked.status);
	const start = (asked.page - 1) * pageSize;
	return {
		rulings: shown(actor, found.slice(start, start + pageSize), language),
		total: found.length,
		filters: rulingFilters
			.map((value) => ({
				value,
				label: filterName(value, language),
				count: beside.filter((one) => rulingFits(one, value)).length
			}))
			.filter(({ value, count }) => count > 0 || value === 'any' || value === asked.status),
		tracks: optionLists
			.list('track', language)
			.filter(({ code }) => all.some(({ track }) => track === code)),
		periods: periodsOf(all.map(({ half }) => half))
	};
}

/** The whole of what a query finds, a piece at a time: rights are judged anew for each piece. */
export function* everything(
	actor: Actor,
	asked: RulingQuery,
	language: Language
): Generator<RulingView[]> {
	const found = inOrder(matching(entries(actor), asked, language), asked.status);
	for (let start = 0; start < found.length; start += pageSize) {
		const now = people.actor(actor.id);
		if (!now) return;
		yield shown(now, found.slice(start, start + pageSize), language);
	}
}

function filterName(value: RulingFilter, locale: Language): string {
	if (value === 'any') return m.outcome_any({}, { locale });
	return value === 'depart' ? stanceName('depart', locale) : standingName(value, locale);
}

type Entry = ReturnType<typeof entries>[number];

/** As little of each as filtering, counting and putting in order need. */
function entries(actor: Actor) {
	const today = clock.today();
	return db()
		.select({
			id: ruling.id,
			code: ruling.code,
			track: ruling.track,
			status: ruling.status,
			stance: ruling.stance,
			noticeOn: ruling.noticeOn,
			appealUntil: ruling.appealUntil,
			ruledOn: ruling.ruledOn,
			openedAt: ruling.openedAt,
			at: ruling.at,
			case: caseCard.code,
			recommended: recommendation.code,
			appeal
		})
		.from(ruling)
		.innerJoin(recommendation, eq(recommendation.id, ruling.recommendationId))
		.innerJoin(caseCard, eq(caseCard.id, ruling.caseId))
		.leftJoin(appeal, eq(appeal.rulingId, ruling.id))
		.where(readable(actor))
		.all()
		.map((row) => {
			const on = row.ruledOn ?? clock.dateOf(row.at ?? row.openedAt);
			return { ...row, on, half: halfOf(on), standing: standingOf(row, today) };
		});
}

/** The rulings that may() lets this person read, as a condition. */
function readable(actor: Actor): SQL | undefined {
	const inside = cases.forumsOf(actor).map(({ id }) => id);
	const ruled = forumsOf(actor);
	const called = actor.calls.flatMap((call) => call.cases);
	return and(
		notInArray(ruling.caseId, [...actor.recused]),
		or(
			inArray(ruling.forumId, inside),
			// There is a ruling once its recommendation has been sent to be ruled on.
			inArray(ruling.forumId, ruled),
			and(inArray(ruling.caseId, called), notInArray(ruling.forumId, ruled))
		)
	);
}

function matching(all: Entry[], { track, period, q }: RulingQuery, language: Language): Entry[] {
	const words = readQuery(q);
	const names = optionLists.words('track', language);
	return all.filter(
		(one) =>
			(track === null || one.track === track) &&
			isWithin(one.half, period) &&
			(words.length === 0 ||
				holds(words, [one.code, one.case, one.recommended, names[one.track] ?? '']))
	);
}

function inOrder(beside: Entry[], status: RulingFilter): Entry[] {
	const found = beside.filter((one) => rulingFits(one, status));
	if (status === 'waiting')
		return found.sort((a, b) => a.openedAt - b.openedAt || (a.code < b.code ? -1 : 1));
	return found.sort((a, b) => (a.on === b.on ? (a.code < b.code ? 1 : -1) : a.on < b.on ? 1 : -1));
}

/** What the database let through is judged once more. */
function shown(actor: Actor, wanted: Entry[], language: Language): RulingView[] {
	const place = new Map(wanted.map(({ id }, index) => [id, index]));
	const rows = query()
		.where(inArray(ruling.id, [...place.keys()]))
		.all()
		.filter((row) => may(actor, 'read', subject(row)))
		.sort((a, b) => place.get(a.own.id)! - place.get(b.own.id)!);
	return views(actor, rows, language);
}
