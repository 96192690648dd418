import { expect, test } from 'vitest';
import { add, Histogram, LoopWatch, secondsSince } from './meters.ts';

const filled = (...seconds: number[]) => {
	const held = new Histogram([0.1, 1, 10]);
	for (const one of seconds) held.observe(one);
	return held;
};

test('each observation is counted in the first bucket whose bound it does not pass', () => {
	const held = filled(0.05, 0.1, 0.11, 10, 11);
	expect(held.counts).toEqual([2, 1, 1, 1]);
	expect(held.count).toBe(5);
	expect(held.sum).toBeCloseTo(21.26);
});

test('a share of all lies within a bound; beyond them all, and of none, nothing is known', () => {
	const held = filled(0.05, 0.5, 0.5, 20);
	expect([0.25, 0.5, 0.75, 0.99].map((share) => held.within(share))).toEqual([0.1, 1, 1, null]);
	expect(filled().within(0.5)).toBeNull();
});

test('a tally begins at nothing', () => {
	const tally = new Map<string, number>();
	for (const key of ['a', 'b', 'a']) add(tally, key);
	expect(tally).toEqual(
		new Map([
			['a', 2],
			['b', 1]
		])
	);
});

test('time is told in seconds', () => {
	const began = performance.now() - 2000;
	expect(secondsSince(began)).toBeGreaterThanOrEqual(2);
	expect(secondsSince(began)).toBeLessThan(1000);
});

test('a watch that has just begun has nothing to tell', () => {
	expect(new LoopWatch().take()).toEqual({ mean: 0, p99: 0, max: 0 });
});
