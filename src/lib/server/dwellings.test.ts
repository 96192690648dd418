import { beforeEach, expect, test } from 'vitest';
import { caseId, chair, openCouncil, placeOf } from './chain/testing.ts';
import * as dwellings from './dwellings.ts';
import * as recusals from './recusals.ts';
import { actor, forumId, openDemo, person } from './testing.ts';

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
	expect(dwellings.list(actor(who), forumId('BR'), 'nn')).toEqual([]);
});
