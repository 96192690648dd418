import { describe, expect, test } from 'vitest';
import { appliedOn, median, missed, shares, showable, type Span, times } from './figures.ts';
import type { Period } from './period.ts';

const spans = (counts: Record<string, number>): Span[] =>
	Object.entries(counts).flatMap(([half, count]) =>
		Array.from({ length: count }, (_, index) => ({ half, days: 10 + index }))
	);
const states = (counts: Record<string, number>, ...periods: Period[]) => {
	const figure = times(spans(counts));
	return periods.map((period) => figure(period).state);
};

test('the median is the middle one, or between the two in the middle', () => {
	expect(median([9, 1, 5])).toBe(5);
	expect(median([1, 9, 5, 6])).toBe(5.5);
});

describe('how long it took', () => {
	test('is told from five on, and how few there are is not', () => {
		expect(times(spans({ '2026-1': 5 }))('2026-1')).toEqual({ state: 'shown', value: 12 });
		expect(times(spans({ '2026-1': 4 }))('2026-1')).toEqual({ state: 'few' });
		expect(times(spans({ '2026-1': 4 }))('2025')).toEqual({ state: 'none' });
	});

	test('is of the year and of all that there is, too', () => {
		const figure = times([...spans({ '2026-1': 5 }), ...spans({ '2026-2': 5 })]);
		expect([figure('2026'), figure(null)]).toEqual([
			{ state: 'shown', value: 12 },
			{ state: 'shown', value: 12 }
		]);
	});

	test('of a half year is not told when the year would give the other half away', () => {
		expect(states({ '2026-1': 9, '2026-2': 3 }, '2026', '2026-1', '2026-2')).toEqual([
			'shown',
			'guarded',
			'few'
		]);
		expect(states({ '2026-1': 9, '2026-2': 5 }, '2026', '2026-1', '2026-2')).toEqual([
			'shown',
			'shown',
			'shown'
		]);
	});

	test('of a year is not told when all together would give another year away', () => {
		const counts = { '2024-1': 30, '2025-1': 8, '2026-1': 2 };
		expect(states(counts, null, '2024', '2025', '2026')).toEqual([
			'shown',
			'shown',
			'guarded',
			'few'
		]);
	});
});

describe('the share', () => {
	const shareOf = (did: number, not: number) =>
		shares([
			...Array.from({ length: did }, () => ({ half: '2026-1', did: true })),
			...Array.from({ length: not }, () => ({ half: '2026-1', did: false }))
		])('2026-1');

	test('is told of twenty or more, when neither part is of one to four', () => {
		expect(shareOf(15, 5)).toEqual({ state: 'shown', value: 75 });
		expect(shareOf(20, 0)).toEqual({ state: 'shown', value: 100 });
		expect(shareOf(14, 5)).toEqual({ state: 'few' });
		expect(shareOf(30, 4)).toEqual({ state: 'few' });
		expect(shareOf(3, 30)).toEqual({ state: 'few' });
		expect(shareOf(0, 0)).toEqual({ state: 'none' });
	});
});

test('figures that are shown never give away one of fewer than five, whatever the counts', () => {
	let seed = 7;
	const draw = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
	const safe = ([count = 0]: readonly number[]) => count === 0 || count >= 5;
	const halves = ['2024-1', '2024-2', '2025-1', '2025-2', '2026-1', '2026-2'];
	for (let round = 0; round < 300; round++) {
		const counts = halves.map(() => draw(12));
		const shown = showable(new Map(halves.map((half, index) => [half, [counts[index]!]])), safe);
		/** As bits, one a half year. */
		const open = [...shown].map((period) =>
			halves.reduce(
				(bits, half, index) =>
					period === null || half.startsWith(period) ? bits | (1 << index) : bits,
				0
			)
		);
		const size = (bits: number) =>
			counts.reduce((all, count, index) => all + (bits & (1 << index) ? count : 0), 0);
		/**
		 * What is left of a shown period when any shown ones that lie in it and apart are taken away.
		 */
		const rests = (left: number, from: number): number[] => [
			left,
			...open.flatMap((bits, index) =>
				index >= from && (bits & left) === bits ? rests(left & ~bits, index + 1) : []
			)
		];
		const given = open.flatMap((whole) => rests(whole, 0)).filter((rest) => !safe([size(rest)]));
		expect(given, counts.join(' ')).toEqual([]);
	}
});

test('who applied when is reckoned back from their deadline, else it is the middle of the month', () => {
	expect(appliedOn({ replyDue: '2026-11-09', monthIn: '2026-10' }, 1)).toBe('2026-10-09');
	expect(appliedOn({ replyDue: null, monthIn: '2026-10' }, 1)).toBe('2026-10-15');
	// The municipality has changed the rule since.
	expect(appliedOn({ replyDue: '2026-11-09', monthIn: '2026-10' }, 2)).toBe('2026-10-15');
});

test('a deadline is missed when it was done later, or has not been done and has passed', () => {
	expect(missed('2026-11-09', '2026-11-09', '2026-11-23')).toBeNull();
	expect(missed('2026-11-23', null, '2026-11-23')).toBeNull();
	expect(missed('2026-11-09', '2026-11-12', '2026-11-23')).toEqual({
		due: '2026-11-09',
		days: 3,
		open: false
	});
	expect(missed('2026-11-09', null, '2026-11-23')).toMatchObject({ days: 14, open: true });
});
