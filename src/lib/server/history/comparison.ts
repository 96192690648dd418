import { diffArrays } from 'diff';
import type { Block, Piece } from '#lib/domain/authored-text.ts';

/* Two texts side by side, word by word. */

export type Change = 'same' | 'deleted' | 'inserted';

/** A piece of one side, as one person wrote it and as the other side has it or has not. */
export type Segment = Piece & { change: Change };

export type ComparedBlock = Pick<Block, 'kind' | 'level'> & { segments: Segment[] };

interface Word {
	/** Equal words are equal here. */
	key: string;
	/**
	 * What it is made of: several pieces when several have written in it, none where a line begins.
	 */
	pieces: Piece[];
	block: Block;
}

/**
 * So many may differ before it costs too much to say which: the time grows with the square (1,000
 * took 65 ms).
 */
const mostEdits = 1000;

export function compareBlocks(
	before: Block[],
	after: Block[]
): { before: ComparedBlock[]; after: ComparedBlock[] } {
	const [left, right] = [before.flatMap(wordsOf), after.flatMap(wordsOf)];
	const keys = (words: Word[]) => words.map((word) => word.key);
	const marks = compareKeys(keys(left), keys(right)) ?? compareWholeLines(left, right);
	return { before: gather(left, marks.before), after: gather(right, marks.after) };
}

/** Two titles. */
export function compareLines(before: string, after: string) {
	const blocks = (text: string): Block[] => [
		{ kind: 'paragraph', level: 0, pieces: [{ text, by: null }] }
	];
	const { before: left, after: right } = compareBlocks(blocks(before), blocks(after));
	return { before: left[0]?.segments ?? [], after: right[0]?.segments ?? [] };
}

interface Marks {
	before: Change[];
	after: Change[];
}

/**
 * When too many words differ: line by line, and when that is too much as well, everything
 * differs.
 */
function compareWholeLines(left: Word[], right: Word[]): Marks {
	const lines = (words: Word[]) =>
		[...Map.groupBy(words, (word) => word.block).values()].map((line) => ({
			key: line.map((word) => word.key).join(''),
			length: line.length
		}));
	const [before, after] = [lines(left), lines(right)];
	const marks = compareKeys(
		before.map((line) => line.key),
		after.map((line) => line.key)
	);
	const spread = (of: typeof before, changes: Change[] | undefined, otherwise: Change) =>
		of.flatMap((line, index) =>
			Array.from({ length: line.length }, () => changes?.[index] ?? otherwise)
		);
	return {
		before: spread(before, marks?.before, 'deleted'),
		after: spread(after, marks?.after, 'inserted')
	};
}

/** Null when too many differ. */
function compareKeys(left: string[], right: string[]): Marks | null {
	const found = diffArrays(left, right, { maxEditLength: mostEdits });
	if (!found) return null;
	const before: Change[] = [];
	const after: Change[] = [];
	for (const { added, removed, count } of found) {
		const change: Change = added ? 'inserted' : removed ? 'deleted' : 'same';
		for (let index = 0; index < count; index++) {
			if (!added) before.push(change);
			if (!removed) after.push(change);
		}
	}
	return { before, after };
}

function wordsOf(block: Block): Word[] {
	const words: Word[] = [{ key: `\n${block.kind}${block.level}`, pieces: [], block }];
	let line: Words[] = [];
	const endLine = () => {
		words.push(...cut(line).map((pieces) => ({ key: textOf(pieces), pieces, block })));
		line = [];
	};
	for (const piece of block.pieces) {
		if ('text' in piece) {
			line.push(piece);
			continue;
		}
		endLine();
		words.push({ key: `\n@${piece.mention}:${piece.id}`, pieces: [piece], block });
	}
	endLine();
	return words;
}

type Words = Piece & { text: string };

function textOf(pieces: Words[]): string {
	return pieces.map((piece) => piece.text).join('');
}

/**
 * Cuts a line into words, whoever wrote them: a word in which two have written is one word of two
 * pieces.
 */
function cut(line: Words[]): Words[][] {
	const rest = line.map((piece) => ({ ...piece }));
	return (textOf(line).match(/[\p{L}\p{N}\p{M}]+|\s+|./gsu) ?? []).map((word) => {
		const pieces: Words[] = [];
		for (let wanted = word.length; wanted > 0 && rest[0];) {
			const text = rest[0].text.slice(0, wanted);
			pieces.push({ text, by: rest[0].by });
			wanted -= text.length;
			rest[0].text = rest[0].text.slice(text.length);
			if (rest[0].text === '') rest.shift();
		}
		return pieces;
	});
}

/** Words back into lines. */
function gather(words: Word[], changes: Change[]): ComparedBlock[] {
	const blocks: ComparedBlock[] = [];
	words.forEach(({ pieces, block }, index) => {
		if (pieces.length === 0) blocks.push({ kind: block.kind, level: block.level, segments: [] });
		for (const piece of pieces)
			add(blocks.at(-1)!.segments, { ...piece, change: changes[index] ?? 'same' });
	});
	return blocks;
}

function add(segments: Segment[], next: Segment): void {
	const last = segments.at(-1);
	const goesOn = last?.change === next.change && last.by === next.by;
	if (goesOn && 'text' in last && 'text' in next) last.text += next.text;
	else segments.push(next);
}
