import { expect, test } from 'vitest';
import { caseCode, codesIn, drawCode } from './case.ts';

test('a code is drawn letter by letter, without order', () => {
	const numbers = [0, 5, 28, 9];
	expect(drawCode(() => numbers.shift()!)).toMatch(caseCode);
	expect(drawCode((below) => below - 1)).toBe('S-ZZZZ');
});

test('codes are found in a text, and nothing that only looks alike', () => {
	expect(codesIn('Flyttehjelp for S-9TWB og S-K6YJ.')).toEqual(['S-9TWB', 'S-K6YJ']);
	expect(codesIn('KS-9TWB, S-9TWBB, S-9TWA')).toEqual([]);
	expect(codesIn('s-9twb, S–K6YJ og S- N9CL')).toEqual(['S-9TWB', 'S-K6YJ', 'S-N9CL']);
});
