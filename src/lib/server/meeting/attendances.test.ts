import { beforeEach, describe, expect, test } from 'vitest';
import { useTrail } from '#lib/server/audit/testing.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { expectRefused } from '#lib/server/db/testing.ts';
import * as setup from '#lib/server/demo/setup.ts';
import {
	actor,
	boardMeeting,
	forumId,
	itemOf,
	openDemo,
	person
} from '#lib/server/start/testing.ts';
import * as attendances from './attendances.ts';

useTrail();
beforeEach(openDemo);

const next = () => boardMeeting('22/26');
const id = (code: string) => person(code).id;
const seen = (who = 'P03') => attendances.of(actor(who), next());
const lastNoted = () =>
	sqlite()
		.prepare('SELECT person, deed AS verb, thing AS subject FROM audit ORDER BY seq DESC')
		.get();

type Status = Parameters<typeof attendances.set>[2]['status'];
const set = (who: string, about: string, status: Status, item: string | null = null) =>
	attendances.set(actor(who), next(), { person: id(about), item, status });

describe('who is there', () => {
	test('is said by those who lead the meeting, can be changed and taken back, and is noted', () => {
		const statusOf = (code: string) =>
			seen().attendees.find((one) => one.person === id(code))!.status;
		expect(statusOf('P05')).toBeNull();
		set('P04', 'P05', 'present');
		expect(lastNoted()).toEqual({
			person: id('P04'),
			verb: 'meeting.attendance',
			subject: `meeting:${next()}`
		});
		set('P03', 'P05', 'absent');
		expect(statusOf('P05')).toBe('absent');
		set('P03', 'P05', null);
		expect(statusOf('P05')).toBeNull();
	});

	test('makes the quorum: four, those who come late among them', () => {
		for (const code of ['P03', 'P04', 'P05']) set('P03', code, 'present');
		set('P03', 'P06', 'absent');
		expect(seen().quorum).toEqual({ needed: 4, present: 3, met: false });
		set('P03', 'P06', 'late');
		expect(seen().quorum).toEqual({ needed: 4, present: 4, met: true });
	});

	test('is refused by name, and then nothing changes', () => {
		expectRefused(() => set('P05', 'P06', 'present'), 'not_allowed');
		expectRefused(() => set('P11', 'P06', 'present'), 'not_found');
		expectRefused(() => set('P03', 'P11', 'present'), 'unknown_person');
		expectRefused(() => set('P03', 'P06', 'absent', 'none'), 'not_found');
		setup.setMeetingStatus(next(), 'locked');
		expectRefused(() => set('P03', 'P06', 'present'), 'meeting_locked');
	});

	test('at one item is told to nobody who may not read it', () => {
		const [own, other] = [itemOf('S-K6YJ'), itemOf('S-G5MQ')];
		set('P03', 'P08', 'absent', other);
		attendances.appoint(actor('P03'), next(), { person: id('P05'), role: 'chair', item: other });
		attendances.callDeputy(actor('P03'), next(), { deputy: id('P13'), for: null, item: own });
		expect(seen().away).toMatchObject([{ item: other, person: id('P08') }]);
		expect(seen().leaders).toMatchObject([{ item: other, role: 'chair', person: id('P05') }]);
		expect(seen('P13')).toMatchObject({ away: [], leaders: [] });
		expect(seen('P13').deputies).toMatchObject([{ person: id('P13'), item: own }]);
	});
});

