import { expect, test } from 'vitest';
import { halfOf, isWithin, periodsOf } from './period.ts';

test('the year is halved between June and July', () => {
	expect(['2026-01-01', '2026-06-30', '2026-07-01', '2026-12-31'].map(halfOf)).toEqual([
		'2026-1',
		'2026-1',
		'2026-2',
		'2026-2'
	]);
});

test('a half year is within itself, its year, and all that there is', () => {
	const within = ['2026-1', '2026', null].map((period) => isWithin('2026-1', period));
	expect(within).toEqual([true, true, true]);
	const outside = ['2026-2', '2025', '2025-1'].map((period) => isWithin('2026-1', period));
	expect(outside).toEqual([false, false, false]);
});

test('periods are offered with the latest year first, and a year before its halves', () => {
	expect(periodsOf(['2025-2', '2026-1', '2026-2', '2026-1'])).toEqual([
		'2026',
		'2026-2',
		'2026-1',
		'2025',
		'2025-2'
	]);
});
