import { expect, test } from 'vitest';
import { eraseFromPart } from './erasing-parts.ts';

const text =
	'Rådet tilrår B-103. Det er lagt vekt på dette: to soverom, nær barnehage. Samrøystes.';
const erased = (part: string, ...passages: string[]) => eraseFromPart(part, passages, [text]);

test('a passage that stands in the part goes from it', () => {
	expect(erased('to soverom, nær barnehage', 'nær barnehage')).toBe('to soverom, …');
});

test('a passage that holds the part, with words around it, takes all of it', () => {
	expect(erased('to soverom, nær barnehage.', 'dette: to soverom, nær barnehage')).toBe('….');
});

test('a passage that begins or ends within the part takes what it holds of it', () => {
	expect(erased('to soverom, nær barnehage', 'barnehage. Samrøystes')).toBe('to soverom, nær …');
	expect(erased('to soverom, nær barnehage', 'vekt på dette: to soverom')).toBe('…, nær barnehage');
});

test('a part of several lines loses only what goes', () => {
	expect(erased('først\n to soverom, nær barnehage\nsist', 'soverom, nær')).toBe(
		'først\n to … barnehage\nsist'
	);
});

test('a part that a passage has nothing to do with stays', () => {
	expect(erased('sentrum', 'nær barnehage')).toBe('sentrum');
	// In the passage, but not of this text.
	expect(erased('sentrum', 'ønskjer sentrum, helst')).toBe('sentrum');
	expect(erased('', 'nær barnehage')).toBe('');
});
