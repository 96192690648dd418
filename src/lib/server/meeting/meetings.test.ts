import { beforeEach, expect, test } from 'vitest';
import * as setup from '#lib/server/demo/setup.ts';
import { actor, boardMeeting, itemOf, openDemo } from '#lib/server/start/testing.ts';
import * as meetings from './meetings.ts';

beforeEach(openDemo);

const next = () => boardMeeting('22/26');
const names = (rows: meetings.Meeting[]) => rows.map((row) => `${row.forumCode} ${row.number}`);

test('a meeting comes with what its name and its rights need of the forum', () => {
	expect(meetings.find(next())).toMatchObject({
		number: '22/26',
		forumCode: 'BR',
		forumKind: 'council',
		handlesCases: true
	});
	expect(meetings.find('none')).toBeNull();
});

test('what somebody may not read does not exist for them', () => {
	expect(meetings.read(actor('P05'), next()).id).toBe(next());
	for (const who of ['P11', 'P13', 'P20'])
		expect(() => meetings.read(actor(who), next())).toThrow('not_found');
	expect(() => meetings.read(actor('P03'), 'none')).toThrow('not_found');
});

test('who may not write is told why', () => {
	const write = (who: string) => meetings.readToWrite(actor(who), next());
	expect(write('P05').id).toBe(next());
	expect(() => write('P11')).toThrow('not_found');
	setup.setMeetingStatus(next(), 'review');
	expect(() => write('P05')).toThrow('not_allowed');
	setup.setMeetingStatus(next(), 'locked');
	expect(() => write('P03')).toThrow('meeting_locked');
});

test('coming meetings are those that this person reads, the next first, no more than asked for', () => {
	expect(names(meetings.coming(actor('P03'), 3))).toEqual(['BR 22/26', 'BSF 2/26', 'OBG 2/26']);
	expect(names(meetings.coming(actor('P11'), 2))).toEqual(['BSF 2/26', 'OBG 2/26']);
	setup.setMeetingStatus(next(), 'cancelled');
	expect(names(meetings.coming(actor('P03'), 1))).toEqual(['BSF 2/26']);
});

test('for reading back the latest stand first, those to come among them', () => {
	const all = meetings.latest(actor('P03'), 50);
	const dates = all.map((row) => row.date);
	expect(dates).toEqual([...dates].sort().reverse());
	expect(names(all)).toContain('BR 19/26');
	expect(names(meetings.latest(actor('P11'), 50))).not.toContain('BR 19/26');
	expect(meetings.latest(actor('P03'), 2)).toHaveLength(2);
});

test('the items under which cases and urgent decisions are put are the meeting’s own', () => {
	const [one, other] = [itemOf('S-K6YJ'), itemOf('S-G5MQ')];
	meetings.putCasesUnder(next(), one);
	meetings.tellUrgentUnder(next(), other);
	expect(meetings.find(next())).toMatchObject({ casesUnderId: one, urgentUnderId: other });
	expect(meetings.find(boardMeeting('23/26'))!.casesUnderId).not.toBe(one);
});
