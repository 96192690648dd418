import { expect, test } from 'vitest';
import { shiftDate, shiftMonth } from './dates.ts';

test('on the story’s own Monday nothing moves', () => {
	expect(shiftDate('2026-12-01', '2026-11-23')).toBe('2026-12-01');
	expect(shiftMonth('2026-09', '2026-11-23')).toBe('2026-09');
});

test('later in the same week nothing moves either', () => {
	expect(shiftDate('2026-12-01', '2026-11-29')).toBe('2026-12-01');
});

test('the meeting is on the Tuesday of next week, whenever the demo is opened', () => {
	expect(shiftDate('2026-12-01', '2027-03-03')).toBe('2027-03-09');
	expect(shiftDate('2026-12-01', '2026-11-22')).toBe('2026-11-24');
});

test('months move by months, across the year', () => {
	expect(shiftMonth('2026-09', '2027-03-03')).toBe('2027-01');
	expect(shiftMonth('2026-05', '2025-12-31')).toBe('2025-06');
});
