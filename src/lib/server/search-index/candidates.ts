import type { Query, SearchKind, Term } from '#lib/domain/search.ts';
import { sqlite } from '#lib/server/db/index.ts';

/**
 * Ids of what may be what is asked for, kind by kind, the best first: what has the very words,
 * then what says the same in others. Nobody's rights have been looked at.
 */
export function candidates(
	query: Query,
	only: SearchKind | null
): Partial<Record<SearchKind, string[]>> {
	const rows = sqlite()
		.prepare(
			`SELECT e.kind, e.thing AS subject FROM search JOIN search_entry e ON e.id = search.rowid
				WHERE search MATCH ? ${only ? 'AND e.kind = ?' : ''}
				ORDER BY search.rowid IN (SELECT rowid FROM search WHERE search MATCH ?) DESC,
					bm25(search, 10.0, 5.0, 1.0), search.rowid DESC`
		)
		.raw()
		.all(expression(query), ...(only ? [only] : []), expression(query.map(ownWord))) as [
		SearchKind,
		string
	][];
	const found: Partial<Record<SearchKind, string[]>> = {};
	for (const [kind, subject] of rows) (found[kind] ??= []).push(subject);
	return found;
}

/** A term as it was typed. */
function ownWord([own]: Term): Term {
	return own ? [own] : [];
}

/**
 * The query in FTS5's own language. Every word stands between quotation marks and consists of
 * letters and digits only, so that nothing which somebody typed is read as syntax.
 */
function expression(query: Query): string {
	return query
		.map((term) => {
			const phrases = term.map(({ words, open }) => `"${words.join(' ')}"${open ? ' *' : ''}`);
			return `(${phrases.join(' OR ')})`;
		})
		.join(' AND ');
}
