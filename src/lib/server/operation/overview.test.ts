import { beforeEach, expect, test } from 'vitest';
import { Close } from '#lib/domain/wire.ts';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import * as meters from '#lib/server/live/meters.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as overview from './overview.ts';

beforeEach(() => {
	openTestDatabase();
	for (const administrator of [true, false])
		people.add({
			id: administrator ? 'administrator' : 'somebody',
			code: administrator ? 'P1' : 'P2',
			name: 'Prøve',
			title: 'Prøve',
			administrator
		});
	meters.closings.clear();
	meters.turnedAway.clear();
});

const seen = () => overview.of(people.actor('administrator')!);

test('is for whoever looks after the server; for everybody else it does not exist', () => {
	expect(seen().documents).toBe(0);
	expect(() => overview.of(people.actor('somebody')!)).toThrow('not_found');
});

test('counts the sockets that were closed by their codes, and who was turned away', () => {
	meters.add(meters.closings, Close.tooFast);
	meters.add(meters.closings, Close.tooFast);
	meters.add(meters.closings, Close.rightLost);
	meters.add(meters.turnedAway, 403);
	const { closings, foreign, full } = seen();
	expect(closings).toHaveLength(2);
	expect(closings).toEqual(
		expect.arrayContaining([
			{ code: Close.tooFast, count: 2 },
			{ code: Close.rightLost, count: 1 }
		])
	);
	expect([foreign, full]).toEqual([1, 0]);
});

test('where no mail goes out there is nothing to tell of it', () => {
	expect(seen().mail).toBeNull();
});

test('half of all, and 99 of 100, took at most so long', () => {
	const before = meters.acks.count;
	for (let index = 0; index < 1000; index++) meters.acks.observe(0.002);
	expect(seen().acks).toEqual({
		count: before + 1000,
		half: meters.acks.within(0.5),
		most: meters.acks.within(0.99)
	});
	expect(seen().acks.half).toBe(0.0025);
});
