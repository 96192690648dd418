import * as Y from 'yjs';
import type { Stored, StoredRow } from './log.ts';
import { readUpdateDiff } from './update-diff.ts';

/**
 * A document put together from what is stored, and the rows that could not be: they build on what
 * is not there.
 */
export interface Assembled {
	doc: Y.Doc;
	unfounded: StoredRow[];
}

/**
 * `open` makes the roots exist. Null when already the state has a hole in it, so that there is
 * nothing to begin from.
 */
export function assemble(
	{ state, rows }: Stored,
	open: (doc: Y.Doc) => void = () => {}
): Assembled | null {
	const begin = (stored: StoredRow[]) => {
		const doc = new Y.Doc();
		open(doc);
		doc.transact(() => stored.forEach(({ bytes }) => Y.applyUpdate(doc, bytes)));
		if (!hasGap(doc)) return doc;
		doc.destroy();
		return null;
	};
	const base = state ? [state] : [];
	const whole = begin([...base, ...rows]);
	if (whole) return { doc: whole, unfounded: [] };
	const doc = begin(base);
	return doc && { doc, unfounded: addFounded(doc, rows) };
}

/** Adds every row whose ground is there or comes with another one; returns the rest. */
function addFounded(doc: Y.Doc, rows: StoredRow[]): StoredRow[] {
	const left = rows.filter(({ bytes }) => {
		if (readUpdateDiff(bytes, doc.store).gap) return true;
		Y.applyUpdate(doc, bytes);
		return false;
	});
	return left.length === 0 || left.length === rows.length ? left : addFounded(doc, left);
}

export function hasGap(doc: Y.Doc): boolean {
	return doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}
