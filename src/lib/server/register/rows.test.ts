import { beforeEach, expect, test } from 'vitest';
import { decide } from '#lib/server/decision/testing.ts';
import * as forums from '#lib/server/forum/forums.ts';
import { actor, forumId, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import { entries } from './entries.ts';
import { rowsOf, rulingsOf } from './rows.ts';

beforeEach(openDemo);

const rows = (who: string, wanted = entries(actor(who), null)) => rowsOf(actor(who), wanted, 'nn');
const row = (who: string, code: string) => rows(who).find((one) => one.code === code)!;

test('come in the order in which they are asked for', () => {
	const wanted = entries(actor('P03'), 'recommendation').reverse();
	expect(rows('P03', wanted).map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
	expect(rows('P03', [])).toEqual([]);
});

test('one that was recommended says what, where and what became of it, with its rulings', () => {
	expect(row('P03', 'I-050')).toMatchObject({
		text: 'tildele B-108',
		case: { code: 'S-T6ZB', readable: true },
		hangs: 5,
		date: '2026-11-17',
		meeting: '21/26',
		review: null,
		item: { label: 'BR 68/26', title: 'Tildeling av omsorgsbustad' },
		became: [{ text: expect.stringContaining('5 dagar'), link: { label: 'V-099' } }]
	});
});

test('who rules knows where it was made, not what the council called it', () => {
	expect(row('P02', 'I-050').item).toEqual({ label: 'BR 68/26', title: '', href: null });
	expect(row('P02', 'I-050').href).toBe('/cases/S-T6ZB');
});

test('a decision says when it is to be looked at again', () => {
	const code = decide({ item: itemOf('S-K6YJ'), reviewOn: '2027-01-20' });
	expect(row('P03', code)).toMatchObject({
		kind: 'decision',
		case: { code: 'S-K6YJ' },
		became: [],
		followed: null,
		review: { reviewOn: '2027-01-20', toReview: false, reviewedIn: null }
	});
});

test('what somebody may no longer see is left out, whatever was wanted', () => {
	decide({ item: itemOf('S-K6YJ') });
	const wanted = entries(actor('P05'), null);
	expect(rows('P05', wanted)).toHaveLength(wanted.length);
	forums.removeMember(actor('P03'), forumId('BR'), person('P05').id);
	expect(rows('P05', wanted)).toEqual([]);
});

test('the rulings are by recommendation, those only that may be read', () => {
	const ids = entries(actor('P03'), 'recommendation').map(({ id }) => id);
	const found = rulingsOf(actor('P03'), ids, 'nn');
	const codes = [...found.values()].flat().map(({ code }) => code);
	expect(codes).toEqual(expect.arrayContaining(['V-095', 'V-096']));
	expect(rulingsOf(actor('P11'), ids, 'nn').size).toBe(0);
});
