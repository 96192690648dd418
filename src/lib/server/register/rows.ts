import { and, inArray, isNull } from 'drizzle-orm';
import { daysBetween } from '#lib/domain/deadline.ts';
import type { Language } from '#lib/domain/language.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { hangsSince } from '#lib/domain/outcome.ts';
import * as actionRows from '#lib/server/action/rows.ts';
import * as cases from '#lib/server/case/cases.ts';
import { db } from '#lib/server/db/index.ts';
import { action } from '#lib/server/db/schema/action.ts';
import { decision } from '#lib/server/db/schema/decision.ts';
import { dwelling } from '#lib/server/db/schema/dwelling.ts';
import { recommendation } from '#lib/server/db/schema/recommendation.ts';
import { ruling } from '#lib/server/db/schema/ruling.ts';
import * as decisionRows from '#lib/server/decision/rows.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import * as rulingRows from '#lib/server/ruling/rows.ts';
import type { Entry } from './entries.ts';
import * as words from './words.ts';

/** A row of the register, as the person who asked may see it, in their language. */
export interface RegisterRow {
	kind: Entry['kind'];
	id: string;
	code: string;
	/** Where it can be read; null when that is nowhere for this person. */
	href: string | null;
	/** What was decided, or the outcome that was recommended. */
	text: string;
	case: { code: string; readable: boolean } | null;
	/** Where it was made; no item when that was between meetings. */
	forum: string;
	meeting: string | null;
	item: { label: string; title: string; href: string | null } | null;
	/** 'YYYY-MM-DD' */
	date: string;
	became: words.OutcomeMark[];
	/** How far the actions have come that followed from it; null when there are none. */
	followed: words.OutcomeMark | null;
	/** For how many days something of it has hung; null when nothing does. */
	hangs: number | null;
	/** Of a decision: when it is to be looked at again, and where it was. */
	review: {
		reviewOn: string | null;
		toReview: boolean;
		reviewedIn: { label: string; href: string | null } | null;
	} | null;
	actions: actionRows.ActionView[];
}

/**
 * These entries as rows, in the same order. What is no longer for this person to see is left out.
 */
export function rowsOf(actor: Actor, wanted: Entry[], language: Language): RegisterRow[] {
	const ids = (kind: Entry['kind']) =>
		wanted.filter((one) => one.kind === kind).map(({ id }) => id);
	const told = new Map(wanted.map((one) => [one.id, one]));
	const rows = new Map(
		[
			...decided(actor, ids('decision'), told, language),
			...recommended(actor, ids('recommendation'), told, language)
		].map((row) => [row.id, row])
	);
	return wanted.flatMap(({ id }) => rows.get(id) ?? []);
}

type Entries = Map<string, Entry>;

function hanging(entry: Entry): number | null {
	const since = hangsSince(entry.told);
	return since === null ? null : daysBetween(since, clock.today());
}

function decided(actor: Actor, ids: string[], told: Entries, language: Language): RegisterRow[] {
	if (ids.length === 0) return [];
	const rows = decisionRows
		.query()
		.where(inArray(decision.id, ids))
		.all()
		.filter((row) => may(actor, 'read', decisionRows.subject(row)));
	return decisionRows.views(actor, rows).map((one) => {
		const { id, code, href, text, item, actions, reviewOn, toReview, reviewedIn } = one;
		return {
			kind: 'decision',
			id,
			code,
			href,
			text,
			case: one.case,
			item,
			actions,
			forum: one.forum.name,
			meeting: one.meeting.number,
			date: one.meeting.date,
			became: [],
			followed: words.ofActions(actions, language),
			hangs: hanging(told.get(id)!),
			review: { reviewOn, toReview, reviewedIn }
		};
	});
}

function recommended(
	actor: Actor,
	ids: string[],
	told: Entries,
	language: Language
): RegisterRow[] {
	if (ids.length === 0) return [];
	const rows = recommendationRows
		.query()
		.where(inArray(recommendation.id, ids))
		.all()
		.filter((row) => may(actor, 'read', recommendationRows.subject(row)));
	const outcomes = optionLists.words('recommended', language);
	const homes = dwellingCodes(rows);
	const rulings = rulingsOf(actor, ids, language);
	const led = actionsOf(actor, rows);
	return rows.map((row) => {
		const { own, card, forum: of, meeting: from, item } = row;
		const entry = told.get(own.id)!;
		const mine = rulings.get(own.id) ?? [];
		const actions = led.get(own.itemId ?? '') ?? [];
		const place = recommendationRows.itemHref(actor, row);
		const readable = may(actor, 'read', cases.subject(card));
		const home = own.dwellingId === null ? null : homes.get(own.dwellingId);
		// The decision maker knows where it was made, not what the board called it.
		const title = place === null ? '' : (item?.title ?? '');
		return {
			kind: 'recommendation',
			id: own.id,
			code: own.code,
			date: entry.date,
			actions,
			href: place ?? (readable ? `/cases/${card.code}` : null),
			text: [outcomes[own.outcome] ?? own.outcome, home].filter(Boolean).join(' '),
			case: { code: card.code, readable },
			forum: of.name,
			meeting: from?.number ?? null,
			item: item && { label: item.number ?? '', title, href: place },
			became: [
				...words.ofBoard(entry.told, language),
				...mine.map((one) => words.ofRuling(one, language))
			],
			followed: words.ofActions(actions, language),
			hangs: hanging(entry),
			review: null
		};
	});
}

function dwellingCodes(rows: recommendationRows.Row[]): Map<string, string> {
	const ids = rows.flatMap(({ own }) => own.dwellingId ?? []);
	const found = db()
		.select({ id: dwelling.id, code: dwelling.code })
		.from(dwelling)
		.where(inArray(dwelling.id, ids))
		.all();
	return new Map(found.map(({ id, code }) => [id, code]));
}

/** The rulings on recommendations that this person may see, by the recommendation's id. */
export function rulingsOf(
	actor: Actor,
	ids: string[],
	language: Language
): Map<string, rulingRows.RulingView[]> {
	const rows = rulingRows
		.query()
		.where(inArray(ruling.recommendationId, ids))
		.orderBy(ruling.code)
		.all()
		.filter((row) => may(actor, 'read', rulingRows.subject(row)));
	const shown = rulingRows.views(actor, rows, language);
	return byKey(rows, shown, (row) => row.own.recommendationId);
}

/**
 * What followed from the items of recommendations, and from no decision there, by the item's id.
 */
function actionsOf(
	actor: Actor,
	of: recommendationRows.Row[]
): Map<string, actionRows.ActionView[]> {
	const items = of.flatMap(({ own }) => own.itemId ?? []);
	const rows = actionRows
		.query()
		.where(and(inArray(action.itemId, items), isNull(action.decisionId)))
		.all()
		.filter((row) => may(actor, 'read', actionRows.subject(row)));
	return byKey(rows, actionRows.views(actor, rows), (row) => row.action.itemId ?? '');
}

/** The views of rows, by a key of each row. */
function byKey<Row, View>(
	rows: Row[],
	views: View[],
	keyOf: (row: Row) => string
): Map<string, View[]> {
	const keys = new Map(views.map((view, index) => [view, keyOf(rows[index]!)]));
	return Map.groupBy(views, (view) => keys.get(view)!);
}
