import { beforeEach, describe, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import { chainOf } from '#lib/server/meeting-page/cases.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as recusals from '#lib/server/recommendation/recusals.ts';
import {
	caseId,
	chair,
	openCouncil,
	placeOf,
	ruler
} from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, councilMeeting, forumId, openDemo, person } from '#lib/server/start/testing.ts';
import * as dwellings from './dwellings.ts';

beforeEach(openDemo);

/** B-114 is kept for S-N9CL, which was sent back. */
const seen = (who = 'P03') =>
	dwellings.list(actor(who), forumId('BR'), 'nn').find(({ code }) => code === 'B-114');

test('the council sees for which case a dwelling is kept, so that it can be proposed for that again', () => {
	expect(seen()).toMatchObject({ reserved: true, keptFor: caseId('S-N9CL') });
	const free = dwellings.list(chair(), forumId('BR'), 'nn').find(({ code }) => code === 'B-103');
	expect(free).toMatchObject({ reserved: false, keptFor: null });
});

test('who is disqualified from that case sees that it is kept, and no more', () => {
	recusals.raise(actor('P08'), openCouncil(), {
		...{ item: placeOf('S-N9CL').id, person: person('P08').id, reason: 'family' }
	});
	expect(seen('P08')).toMatchObject({ reserved: true, keptFor: null });
});

test.each(['P02', 'P11', 'P13'])('for %s there are none', (who) => {
	const council = meetings.find(openCouncil())!;
	expect(dwellings.list(actor(who), forumId('BR'), 'nn', council)).toEqual([]);
});

describe('a deputy', () => {
	const call = (meeting: string, item: string | null) =>
		attendances.callDeputy(chair(), meeting, { deputy: person('P13').id, for: null, item });
	const given = (meeting: string) =>
		chainOf(actor('P13'), meetings.find(meeting)!, 'nn')!.lists?.dwellings.length ?? null;

	test.each([
		['one of its cases', () => placeOf('S-K6YJ').id],
		['the whole meeting', () => null]
	])('who is called to %s has them there, and nowhere else', (_, item) => {
		const council = openCouncil();
		expect(given(council)).toBeNull();
		call(council, item());
		expect(given(council)).toBeGreaterThan(5);
		expect(given(councilMeeting('23/26'))).toBeNull();
		expect(dwellings.list(actor('P13'), forumId('BR'), 'nn')).toEqual([]);
		expect(dwellings.list(actor('P13'), forumId('OBG'), 'nn')).toEqual([]);
	});

	test('who is called to an item without a case has none', () => {
		const council = openCouncil();
		const [plain] = agendas.write(
			council,
			[{ title: 'Budsjett', kind: 'discussion', minutes: 5, responsible: null }],
			null
		);
		rooms.flush();
		call(council, plain!);
		expect(given(council)).toBeNull();
	});
});

test('where there are no dwellings the council recommends, and asks who is impartial, all the same', () => {
	const council = meetings.find(openCouncil())!;
	sqlite().exec('PRAGMA foreign_keys = OFF; DELETE FROM dwelling');
	expect(chainOf(chair(), council, 'nn')!.lists).toMatchObject({
		dwellings: [],
		outcomes: expect.arrayContaining([expect.objectContaining({ code: 'put_off' })]),
		recusalReasons: expect.arrayContaining([expect.objectContaining({ code: 'family' })])
	});
	expect(chainOf(ruler(), council, 'nn')!.lists).toBeNull();
});
