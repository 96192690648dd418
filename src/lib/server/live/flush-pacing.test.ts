import { expect, test } from 'vitest';
import { Pace } from './flush-pacing.ts';

test('nobody waits after a light turn, nor before the first', () => {
	const pace = new Pace();
	expect(pace.left(100)).toBe(0);
	pace.worked(0.9, 100);
	expect(pace.left(100)).toBe(0);
});

test('a turn with much work is followed by a rest of three times what was beyond a millisecond', () => {
	const pace = new Pace();
	pace.worked(3, 100);
	expect(pace.left(100)).toBe(6);
	expect(pace.left(105)).toBe(1);
	expect(pace.left(107)).toBe(0);
});

test('no rest is longer than twenty milliseconds, and the last turn is what counts', () => {
	const pace = new Pace();
	pace.worked(500, 100);
	expect(pace.left(100)).toBe(20);
	pace.worked(0.5, 105);
	expect(pace.left(105)).toBe(0);
});
