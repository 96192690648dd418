import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { decision } from '#lib/server/db/schema/decision.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { actor, boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as reviews from './reviews.ts';
import * as rows from './rows.ts';
import { decide, ordinary } from './testing.ts';

beforeEach(openDemo);

const rowOf = (code: string) => rows.query().where(eq(decision.code, code)).get()!;
const seen = (who: string, code: string) => rows.views(actor(who), [rowOf(code)])[0]!;

test('says where it was made and by whom, with ways there for those who may go', () => {
	const view = seen('P05', decide({ item: itemOf('S-K6YJ') }));
	expect(view).toMatchObject({
		href: '/decisions/BR-A1-26',
		by: person('P03').name,
		reviewedIn: null,
		actions: [],
		item: {
			label: 'BR 76/26',
			href: `/meetings/${boardMeeting('22/26')}/${itemOf('S-K6YJ')}`
		},
		case: { code: 'S-K6YJ', readable: true }
	});
});

test('who came to the one item only, sees it there and has no way further', () => {
	const code = decide({ item: ordinary() });
	const call = { deputy: person('P13').id, for: null, item: itemOf('S-K6YJ') };
	attendances.callDeputy(actor('P03'), boardMeeting('22/26'), call);
	expect(seen('P13', code)).toMatchObject({ href: null });
	expect(seen('P11', code)).toMatchObject({ href: null, item: { href: null } });
});

test('an item without a number is called by its meeting', () => {
	expect(seen('P03', decide({ item: ordinary() })).item.label).toContain('22/26');
});

test('is to be looked at again from its day on, until an agenda has it back', () => {
	const code = decide({ reviewOn: '2027-06-10' });
	expect(seen('P03', code).toReview).toBe(false);
	clock.set(Date.parse('2027-06-10T08:00:00Z'));
	expect(seen('P03', code).toReview).toBe(true);
	reviews.mark(rowOf(code).decision.id, itemOf('S-K6YJ'), null);
	expect(seen('P03', code)).toMatchObject({
		toReview: false,
		reviewedIn: {
			label: 'BR 76/26',
			href: `/meetings/${boardMeeting('22/26')}/${itemOf('S-K6YJ')}`
		}
	});
	expect(seen('P11', code).reviewedIn).toEqual({ label: 'BR 76/26', href: null });
});
