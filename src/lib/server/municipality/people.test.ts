import { beforeEach, describe, expect, test } from 'vitest';
import { expectRefused } from '#lib/server/db/testing.ts';
import * as setup from '#lib/server/demo/setup.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import { caseId } from '#lib/server/start/case-to-ruling/testing.ts';
import {
	actor,
	boardMeeting,
	forumId,
	itemOf,
	openDemo,
	person
} from '#lib/server/start/testing.ts';
import * as people from './people.ts';

beforeEach(openDemo);

describe('what somebody’s rights rest on', () => {
	test('is their roles, and the units that they lead', () => {
		expect(people.actor('none')).toBeNull();
		expect(actor('P03')).toMatchObject({
			id: person('P03').id,
			outside: false,
			administrator: false,
			roles: { [forumId('BR')]: 'chair', [forumId('OBG')]: 'member' },
			leads: expect.arrayContaining([person('P03').unitId])
		});
		expect(actor('P20')).toMatchObject({ outside: true });
		expect(actor('P23')).toMatchObject({ administrator: true, leads: [] });
	});

	test('is a call, with the cases that it opens, until the meeting is locked', () => {
		const meeting = boardMeeting('22/26');
		const item = itemOf('S-K6YJ');
		const call = { deputy: person('P13').id, for: null, item };
		attendances.callDeputy(actor('P03'), meeting, call);
		expect(actor('P13').calls).toEqual([{ meeting, item, cases: [caseId('S-K6YJ')] }]);
		setup.setMeetingStatus(meeting, 'locked');
		expect(actor('P13').calls).toEqual([]);
	});

	test('is what they rule on and decide between meetings, and what is closed to them', () => {
		expect(actor('P02').rules).toEqual([forumId('BR')]);
		expect(actor('P02').sent.has(caseId('S-T6ZB'))).toBe(true);
		expect(actor('P02').sent.has(caseId('S-G5MQ'))).toBe(false);
		expect(actor('P03')).toMatchObject({ rules: [], urges: [forumId('BR')] });
		expect(actor('P03').sent.size).toBe(0);
		expect([...actor('P08').recused]).toEqual([caseId('S-V8RC')]);
	});
});

test('people are looked up by those who may, and by nobody else', () => {
	expect(people.directory(actor('P21')).length).toBe(23);
	expect(people.directory(actor('P20'))).toEqual([]);
	const names = people.everybody().map((one) => one.name);
	expect(names).toEqual([...names].sort());
	expect(people.labelled([person('P05').id, 'none'])).toMatchObject([
		{ id: person('P05').id, name: person('P05').name, unit: 'Nav Sunnøy' }
	]);
	expect(people.names().get(person('P05').id)).toBe(person('P05').name);
});

test('a language that was chosen is the person’s own', () => {
	const before = person('P06').language;
	people.chooseLanguage(person('P05').id, 'en');
	expect([person('P05').language, person('P06').language]).toEqual(['en', before]);
	expect(people.findByCode('P99')).toBeNull();
});

test('an id is refused that is nobody’s, or somebody’s from outside where only our own can be meant', () => {
	const guest = person('P20').id;
	people.assertKnown(guest, 'person');
	people.assertInside(person('P05').id, 'person');
	expectRefused(() => people.assertInside(guest, 'person'), 'unknown_person');
	expectRefused(() => people.assertInside('none', 'person'), 'unknown_person');
	expectRefused(() => people.assertKnown('none', 'who'), 'unknown_person');
	expect(() => people.assertKnown('none', 'who')).toThrow(
		expect.objectContaining({ place: { field: 'who' } })
	);
});
