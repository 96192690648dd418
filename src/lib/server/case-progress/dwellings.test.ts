import { beforeEach, describe, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import { caseHandlingOf } from '#lib/server/meeting-page/cases.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as recusals from '#lib/server/recommendation/recusals.ts';
import {
	caseId,
	chair,
	openBoard,
	placeOf,
	ruler
} from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, forumId, openDemo, person } from '#lib/server/start/testing.ts';
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
	recusals.raise(actor('P08'), openBoard(), {
		item: placeOf('S-N9CL').id,
		person: person('P08').id,
		reason: 'family'
	});
	expect(seen('P08')).toMatchObject({ reserved: true, keptFor: null });
});

test.each(['P02', 'P11', 'P13'])('for %s there are none', (who) => {
	const board = meetings.find(openBoard())!;
	expect(dwellings.list(actor(who), forumId('BR'), 'nn', board)).toEqual([]);
});

describe('a deputy', () => {
	const call = (meeting: string, item: string | null) =>
		attendances.callDeputy(chair(), meeting, { deputy: person('P13').id, for: null, item });
	const given = (meeting: string) =>
		caseHandlingOf(actor('P13'), meetings.find(meeting)!, 'nn')!.lists?.dwellings.length ?? null;

	test.each([
		['one of its cases', () => placeOf('S-K6YJ').id],
		['the whole meeting', () => null]
	])('who is called to %s has them there, and nowhere else', (_, item) => {
		const board = openBoard();
		expect(given(board)).toBeNull();
		call(board, item());
		expect(given(board)).toBeGreaterThan(5);
		expect(given(boardMeeting('23/26'))).toBeNull();
		expect(dwellings.list(actor('P13'), forumId('BR'), 'nn')).toEqual([]);
		expect(dwellings.list(actor('P13'), forumId('OBG'), 'nn')).toEqual([]);
	});

	test('who is called to an item without a case has none', () => {
		const board = openBoard();
		const [plain] = agendas.write(
			board,
			[{ title: 'Budsjett', kind: 'discussion', minutes: 5, responsible: null }],
			null
		);
		rooms.flush();
		call(board, plain!);
		expect(given(board)).toBeNull();
	});
});

test('where there are no dwellings the council recommends, and asks who is impartial, all the same', () => {
	const board = meetings.find(openBoard())!;
	sqlite().exec('PRAGMA foreign_keys = OFF; DELETE FROM dwelling');
	expect(caseHandlingOf(chair(), board, 'nn')!.lists).toMatchObject({
		dwellings: [],
		outcomes: expect.arrayContaining([expect.objectContaining({ code: 'put_off' })]),
		recusalReasons: expect.arrayContaining([expect.objectContaining({ code: 'family' })])
	});
	expect(caseHandlingOf(ruler(), board, 'nn')!.lists).toBeNull();
});
