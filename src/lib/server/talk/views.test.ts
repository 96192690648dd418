import { beforeEach, describe, expect, test } from 'vitest';
import * as clock from '#lib/server/platform/clock.ts';
import { actor } from '#lib/server/start/testing.ts';
import * as talks from './talks.ts';
import { day, openDay, placed, proposed, step, write } from './testing.ts';
import * as views from './views.ts';

beforeEach(openDay);

describe('who sees which talks of a day', () => {
	test('its hosts all of them, others their own', () => {
		const id = proposed();
		const other = talks.propose(actor('P99'), day());
		const seenBy = (who: string) => views.ofMeeting(actor(who), day()).map((one) => one.id);
		expect(seenBy('P09')).toEqual([id, other]);
		expect(seenBy('P16')).toEqual([id, other]);
		expect(seenBy('P20')).toEqual([id]);
		expect(seenBy('P99')).toEqual([other]);
		expect(seenBy('P01')).toEqual([]);
		expect(views.ofSpeaker(actor('P20')).map((one) => one.id)).toEqual([id]);
		expect(views.awaiting(actor('P09')).map((one) => one.id)).toEqual([id, other]);
		expect(views.awaiting(actor('P20'))).toEqual([]);
	});

	test('the names of the hosts are for those who know the people here', () => {
		const id = proposed();
		step('P09', id, 'accept');
		const by = (who: string) =>
			views.read(actor(who), id).history.map(({ by, name }) => [by, name]);
		expect(by('P20')).toEqual([
			['speaker', null],
			['host', null]
		]);
		expect(by('P09')).toEqual([
			['speaker', 'Kristoffer Eksempelås'],
			['host', 'Gunnhild Øvingsås']
		]);
	});
});

describe('one talk', () => {
	test('does not exist for those whom it is no matter of', () => {
		const id = proposed();
		expect(views.read(actor('P20'), id)).toMatchObject({ own: true, hosted: false, writes: true });
		expect(views.read(actor('P09'), id)).toMatchObject({ own: false, hosted: true, writes: false });
		for (const who of ['P01', 'P22', 'P99'])
			expect(() => views.read(actor(who), id)).toThrow('not_found');
		expect(() => views.read(actor('P09'), 'none')).toThrow('not_found');
	});

	test('is of the speaker’s no more once it is withdrawn, and of the past once the day is over', () => {
		const id = proposed();
		const own = () => views.ofSpeaker(actor('P20')).map((one) => one.id);
		step('P20', id, 'withdraw');
		expect(own()).toEqual([]);
		const other = proposed('Eit anna');
		expect(own()).toEqual([other]);
		clock.set(Date.parse('2027-06-01T08:00:00Z'));
		expect(own()).toEqual([]);
	});

	test('tells the hosts, and nobody else, that its words are no longer those of the programme', () => {
		const id = placed();
		const changed = (who: string) => views.read(actor(who), id).changed;
		expect([changed('P09'), changed('P20')]).toEqual([false, false]);
		write(id, 'Heilt ny tittel');
		expect([changed('P09'), changed('P20')]).toEqual([true, false]);
	});
});
