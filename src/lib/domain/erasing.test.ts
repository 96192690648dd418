import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	eraseFrom,
	eraseFromText,
	eraseFromWords,
	hitsIn,
	passagesIn,
	placesIn
} from './erasing.ts';
import { mentionMark } from './erasure.ts';

/** A text with a paragraph for each line; a mention where its mark stands. */
function textWith(...lines: string[]): Y.XmlFragment {
	const fragment = new Y.Doc().getXmlFragment('text');
	for (const line of lines) {
		const block = new Y.XmlElement('paragraph');
		fragment.push([block]);
		line.split(mentionMark).forEach((part, index) => {
			if (index > 0) block.push([new Y.XmlElement('mention')]);
			block.push([new Y.XmlText(part)]);
		});
	}
	return fragment;
}

const linesOf = (fragment: Y.XmlFragment) => hitsIn(fragment, null).map(({ line }) => line);

test('a passage is taken out wherever it stands, and nothing else is', () => {
	const text = textWith(
		'Søkjaren heiter Fiktiv Namnesen.',
		'Anna sak',
		'Fiktiv Namnesen vart ringd.'
	);
	expect(hitsIn(text, ['Fiktiv Namnesen'])).toEqual([
		{ line: 'Søkjaren heiter Fiktiv Namnesen.', places: [[16, 31]] },
		{ line: 'Fiktiv Namnesen vart ringd.', places: [[0, 15]] }
	]);
	expect(eraseFrom(text, ['Fiktiv Namnesen'])).toBe(true);
	expect(linesOf(text)).toEqual(['Søkjaren heiter .', 'Anna sak', ' vart ringd.']);
	expect(eraseFrom(text, ['Fiktiv Namnesen'])).toBe(false);
});

test('a short passage is found as whole words only', () => {
	expect(placesIn('Person, Per og superPer', ['Per'])).toEqual([[8, 11]]);
	expect(placesIn('tlf 91234567890', ['1234567890'])).toEqual([[5, 15]]);
});

test('a mention goes when it was selected, and stays when it was not', () => {
	const text = textWith(`Ring ${mentionMark} om dette`, `Ring ${mentionMark} om hint`);
	eraseFrom(text, [`${mentionMark} om dette`]);
	expect(linesOf(text)).toEqual(['Ring ', `Ring ${mentionMark} om hint`]);
});

test('marked words are found across their marks, and passages that overlap go together', () => {
	const text = textWith('ein to tre fire fem');
	const words = (text.get(0) as Y.XmlElement).get(0) as Y.XmlText;
	words.format(4, 6, { bold: true });
	expect(placesIn('ein to tre fire fem', ['to tre fire', 'tre fire fem'])).toEqual([[4, 19]]);
	eraseFrom(text, ['to tre fire', 'tre fire fem']);
	expect(linesOf(text)).toEqual(['ein ']);
});

test('the whole text goes, lists and all', () => {
	const text = textWith('ein', 'to');
	expect(eraseFrom(text, null)).toBe(true);
	expect(text.length).toBe(0);
});

test('what was selected is looked for line by line, without what is too short to mean anything', () => {
	expect(passagesIn(' Fiktiv Namnesen \r\n\r\nog\nbur i Gata')).toEqual([
		'Fiktiv Namnesen',
		'bur i Gata'
	]);
});

test('titles and plain words are treated alike', () => {
	const title = new Y.Doc().getText('t');
	title.insert(0, 'Saka til Fiktiv Namnesen');
	expect(eraseFromText(title, ['Fiktiv Namnesen'])).toBe(true);
	expect(title.toString()).toBe('Saka til ');
	expect(eraseFromWords('Rett opp Fiktiv Namnesen her', ['Fiktiv Namnesen'])).toBe(
		'Rett opp … her'
	);
});