describe('a deputy', () => {
	const call = (who: string, deputy: string, item: string | null = null) =>
		attendances.callDeputy(actor(who), next(), { deputy: id(deputy), for: null, item });
	const standing = () => seen().deputies.map((one) => one.id);

	test('who is called to the meeting comes for the one whose deputy they are, and takes part', () => {
		call('P03', 'P13');
		expect(seen().deputies).toMatchObject([
			{ person: id('P13'), for: person('P08').name, item: null, subordinate: true }
		]);
		expect(seen().attendees.at(-1)).toMatchObject({ person: id('P13'), deputy: true });
		expect(actor('P13').calls).toMatchObject([{ meeting: next(), item: null }]);
		expect(lastNoted()).toMatchObject({ person: id('P03'), verb: 'meeting.deputy_called' });
	});

	test('gets a letter that calls them', () => {
		call('P03', 'P13');
		const called = sqlite().prepare("SELECT person, about FROM notice WHERE kind = 'call'").all();
		expect(called).toContainEqual({ person: id('P13'), about: next() });
	});

	test('sees nothing of it once the call is ended', () => {
		call('P03', 'P13');
		const [own] = standing();
		attendances.endCall(actor('P04'), next(), own!);
		expect(actor('P13').calls).toEqual([]);
		expect(standing()).toEqual([]);
		expectRefused(() => attendances.endCall(actor('P03'), next(), own!), 'already_done');
		expectRefused(() => attendances.endCall(actor('P03'), next(), 'none'), 'not_found');
	});

	test('is called once, only from the forum’s deputies, only by those who lead', () => {
		expectRefused(() => call('P05', 'P13'), 'not_allowed');
		expectRefused(() => call('P03', 'P05'), 'not_a_deputy');
		expectRefused(() => call('P03', 'P11'), 'not_a_deputy');
		call('P03', 'P13');
		expectRefused(() => call('P03', 'P13'), 'already_done');
		expectRefused(() => attendances.endCall(actor('P05'), next(), standing()[0]!), 'not_allowed');
	});

	test('is not called to a case that is closed to them', () => {
		const columns = 'item, raised_by, at, reason, law, by_rule, status';
		sqlite()
			.prepare(
				`INSERT INTO recusal (id, case_id, person, ${columns})
					SELECT 'other', (SELECT case_id FROM agenda_item WHERE id = ?), ?, ${columns} FROM recusal`
			)
			.run(itemOf('S-K6YJ'), id('P13'));
		expectRefused(() => call('P03', 'P13', itemOf('S-K6YJ')), 'closed_to_them');
		sqlite().exec("DELETE FROM recusal WHERE id = 'other'");
		call('P03', 'P13', itemOf('S-K6YJ'));
	});

	test('is not called to a case on which they rule', () => {
		setup.setRuler(forumId('BR'), id('P13'));
		expectRefused(() => call('P03', 'P13', itemOf('S-K6YJ')), 'deputy_rules');
		call('P03', 'P13');
	});
});

describe('who leads', () => {
	const appoint = (who: string, whom: string, role: 'chair' | 'secretary' = 'chair') =>
		attendances.appoint(actor(who), next(), { person: id(whom), role, item: null });

	test('can be said by anybody who takes part; there is one at a time', () => {
		appoint('P05', 'P06');
		appoint('P05', 'P07');
		expect(seen().leaders).toMatchObject([{ person: id('P07'), role: 'chair', item: null }]);
		expect(actor('P07').acting).toMatchObject([{ meeting: next(), item: null, role: 'chair' }]);
		expect(lastNoted()).toMatchObject({ person: id('P05'), verb: 'meeting.appoint.chair' });
		set('P07', 'P05', 'present');
	});

	test('is refused to those outside, of those outside, and once it is locked', () => {
		expectRefused(() => appoint('P11', 'P05'), 'not_found');
		expectRefused(() => appoint('P05', 'P11'), 'unknown_person');
		setup.setMeetingStatus(next(), 'locked');
		expectRefused(() => appoint('P05', 'P06'), 'meeting_locked');
	});
});

test.each([
	['who leads a team and who leads the unit above it', 'P13', 'P08', true],
	['who works in a team and its leader', 'P21', 'P13', true],
	['who works in a team and the leader two steps above', 'P21', 'P08', false],
	['a leader and themself', 'P08', 'P08', false],
	['leaders of two units', 'P05', 'P08', false]
])('%s: reports to is %s → %s, %s', (_, one, leader, expected) => {
	expect(attendances.reportsTo(id(one), id(leader))).toBe(expected);
});

/* There is one row of each: what is said twice says the same, or something else instead. */

const chair = () => actor('P03');
const rowsOf = (table: string) =>
	sqlite().prepare(`SELECT person, item FROM ${table} WHERE meeting = ?`).all(next());

describe('said twice', () => {
	test.each([
		['of the meeting', () => null],
		['of an item', () => itemOf('S-G5MQ')]
	])('somebody is there once: %s', (_, at) => {
		const one = { person: person('P05').id, item: at() };
		attendances.set(chair(), next(), { ...one, status: 'present' });
		attendances.set(chair(), next(), { ...one, status: 'absent' });
		expect(rowsOf('attendance')).toEqual([one]);
	});

	test.each([
		['of the meeting', () => null],
		['of an item', () => itemOf('S-G5MQ')]
	])('somebody leads once: %s', (_, at) => {
		const one = { person: person('P05').id, item: at() };
		attendances.appoint(chair(), next(), { ...one, role: 'chair' });
		attendances.appoint(chair(), next(), { ...one, role: 'chair' });
		expect(rowsOf('meeting_role')).toEqual([one]);
	});

	test('a deputy is called again once the call has ended, and not before', () => {
		const called = { deputy: person('P13').id, for: null, item: null };
		attendances.callDeputy(chair(), next(), called);
		expect(() => attendances.callDeputy(chair(), next(), called)).toThrow('already_done');
		const [call] = attendances.of(chair(), next()).deputies;
		attendances.endCall(chair(), next(), call!.id);
		attendances.callDeputy(chair(), next(), called);
		expect(attendances.of(chair(), next()).deputies).toHaveLength(1);
	});
});
