import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

test('nobody waits after a light turn, nor before the first', () => {
	const pace = new Pace();
	expect(pace.left(100)).toBe(0);
	pace.worked(0.9, 100);
	expect(pace.left(100)).toBe(0);
});

test('a turn with much work is followed by a rest of twice what was beyond a millisecond', () => {
	const pace = new Pace();
	pace.worked(3, 100);
	expect(pace.left(100)).toBe(4);
	expect(pace.left(103)).toBe(1);
	expect(pace.left(105)).toBe(0);
});

test('no rest is longer than ten milliseconds, and the last turn is what counts', () => {
	const pace = new Pace();
	pace.worked(500, 100);
	expect(pace.left(100)).toBe(10);
	pace.worked(0.5, 105);
	expect(pace.left(105)).toBe(0);
});
