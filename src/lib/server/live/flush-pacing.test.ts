import { expect, test } from 'vitest';
import { FlushPacing } from './flush-pacing.ts';

test('nobody waits after a light turn, nor before the first', () => {
	const pacing = new FlushPacing();
	expect(pacing.left(100)).toBe(0);
	pacing.worked(0.9, 100);
	expect(pacing.left(100)).toBe(0);
});

test('a turn with much work is followed by a rest of three times what was beyond a millisecond', () => {
	const pacing = new FlushPacing();
	pacing.worked(3, 100);
	expect(pacing.left(100)).toBe(6);
	expect(pacing.left(105)).toBe(1);
	expect(pacing.left(107)).toBe(0);
});

test('no rest is longer than twenty milliseconds, and the last turn is what counts', () => {
	const pacing = new FlushPacing();
	pacing.worked(500, 100);
	expect(pacing.left(100)).toBe(20);
	pacing.worked(0.5, 105);
	expect(pacing.left(105)).toBe(0);
});
