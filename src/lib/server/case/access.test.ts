import { beforeEach, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import { caseId } from '#lib/server/start/case-to-ruling/testing.ts';
import { forumId, openDemo, person } from '#lib/server/start/testing.ts';
import * as caseAccess from './access.ts';

beforeEach(openDemo);

/* In the story P08 is disqualified from S-V8RC, and P13 came in their place. */
const closed = () => caseId('S-V8RC');
const id = (code: string) => person(code).id;
const unitOf = (code: string) => person(code).unitId!;
const toPerson = (code: string) => ({ personId: id(code), unitId: null });
const toUnitOf = (code: string) => ({ personId: null, unitId: unitOf(code) });

test('work goes neither to one to whom the case is closed, nor to a unit that they lead', () => {
	for (const to of [toPerson('P08'), toUnitOf('P08')])
		expect(() => caseAccess.assertOpen(closed(), to, 'responsible')).toThrow(
			expect.objectContaining({ reason: 'closed_to_them', place: { field: 'responsible' } })
		);
});

test('it goes to others, to them about other cases, and about no case to anybody', () => {
	caseAccess.assertOpen(closed(), toPerson('P05'), 'responsible');
	caseAccess.assertOpen(closed(), toUnitOf('P05'), 'responsible');
	caseAccess.assertOpen(closed(), { personId: null, unitId: null }, 'responsible');
	caseAccess.assertOpen(caseId('S-K6YJ'), toPerson('P08'), 'responsible');
	caseAccess.assertOpen(null, toPerson('P08'), 'responsible');
});

test('a case is closed while the question stands, and open once they are found impartial', () => {
	const set = (status: string) => sqlite().prepare('UPDATE recusal SET status = ?').run(status);
	set('impartial');
	caseAccess.assertOpen(closed(), toPerson('P08'), 'responsible');
	set('raised');
	expect(() => caseAccess.assertOpen(closed(), toPerson('P08'), 'responsible')).toThrow();
});

test('of units the leaders are named to whom it is closed', () => {
	const units = [unitOf('P08'), unitOf('P05')];
	expect(caseAccess.closedLeaders(closed(), units)).toEqual(new Map([[unitOf('P08'), id('P08')]]));
	expect(caseAccess.closedLeaders(caseId('S-K6YJ'), units).size).toBe(0);
});

test('in their place answers the deputy who came for them, else whoever leads the forum', () => {
	const standIn = () => caseAccess.standIn(closed(), forumId('BR'), id('P08'));
	expect(standIn()).toBe(id('P13'));
	sqlite().exec('UPDATE deputy_call SET ended_at = 1');
	expect(standIn()).toBe(id('P03'));
	expect(caseAccess.standIn(closed(), forumId('BR'), id('P03'))).toBe(id('P04'));
});
