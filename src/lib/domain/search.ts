import { equivalents } from './search/equivalents.ts';
import { type Word, wordsOf } from './search/words.ts';

/**
 * What somebody asks for, and whether a text holds it. Both written norms are met halfway: words
 * are folded, brought back to their stem, and offered in both norms. The index only says what to
 * look at; what counts is said here.
 */
export const searchKinds = [
	'item',
	'minutes',
	'decision',
	'recommendation',
	'action',
	'task',
	'person'
] as const;
export type SearchKind = (typeof searchKinds)[number];

/** Words in a row; of the last one its beginning is enough when `open`. */
export interface Phrase {
	words: string[];
	open: boolean;
}

/** One thing asked for, in all the ways in which it may be written; as it was typed first. */
export type Term = Phrase[];

/** All of them have to be found. */
export type Query = Term[];

/** A piece of a text, and whether it is what was asked for. */
export interface Part {
	text: string;
	hit: boolean;
}

const most = { characters: 200, terms: 8 };

/** Words that say nothing beside others. */
const silent = new Set(
	`og i å på av for til med som er var det den dei de ein ei eit en et om frå fra at ved kan skal har
	the of and to in on a an for is`.split(/\s+/)
);

/** Reads whatever somebody typed. Empty when there is nothing in it to look for. */
export function readQuery(text: string): Query {
	const chunks = join(text.normalize('NFC').slice(0, most.characters).split(/\s+/));
	const terms = chunks.flatMap((chunk) => {
		const words = wordsOf(chunk).map((word) => word.folded);
		return words.length > 0 ? [{ words, isCode: /\d/.test(chunk) || caseLike.test(chunk) }] : [];
	});
	const telling = terms.filter(({ words }) => words.length > 1 || !silent.has(words[0]!));
	return (telling.length > 0 ? telling : terms)
		.slice(0, most.terms)
		.map(({ words, isCode }) => (isCode ? codeTerm(words) : wordTerm(words)));
}

/** A case's code may be letters alone. */
const caseLike = /^s-\p{L}{4}$/iu;

/** «BR 71/26» is one thing though there is a space in it. */
function join(chunks: string[]): string[] {
	const joined: string[] = [];
	for (const chunk of chunks) {
		const before = joined.at(-1);
		const isNumber = /^\d{1,4}\/\d{2}$/.test(chunk);
		if (isNumber && before !== undefined && /^\p{L}{1,8}$/u.test(before))
			joined[joined.length - 1] = `${before} ${chunk}`;
		else joined.push(chunk);
	}
	return joined;
}

/** A code or a number is found exactly; «O-5» is O-05. */
function codeTerm(words: string[]): Term {
	const asked = { words, open: false };
	const [series, number] = words;
	if (words.length !== 2 || series !== 'o' || !/^\d$/.test(number ?? '')) return [asked];
	return [asked, { words: [series, `0${number}`], open: false }];
}

function wordTerm(words: string[]): Term {
	const [only] = words;
	if (words.length > 1 || only === undefined) return [{ words, open: true }];
	if (only.length < 3) return [{ words, open: false }];
	return equivalents(only).map(({ word, open }) => ({ words: [word], open }));
}

/** Whether every term is found in at least one of the texts. */
export function holds(query: Query, texts: readonly string[]): boolean {
	const read = texts.map(wordsOf);
	return query.every((term) => read.some((words) => find(term, words).next().done === false));
}

/** Whether at least one term is found in the text. */
export function touches(query: Query, text: string): boolean {
	const words = wordsOf(text);
	return query.some((term) => find(term, words).next().done === false);
}

interface Range {
	start: number;
	end: number;
	term: number;
}

function* find(term: Term, words: readonly Word[]): Generator<{ start: number; end: number }> {
	for (let place = 0; place < words.length; place++) {
		const phrase = term.find((one) => startsAt(one, words, place));
		if (!phrase) continue;
		const last = words[place + phrase.words.length - 1]!;
		yield { start: words[place]!.start, end: last.end };
	}
}

function startsAt({ words, open }: Phrase, text: readonly Word[], place: number): boolean {
	return words.every((word, index) => {
		const found = text[place + index]?.folded;
		if (found === undefined) return false;
		return open && index === words.length - 1 ? found.startsWith(word) : found === word;
	});
}

function ranges(query: Query, text: string): Range[] {
	const words = wordsOf(text);
	return query
		.flatMap((term, index) => [...find(term, words)].map((range) => ({ ...range, term: index })))
		.sort((one, other) => one.start - other.start || other.end - one.end);
}

/** The whole text in pieces, what was asked for marked. */
export function mark(query: Query, text: string): Part[] {
	return cut(text, ranges(query, text), 0, text.length);
}

/**
 * The part of a text in which most of what was asked for stands, about `length` characters of it.
 * Dots where it was cut.
 */
export function snippet(query: Query, text: string, length = 200): Part[] {
	const plain = text.replace(/\s+/g, ' ').trim();
	const found = ranges(query, plain);
	const from = bestStart(found, length);
	const start = plain.length <= length ? 0 : wordStart(plain, from - 40);
	const end = wordEnd(plain, start + length);
	const parts = cut(plain, found, start, end);
	if (start > 0) parts.unshift({ text: '… ', hit: false });
	if (end < plain.length) parts.push({ text: ' …', hit: false });
	return parts;
}

function bestStart(found: Range[], length: number): number {
	let best = { start: 0, terms: 0 };
	found.forEach(({ start }, index) => {
		const near = found.slice(index, index + 50).filter((other) => other.end <= start + length - 40);
		const terms = new Set(near.map(({ term }) => term)).size;
		if (terms > best.terms) best = { start, terms };
	});
	return best.start;
}

function wordStart(text: string, at: number): number {
	if (at <= 0) return 0;
	const space = text.indexOf(' ', at);
	return space < 0 ? 0 : space + 1;
}

function wordEnd(text: string, at: number): number {
	if (at >= text.length) return text.length;
	const space = text.lastIndexOf(' ', at);
	// A word longer than the whole piece is cut where it must be.
	return space > at - 60 ? space : at;
}

function cut(text: string, found: Range[], start: number, end: number): Part[] {
	const parts: Part[] = [];
	let at = start;
	for (const range of found) {
		if (range.start < at || range.end > end) continue;
		if (range.start > at) parts.push({ text: text.slice(at, range.start), hit: false });
		parts.push({ text: text.slice(range.start, range.end), hit: true });
		at = range.end;
	}
	if (at < end) parts.push({ text: text.slice(at, end), hit: false });
	return parts;
}
