import { expect, test } from 'vitest';
import type { AuthoredNode } from './authored-text.ts';
import { eraseAuthored } from './erasing-authored.ts';

const line = (...children: AuthoredNode[]): AuthoredNode => ({
	name: 'paragraph',
	by: 'a',
	children
});
const run = (text: string, by = 'a') => ({ text, by });
const mention: AuthoredNode = { name: 'mention', by: 'a', children: [] };

test('a passage goes from wherever it stands, across those who wrote it; the rest keeps its authors', () => {
	const text = [
		line(run('Ho heiter Kulisse', 'a'), run('vegen 5 og ventar.', 'b')),
		{ name: 'bulletList', by: 'b', children: [line(run('Kulissevegen 5'))] },
		line(run('Noko anna.'))
	];
	expect(eraseAuthored(text, ['Kulissevegen 5'])).toEqual([
		line(run('Ho heiter ', 'a'), run(' og ventar.', 'b')),
		{ name: 'bulletList', by: 'b', children: [line()] },
		line(run('Noko anna.'))
	]);
});

test('a mention stays unless it is part of what goes', () => {
	expect(eraseAuthored([line(run('før Namnet etter '), mention)], ['Namnet'])).toEqual([
		line(run('før  etter '), mention)
	]);
});

test('a text that holds nothing of it is left as it is', () => {
	expect(eraseAuthored([line(run('Noko anna.'))], ['Kulissevegen 5'])).toBeNull();
});
