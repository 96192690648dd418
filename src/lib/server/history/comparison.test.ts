import { expect, test } from 'vitest';
import type { Block } from '#lib/domain/authored-text.ts';
import { compareBlocks, type ComparedBlock, compareLines } from './comparison.ts';

const line = (text: string, by: string | null = 'anna'): Block => ({
	kind: 'paragraph',
	level: 0,
	pieces: [{ text, by }]
});

/** `-taken out-` and `+put in+`, a line a block. */
const shown = (blocks: ComparedBlock[]) =>
	blocks.map(({ segments }) =>
		segments
			.map((segment) => {
				const text = 'text' in segment ? segment.text : `@${segment.mention}`;
				const mark = { same: '', deleted: '-', inserted: '+' }[segment.change];
				return `${mark}${text}${mark}`;
			})
			.join('')
	);

test('only the words that differ are marked, and a comma is a word of its own', () => {
	const { before, after } = compareBlocks(
		[line('Åtte søkte i fjor')],
		[line('Åtte søkte, ni fekk')]
	);
	expect(shown(before)).toEqual(['Åtte søkte -i- -fjor-']);
	expect(shown(after)).toEqual(['Åtte søkte+,+ +ni+ +fekk+']);
});

test('another kind of line alone is no difference in words', () => {
	const heading: Block = { ...line('Same'), kind: 'heading', level: 2 };
	const { before, after } = compareBlocks([line('Same')], [heading]);
	expect([shown(before), shown(after)]).toEqual([['Same'], ['Same']]);
	expect(after[0]).toMatchObject({ kind: 'heading', level: 2 });
});

test('a reference is compared by what it refers to', () => {
	const to = (id: string): Block => ({
		...line(''),
		pieces: [
			{ text: 'Ring ', by: 'anna' },
			{ mention: 'person', id, by: 'anna' }
		]
	});
	expect(shown(compareBlocks([to('1')], [to('1')]).after)).toEqual(['Ring @person']);
	expect(shown(compareBlocks([to('1')], [to('2')]).after)).toEqual(['Ring +@person+']);
});

test('a letter with its accents, and a sign of two units, stay whole', () => {
	const { after } = compareBlocks([line('a')], [line('é 👩')]);
	expect(shown(after)).toEqual(['+é 👩+']);
});

test('two texts that have next to nothing in common are marked line by line', () => {
	const words = (letter: string) =>
		Array.from({ length: 20_000 }, (_, index) => `${letter}${index}`).join(' ');
	const { before, after } = compareBlocks(
		[line('Står'), line(words('a'))],
		[line('Står'), line(words('b'))]
	);
	const changes = (blocks: ComparedBlock[]) =>
		blocks.map(({ segments }) => segments.map(({ change }) => change));
	expect(changes(before)).toEqual([['same'], ['deleted']]);
	expect(changes(after)).toEqual([['same'], ['inserted']]);
});

test('titles that are equal have one segment, and none when there is none', () => {
	expect(compareLines('Opning', 'Opning').after).toEqual([
		{ text: 'Opning', by: null, change: 'same' }
	]);
	expect(compareLines('', '').before).toEqual([]);
});
