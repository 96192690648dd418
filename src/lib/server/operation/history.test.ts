import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as meters from '#lib/server/live/meters.ts';
import * as history from './history.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => {
	history.end();
	vi.useRealTimers();
});

test('a sample is taken at once and then twice a minute, until it is told to stop', () => {
	const before = history.all().length;
	history.begin();
	expect(history.all()).toHaveLength(before + 1);
	vi.advanceTimersByTime(60_000);
	expect(history.all()).toHaveLength(before + 3);
	history.end();
	vi.advanceTimersByTime(60_000);
	expect(history.all()).toHaveLength(before + 3);
});

test('begun twice it counts once', () => {
	history.begin();
	history.begin();
	const before = history.all().length;
	vi.advanceTimersByTime(30_000);
	expect(history.all()).toHaveLength(before + 1);
});

test('each sample has the edits since the one before; those after the last are counted too', () => {
	history.take();
	meters.totals.edits += 3;
	history.take();
	expect(history.all().at(-1)).toMatchObject({ edits: 3, sockets: 0 });
	const sampled = history.edits();
	meters.totals.edits += 2;
	expect(history.edits()).toBe(sampled + 2);
});

test('an hour is kept, the oldest goes', () => {
	for (let index = 0; index < 130; index++) history.take();
	expect(history.all()).toHaveLength(120);
	const at = history.all().map((sample) => sample.at);
	expect(at).toEqual([...at].sort((a, b) => a - b));
});
