import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RateLimit } from './rate-limit.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

test('after a rest so much can be done at once, and no more', () => {
	const rateLimit = new RateLimit(10, 3);
	expect([1, 1, 1, 1].map((amount) => rateLimit.take(amount))).toEqual([true, true, true, false]);
});

test('it fills with time, as fast as the rate and never over the brim', () => {
	const rateLimit = new RateLimit(10, 3);
	rateLimit.take(3);
	vi.advanceTimersByTime(99);
	expect(rateLimit.take(1)).toBe(false);
	vi.advanceTimersByTime(1);
	expect(rateLimit.take(1)).toBe(true);
	vi.advanceTimersByTime(3_600_000);
	expect([rateLimit.take(3), rateLimit.take(1)]).toEqual([true, false]);
});

test('what is refused takes nothing out', () => {
	const rateLimit = new RateLimit(1, 5);
	expect(rateLimit.take(6)).toBe(false);
	expect(rateLimit.take(5)).toBe(true);
});
