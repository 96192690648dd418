import { beforeEach, describe, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import { actor, boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as attendances from './attendances.ts';

beforeEach(openDemo);

/* There is one row of each: what is said twice says the same, or something else instead. */

const here = () => boardMeeting('22/26');
const chair = () => actor('P03');
const rows = (table: string) =>
	sqlite().prepare(`SELECT person, item FROM ${table} WHERE meeting = ?`).all(here());

describe('said twice', () => {
	test.each([
		['of the meeting', () => null],
		['of an item', () => itemOf('S-G5MQ')]
	])('somebody is there once: %s', (_, at) => {
		const one = { person: person('P05').id, item: at() };
		attendances.set(chair(), here(), { ...one, status: 'present' });
		attendances.set(chair(), here(), { ...one, status: 'absent' });
		expect(rows('attendance')).toEqual([one]);
	});

	test.each([
		['of the meeting', () => null],
		['of an item', () => itemOf('S-G5MQ')]
	])('somebody leads once: %s', (_, at) => {
		const one = { person: person('P05').id, item: at() };
		attendances.appoint(chair(), here(), { ...one, role: 'chair' });
		attendances.appoint(chair(), here(), { ...one, role: 'chair' });
		expect(rows('meeting_role')).toEqual([one]);
	});

	test('a deputy is called again once the call has ended, and not before', () => {
		const called = { deputy: person('P13').id, for: null, item: null };
		attendances.callDeputy(chair(), here(), called);
		expect(() => attendances.callDeputy(chair(), here(), called)).toThrow('already_done');
		const [call] = attendances.of(chair(), here()).deputies;
		attendances.endCall(chair(), here(), call!.id);
		attendances.callDeputy(chair(), here(), called);
		expect(attendances.of(chair(), here()).deputies).toHaveLength(1);
	});
});
