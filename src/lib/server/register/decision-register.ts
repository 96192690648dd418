import { eq } from 'drizzle-orm';
import type { Language } from '#lib/domain/language.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import {
	fits,
	hangsSince,
	isOfWaiting,
	type OutcomeFilter,
	outcomeFilters
} from '#lib/domain/outcome.ts';
import { isWithin, type Period, periodsOf } from '#lib/domain/period.ts';
import type { Recommended } from '#lib/domain/recommendation.ts';
import { holds, type Query, readQuery } from '#lib/domain/search.ts';
import { fold } from '#lib/domain/search/words.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { db } from '#lib/server/db/index.ts';
import { caseCard } from '#lib/server/db/schema/case.ts';
import { dwelling } from '#lib/server/db/schema/dwelling.ts';
import { forum } from '#lib/server/db/schema/forum.ts';
import { agendaItem } from '#lib/server/db/schema/meeting.ts';
import { recommendation } from '#lib/server/db/schema/recommendation.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as people from '#lib/server/municipality/people.ts';
import { candidates } from '#lib/server/search-index/candidates.ts';
import { refresh } from '#lib/server/search-index/upkeep.ts';
import { entries, type Entry } from './entries.ts';
import { type RegisterRow, rowsOf } from './rows.ts';
import { markName } from './words.ts';

/* The register of what every forum has decided and recommended, and what became of it. */

/** Rows of a page. */
export const pageSize = 50;

export interface RegisterQuery {
	/** A forum's code; null for every forum. */
	forum: string | null;
	kind: Entry['kind'] | null;
	period: Period;
	outcome: Recommended | null;
	became: OutcomeFilter;
	/** Words or a code; '' for none. */
	q: string;
	/** From 1. */
	page: number;
}

export interface DecisionRegister {
	rows: RegisterRow[];
	/** All that match, over every page. */
	total: number;
	/** What became of it: those that there are any of, the others of the query being as they are. */
	became: { value: OutcomeFilter; label: string; count: number }[];
	/** Of everything that this person may see here. */
	forums: { code: string; name: string }[];
	periods: string[];
	/** Whether there are recommendations among it. */
	recommends: boolean;
	outcomes: optionLists.Choice[];
}

/**
 * Whether the register is there for this person at all: for all who work here, whatever they find
 * in it.
 */
export function mayBrowse(actor: Actor): boolean {
	return may(actor, 'read', { kind: 'directory' });
}

/** One page of the register, the latest first; of what hangs, what has done so longest. */
export function browse(actor: Actor, asked: RegisterQuery, language: Language): DecisionRegister {
	const all = entries(actor, null);
	const names = forumNames();
	const beside = all.filter(matcher(actor, asked, language, names));
	const found = inOrder(beside, asked.became);
	const start = (asked.page - 1) * pageSize;
	const codes = new Set(all.map((one) => one.forum));
	const counts = countsOf(beside);
	return {
		rows: rowsOf(actor, found.slice(start, start + pageSize), language),
		total: found.length,
		became: outcomeFilters
			.map((value) => ({
				value,
				label: filterName(value, language),
				count: counts.get(value) ?? 0
			}))
			.filter(({ value, count }) => count > 0 || value === 'any' || value === asked.became),
		forums: [...names]
			.filter(([id]) => codes.has(id))
			.map(([, { code, name }]) => ({ code, name }))
			.sort((a, b) => a.name.localeCompare(b.name, 'nn')),
		periods: periodsOf(all.map(({ half }) => half)),
		recommends: all.some(({ kind }) => kind === 'recommendation'),
		outcomes: optionLists.list('recommended', language)
	};
}

/** The whole of what a query finds, a piece at a time: rights are judged anew for each piece. */
export function* everything(
	actor: Actor,
	asked: RegisterQuery,
	language: Language
): Generator<RegisterRow[]> {
	const all = entries(actor, asked.kind);
	const found = inOrder(all.filter(matcher(actor, asked, language, forumNames())), asked.became);
	for (let start = 0; start < found.length; start += pageSize) {
		const now = people.actor(actor.id);
		if (!now) return;
		yield rowsOf(now, found.slice(start, start + pageSize), language);
	}
}

/** How many fit each filter, in one go over them all. */
function countsOf(beside: Entry[]): Map<OutcomeFilter, number> {
	const counts = new Map<OutcomeFilter, number>([['any', beside.length]]);
	const add = (value: OutcomeFilter) => counts.set(value, (counts.get(value) ?? 0) + 1);
	for (const { told } of beside) {
		for (const { mark } of told) add(mark);
		if (fits(told, 'hangs')) add('hangs');
	}
	return counts;
}

type ForumNames = Map<string, { code: string; name: string }>;

function forumNames(): ForumNames {
	const rows = db().select({ id: forum.id, code: forum.code, name: forum.name }).from(forum).all();
	return new Map(rows.map(({ id, code, name }) => [id, { code, name }]));
}

function filterName(value: OutcomeFilter, locale: Language): string {
	if (value === 'any') return m.outcome_any({}, { locale });
	return value === 'hangs' ? m.outcome_hangs({}, { locale }) : markName(value, locale);
}

/** Everything of a query but what became of it. */
function matcher(
	actor: Actor,
	{ forum: code, kind, period, outcome, q }: RegisterQuery,
	language: Language,
	names: ForumNames
): (one: Entry) => boolean {
	const words = readQuery(q);
	const hits = words.length === 0 ? null : search(words, language);
	return (one) =>
		(code === null || names.get(one.forum)?.code === code) &&
		(kind === null || one.kind === kind) &&
		(outcome === null || one.outcome === outcome) &&
		isWithin(one.half, period) &&
		(hits === null || hits.has(one.id));
}

function inOrder(beside: Entry[], became: OutcomeFilter): Entry[] {
	const found = beside.filter(({ told }) => fits(told, became));
	if (!isOfWaiting(became))
		return found.sort((a, b) => (a.date === b.date ? b.at - a.at : a.date < b.date ? 1 : -1));
	const since = new Map(found.map((one) => [one.id, hangsSince(one.told) ?? '9']));
	return found.sort((a, b) => (since.get(a.id)! < since.get(b.id)! ? -1 : 1));
}

/**
 * Ids of decisions and recommendations that hold the words; whether this person may see them is
 * judged elsewhere.
 */
function search(words: Query, language: Language): Set<string> {
	refresh();
	const outcomes = optionLists.words('recommended', language);
	const recommended = db()
		.select({
			id: recommendation.id,
			code: recommendation.code,
			case: caseCard.code,
			number: agendaItem.number,
			dwelling: dwelling.code,
			outcome: recommendation.outcome
		})
		.from(recommendation)
		.innerJoin(caseCard, eq(caseCard.id, recommendation.caseId))
		.leftJoin(agendaItem, eq(agendaItem.id, recommendation.itemId))
		.leftJoin(dwelling, eq(dwelling.id, recommendation.dwellingId))
		.all()
		.filter(({ code, case: about, number, dwelling: home, outcome }) => {
			const texts = [code, about, number ?? '', home ?? '', outcomes[outcome] ?? ''];
			return mayHold(words, texts.join(' ')) && holds(words, texts);
		})
		.map(({ id }) => id);
	return new Set([...recommended, ...(candidates(words, 'decision').decision ?? [])]);
}

/** Cheaper than to look at each word, and enough to leave most texts alone. */
function mayHold(query: Query, text: string): boolean {
	const folded = fold(text);
	return query.every((term) => term.some(({ words: [first] }) => folded.includes(first ?? '')));
}
