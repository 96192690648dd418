import { expect, test } from 'vitest';
import { decisionCode, decisionHref, decisionOfAddress, isToReview } from './decision.ts';

test('a code names forum, number and year, and is no number of an item', () => {
	expect(decisionCode('BR', 12, 2026)).toBe('BR-A12/26');
	expect(decisionCode('OBG', 1, 2107)).toBe('OBG-A1/07');
});

test('an address leads back to the code', () => {
	const code = decisionCode('BR', 12, 2026);
	expect(decisionHref(code)).toBe('/decisions/BR-A12-26');
	expect(decisionOfAddress('br-a12-26')).toBe(code);
});

test.each([
	['2026-11-23', null, true],
	['2026-11-22', null, true],
	['2026-11-24', null, false],
	['2026-11-22', 'item', false],
	[null, null, false]
])('to look at again on %s, back as %s: due is %s', (reviewOn, reviewedInId, expected) => {
	expect(isToReview({ reviewOn, reviewedInId }, '2026-11-23')).toBe(expected);
});
