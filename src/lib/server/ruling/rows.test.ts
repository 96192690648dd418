import { beforeEach, describe, expect, test } from 'vitest';
import * as cases from '#lib/server/case/cases.ts';
import { expectRefused } from '#lib/server/db/testing.ts';
import { chair, member, ruler } from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, openDemo, person } from '#lib/server/start/testing.ts';
import * as rows from './rows.ts';

beforeEach(openDemo);

const seen = (code: string, as = chair()) => rows.read(as, code, 'nn').ruling;

describe('a ruling', () => {
	test('that waits says for how long, and what this person may do', () => {
		expect(seen('V-099', ruler())).toMatchObject({
			status: 'waiting',
			standing: 'waiting',
			waited: 5,
			stance: null,
			by: null,
			open: ['follow', 'depart', 'send_back'],
			notifies: false,
			starts: false,
			case: { code: 'S-T6ZB' },
			recommendation: { code: 'I-050' }
		});
		expect(seen('V-099').open).toEqual([]);
		expect(seen('V-099', member()).open).toEqual([]);
	});

	test('that was made says how, by whom, and for how many days it can be appealed', () => {
		expect(seen('V-097')).toMatchObject({
			status: 'ruled',
			stance: 'depart',
			result: 'granted',
			by: person('P02').name,
			standing: 'appeal_runs',
			appealUntil: '2026-11-27',
			daysLeft: 4,
			waited: null,
			reason: expect.stringContaining('husleigelova')
		});
		expect(seen('V-097').trackName).not.toBe(seen('V-097').track);
		expect(seen('V-097').body).not.toBe('');
	});

	test('that is appealed says when, and whether that was in time', () => {
		expect(seen('V-095')).toMatchObject({
			standing: 'appealed',
			appeal: { receivedOn: '2026-11-19', late: false }
		});
	});

	test('comes with its recommendation, its card and the other tracks', () => {
		const found = rows.read(chair(), 'v-095', 'nn');
		expect(found.recommendation.code).toBe('I-047');
		expect(found.card.code).toBe('S-X4GP');
		expect(found.others.map(({ code }) => code)).toEqual(['V-096']);
	});

	test('does not exist for those who may not read it', () => {
		for (const as of [actor('P11'), actor('P20')])
			expectRefused(() => rows.read(as, 'V-097', 'nn'), 'not_found');
		expectRefused(() => rows.read(actor('P08'), 'V-094', 'nn'), 'not_found');
		expectRefused(() => rows.read(chair(), 'V-999', 'nn'), 'not_found');
	});
});

test('those of a case stand in their order, for who may read them', () => {
	const card = cases.findByCode('S-X4GP')!;
	const codes = (who: string) => rows.ofCase(actor(who), card, 'nn').map(({ code }) => code);
	expect(codes('P03')).toEqual(['V-095', 'V-096']);
	expect(codes('P11')).toEqual([]);
});

test('the words are those of the reader’s language', () => {
	const name = (language: 'nn' | 'en') =>
		rows.read(chair(), 'V-097', language).ruling.recommendation.outcomeName;
	expect(name('en')).not.toBe(name('nn'));
});
