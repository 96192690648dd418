import * as Y from 'yjs';
import { type Hit, mentionMark } from './erasure.ts';

/*
 * Finding and taking out of a rich text what must not stand there. Passages are found wherever
 * they stand, since what is left in one place is not erased.
 */

/** Characters of a passage. */
export const shortestPassage = 3;
/**
 * Under this length a passage is found as whole words only: «Per» is not to be taken out of
 * «Person».
 */
const shortPassage = 8;

/**
 * What was selected, line by line, as passages to be looked for: trimmed, each once. Empty when
 * there is nothing long enough.
 */
export function passagesIn(selected: string): string[] {
	const lines = selected.split(/\r?\n/).map((line) => line.trim());
	return [...new Set(lines.filter((line) => line.length >= shortestPassage))];
}

/** Where the passages stand in a line. */
export function placesIn(line: string, passages: readonly string[]): [number, number][] {
	const found: [number, number][] = [];
	for (const passage of passages) {
		for (let at = line.indexOf(passage); at >= 0; at = line.indexOf(passage, at + 1)) {
			if (isWhole(line, at, passage)) found.push([at, at + passage.length]);
		}
	}
	return unite(found);
}

/** Places in order, and those that meet as one. */
export function unite(places: readonly [number, number][]): [number, number][] {
	return joined(places.toSorted((one, other) => one[0] - other[0]));
}

/**
 * Every line of the text in which one of the passages stands; null as passages: every line that
 * is not empty.
 */
export function hitsIn(fragment: Y.XmlFragment, passages: readonly string[] | null): Hit[] {
	return blocksOf(fragment)
		.map((block) => {
			const line = block.map(({ text }) => text).join('');
			const places: Hit['places'] =
				passages === null ? (line === '' ? [] : [[0, line.length]]) : placesIn(line, passages);
			return { line, places };
		})
		.filter(({ places }) => places.length > 0);
}

/**
 * Takes the passages (null: everything) out of the text. Returns whether there was any. Within
 * the caller's transaction.
 */
export function eraseFrom(fragment: Y.XmlFragment, passages: readonly string[] | null): boolean {
	if (passages === null) {
		if (fragment.length === 0) return false;
		fragment.delete(0, fragment.length);
		return true;
	}
	let any = false;
	for (const block of blocksOf(fragment)) {
		const line = block.map(({ text }) => text).join('');
		// From the end, so that the places before stay where they are.
		for (const [from, to] of placesIn(line, passages).reverse()) {
			cut(block, from, to);
			any = true;
		}
	}
	return any;
}

/** The same of a plain shared text, such as a title. */
export function eraseFromText(text: Y.Text, passages: readonly string[]): boolean {
	const places = placesIn(text.toString(), passages);
	for (const [from, to] of places.toReversed()) text.delete(from, to - from);
	return places.length > 0;
}

/**
 * The same of plain words in the database, and of other `places` in them: what is taken out
 * leaves an ellipsis.
 */
export function eraseFromWords(
	words: string,
	passages: readonly string[],
	places: readonly [number, number][] = []
): string {
	return unite([...placesIn(words, passages), ...places])
		.reverse()
		.reduce((rest, [from, to]) => `${rest.slice(0, from)}…${rest.slice(to)}`, words);
}

function isWhole(line: string, at: number, passage: string): boolean {
	if (passage.length >= shortPassage) return true;
	const isInside = (before: string, after: string) =>
		/[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after);
	const end = at + passage.length;
	return !isInside(line.slice(0, at), passage) && !isInside(passage, line.slice(end));
}

function joined(places: [number, number][]): [number, number][] {
	const found: [number, number][] = [];
	for (const [from, to] of places) {
		const last = found.at(-1);
		if (last && from <= last[1]) last[1] = Math.max(last[1], to);
		else found.push([from, to]);
	}
	return found;
}

/** A piece of a line: shared text, or a mention. */
interface Piece {
	text: string;
	node: Y.XmlText | Y.XmlElement;
}

/** Of each paragraph, heading and list item's paragraph its pieces. */
function blocksOf(fragment: Y.XmlFragment): Piece[][] {
	const children = fragment.toArray();
	const isLine = children.some((child) => child instanceof Y.XmlText);
	if (isLine && fragment instanceof Y.XmlElement) return [children.flatMap(pieceOf)];
	return children.flatMap((child) => (child instanceof Y.XmlElement ? blocksOf(child) : []));
}

function pieceOf(node: unknown): Piece[] {
	if (node instanceof Y.XmlText) {
		const runs = node.toDelta() as { insert?: unknown }[];
		const text = runs.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');
		return [{ node, text }];
	}
	return node instanceof Y.XmlElement ? [{ node, text: mentionMark }] : [];
}

function cut(block: Piece[], from: number, to: number): void {
	let end = block.reduce((sum, { text }) => sum + text.length, 0);
	for (const piece of block.toReversed()) {
		const start = end - piece.text.length;
		const [first, last] = [Math.max(from, start), Math.min(to, end)];
		if (first < last) cutPiece(piece, first - start, last - first);
		end = start;
	}
}

function cutPiece({ node }: Piece, at: number, length: number): void {
	if (node instanceof Y.XmlText) return node.delete(at, length);
	const parent = node.parent as Y.XmlElement;
	parent.delete(parent.toArray().indexOf(node), 1);
}
