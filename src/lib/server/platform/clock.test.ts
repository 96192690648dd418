import { afterEach, expect, test, vi } from 'vitest';
import * as clock from './clock.ts';

afterEach(() => clock.set(Date.now()));

const moment = (text: string) => Date.parse(text);

test('the clock can be set, and goes on from there', () => {
	vi.useFakeTimers();
	try {
		clock.set(moment('2026-11-23T08:00:00Z'));
		vi.advanceTimersByTime(1500);
		expect(clock.now()).toBe(moment('2026-11-23T08:00:01.500Z'));
	} finally {
		vi.useRealTimers();
	}
});

test('something can be done as if it were another moment, and afterwards it is now again', () => {
	clock.set(moment('2026-11-23T08:00:00Z'));
	expect(clock.at(moment('2020-02-02T12:00:00Z'), clock.today)).toBe('2020-02-02');
	expect(clock.today()).toBe('2026-11-23');
	const failing = () => {
		throw new Error('no');
	};
	expect(() => clock.at(moment('2020-02-02T12:00:00Z'), failing)).toThrow('no');
	expect(clock.today()).toBe('2026-11-23');
});

test.each([
	['2026-01-01T22:59:59Z', '2026-01-01'],
	['2026-01-01T23:00:00Z', '2026-01-02'],
	['2026-07-01T21:59:59Z', '2026-07-01'],
	['2026-07-01T22:00:00Z', '2026-07-02']
])('at %s the date in Norway is %s', (at, date) => {
	expect(clock.dateOf(moment(at))).toBe(date);
});

test('dates that were asked for before are right for neighbours, zone by zone', () => {
	const at = moment('2026-07-01T18:14:59Z');
	expect(clock.dateIn('Asia/Kathmandu', at)).toBe('2026-07-01');
	expect(clock.dateIn('Asia/Kathmandu', at + 1000)).toBe('2026-07-02');
	expect(clock.dateIn('Europe/Oslo', at + 1000)).toBe('2026-07-01');
});

test('the time of day is that of the zone', () => {
	const at = moment('2026-07-01T08:05:00Z');
	expect(clock.timeIn('Europe/Oslo', at)).toBe('10:05');
	expect(clock.timeIn('UTC', at)).toBe('08:05');
});

test.each([
	['2026-01-15', '2026-01-14T23:00:00Z'],
	['2026-07-15', '2026-07-14T22:00:00Z'],
	// The days on which the clocks change begin by the old time.
	['2026-03-29', '2026-03-28T23:00:00Z'],
	['2026-10-25', '2026-10-24T22:00:00Z'],
	['2026-10-26', '2026-10-25T23:00:00Z']
])('%s begins in Norway at %s', (date, begins) => {
	expect(clock.startOf(date)).toBe(moment(begins));
});
