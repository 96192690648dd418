import type { Actor } from '#lib/domain/may.ts';
import {
	holds,
	mark,
	type Part,
	type Query,
	readQuery,
	type SearchKind,
	searchKinds,
	snippet,
	touches
} from '#lib/domain/search.ts';
import { candidates } from '#lib/server/search-index/candidates.ts';
import { refresh } from '#lib/server/search-index/upkeep.ts';
import { finders, type Found } from './finders.ts';

/*
 * Search. The index only proposes, the best first; every proposal is read from its own table,
 * judged by may() for the one who asks, and must hold what was asked for in what this person may
 * see of it. So neither hits nor counts tell of anything else.
 */

export interface Hit {
	id: string;
	code: Part[];
	title: Part[];
	/** What stands around it in the text; empty when there is none. */
	snippet: Part[];
	/** Where it belongs, in names. */
	place: string;
	date: string | null;
	href: string | null;
}

export interface Group {
	kind: SearchKind;
	hits: Hit[];
	/** There is more that this person may see. */
	more: boolean;
}

/** How many of each kind are shown together, and of one kind alone. */
export const shown = { together: 8, alone: 50 } as const;

/** How many rows are read and judged at first; then more at a time. */
const page = 100;

/**
 * What the person may see of what they ask for, kind by kind; of one kind only when `only` says
 * so.
 */
export function ask(actor: Actor, text: string, only: SearchKind | null = null): Group[] {
	const query = readQuery(text);
	if (query.length === 0) return [];
	refresh();
	const proposed = candidates(query, only);
	const limit = only ? shown.alone : shown.together;
	return searchKinds.flatMap((kind) => {
		const seen = visible(actor, query, kind, proposed[kind] ?? []);
		const { found, more } = only ? first(seen, limit) : first(seen, limit, sameHeading);
		return found.length > 0 ? [{ kind, hits: found.map((one) => hit(query, one)), more }] : [];
	});
}

/**
 * Those of the proposed that the person may see and that are what they asked for. No more are
 * read than are taken.
 */
function* visible(actor: Actor, query: Query, kind: SearchKind, ids: string[]): Generator<Found> {
	let size: number = page;
	// Asked once at least: how long it takes is not to tell whether there is something that is not
	// shown.
	for (let at = 0; at === 0 || at < ids.length; at += size, size *= 4) {
		const some = ids.slice(at, at + size);
		const byId = new Map(finders[kind](actor, some).map((one) => [one.id, one]));
		for (const id of some) {
			const one = byId.get(id);
			if (one && answers(query, one)) yield one;
		}
	}
}

/** The first so many, of those that are the same only one; and whether any was left out. */
function first(
	all: Iterable<Found>,
	limit: number,
	sameness: (one: Found) => string = ({ id }) => id
): { found: Found[]; more: boolean } {
	const found = new Map<string, Found>();
	let more = false;
	for (const one of all) {
		const same = sameness(one);
		if (!found.has(same) && found.size === limit) return { found: [...found.values()], more: true };
		if (found.has(same)) more = true;
		else found.set(same, one);
	}
	return { found: [...found.values()], more };
}

/**
 * An item that stands on every agenda of a forum is to be shown once beside all else; the latest
 * is proposed first.
 */
function sameHeading({ kind, id, code, title, forum }: Found): string {
	return kind === 'item' && code === '' ? `${forum} ${title}` : id;
}

/** Minutes are found by what they say: number and title of their item only help. */
function answers(query: Query, { kind, code, title, text }: Found): boolean {
	return holds(query, [code, title, text]) && (kind !== 'minutes' || touches(query, text));
}

function hit(query: Query, found: Found): Hit {
	const { id, place, date, href } = found;
	return {
		id,
		code: mark(query, found.code),
		title: mark(query, found.title),
		snippet: found.text === '' ? [] : snippet(query, found.text),
		place,
		date,
		href
	};
}
