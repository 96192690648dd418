import { beforeEach, expect, test } from 'vitest';
import { talkStepsFrom } from '#lib/domain/talk.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import { actor, boardMeeting } from '#lib/server/start/testing.ts';
import * as rights from './rights.ts';
import { day, itemAt, openDay, placed, proposed, setMeeting, step } from './testing.ts';

beforeEach(openDay);

const found = (id: string) => rights.find(id)!;
const access = (who: string, id: string) => rights.accessTo(actor(who), found(id));
const steps = (who: string, id: string) => rights.stepsOf(actor(who), found(id), false);

test('a talk comes with its day; what may not be read does not exist', () => {
	const id = proposed();
	expect(found(id).meeting.id).toBe(day());
	expect(rights.find('none')).toBeNull();
	expect(rights.readable(actor('P09'), id).row.id).toBe(id);
	for (const who of ['P01', 'P22', 'P99'])
		expect(() => rights.readable(actor(who), id)).toThrow('not_found');
});

test('talks are offered on a day, by who may, while it can be changed', () => {
	const propose = (who: string, id = day()) => rights.mayPropose(actor(who), meetings.find(id)!);
	expect([propose('P20'), propose('P01'), propose('P09')]).toEqual([true, true, true]);
	expect(propose('P03', boardMeeting('22/26'))).toBe(false);
	setMeeting('locked');
	expect(propose('P20')).toBe(false);
});

test('the speaker writes while it is under way, the hosts read, others neither', () => {
	const id = proposed();
	expect([access('P20', id), access('P09', id), access('P01', id)]).toEqual([
		'write',
		'read',
		null
	]);
	step('P09', id, 'decline');
	expect(access('P20', id)).toBe('read');
	const other = proposed('Eit anna');
	setMeeting('locked');
	expect(access('P20', other)).toBe('read');
});

test('who can take which step follows from who they are to it; on a day that is over nobody can', () => {
	const id = proposed();
	const from = { status: 'proposed', hasSlot: false } as const;
	expect(steps('P20', id)).toEqual(talkStepsFrom(from, { host: false, speaker: true }));
	expect(steps('P09', id)).toEqual(talkStepsFrom(from, { host: true, speaker: false }));
	expect(steps('P01', id)).toEqual([]);
	setMeeting('locked');
	expect([steps('P20', id), steps('P09', id)]).toEqual([[], []]);
});

test('it has a slot while its item stands in the programme', () => {
	const id = proposed();
	expect(rights.hasSlot(found(id))).toBe(false);
	const other = placed(1);
	expect(rights.hasSlot(found(other))).toBe(true);
	expect(rights.programme(day()).map((item) => item.id)).toContain(itemAt(2));
	expect(itemAt(2)).toBe(found(other).row.itemId);
});
