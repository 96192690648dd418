import { beforeEach, describe, expect, test } from 'vitest';
import * as actions from '#lib/server/action/actions.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as register from '#lib/server/register/decision-register.ts';
import {
	actor,
	boardMeeting,
	forumId,
	itemOf,
	openDemo,
	person
} from '#lib/server/start/testing.ts';
import * as decisions from './decisions.ts';
import { decide, ordinary } from './testing.ts';

beforeEach(openDemo);

const all: register.RegisterQuery = {
	forum: null,
	kind: 'decision',
	period: null,
	outcome: null,
	became: 'any',
	q: '',
	page: 1
};
const codes = (as: string, asked: Partial<register.RegisterQuery> = {}) =>
	register.browse(actor(as), { ...all, ...asked }, 'nn').rows.map((one) => one.code);

describe('a decision', () => {
	test('gets the next number of its forum and year, which is no item’s', () => {
		expect([decide(), decide()]).toEqual(['BR-A1/26', 'BR-A2/26']);
		expect(decisions.read(actor('P05'), 'BR-A2-26')).toMatchObject({
			code: 'BR-A2/26',
			href: '/decisions/BR-A2-26',
			by: person('P03').name,
			item: { href: `/meetings/${boardMeeting('22/26')}/${ordinary()}` }
		});
	});

	test('of a case item is about that case, and so is one that names it', () => {
		const ofCase = decide({ item: itemOf('S-K6YJ') });
		const naming = decide({ reasons: 'Sjå S-K6YJ' });
		for (const code of [ofCase, naming])
			expect(decisions.read(actor('P05'), code).case?.code).toBe('S-K6YJ');
	});

	test('shows what it led to; what follows from one about a case is about the case', () => {
		const code = decide({ item: itemOf('S-K6YJ') });
		const { id } = decisions.read(actor('P03'), code);
		const made = actions.create(actor('P03'), {
			meeting: boardMeeting('22/26'),
			item: null,
			what: 'Skrive brevet',
			responsible: `person:${person('P04').id}`,
			due: '2026-12-07',
			case: null,
			decision: id
		});
		const [led] = decisions.read(actor('P03'), code).actions;
		expect(led).toMatchObject({ code: made, case: { code: 'S-K6YJ' }, decision: { code } });
	});

	const long = 'a'.repeat(2001);
	test.each<[string, () => Partial<decisions.DecisionInput>, string]>([
		['no text', () => ({ text: ' ' }), 'missing_text'],
		['a text past the limit', () => ({ text: long }), 'text_too_long'],
		['a minority past the limit', () => ({ minority: long }), 'text_too_long'],
		['an identity number', () => ({ reasons: '14857134576' }), 'identifier_in_text'],
		['an address', () => ({ statement: 'Prøvevegen 12' }), 'identifier_in_text'],
		['a review today', () => ({ reviewOn: '2026-11-23' }), 'bad_date'],
		['an item of another meeting', () => ({ item: crypto.randomUUID() }), 'not_found'],
		['a locked meeting', () => ({ meeting: boardMeeting('21/26') }), 'meeting_locked']
	])('refuses %s', (_, change, reason) => {
		expect(() => decide(change())).toThrow(reason);
		expect(codes('P03')).toEqual([]);
	});

	test('is not for somebody outside the council to record', () => {
		expect(() => decide({}, 'P12')).toThrow('not_found');
	});
});

describe('the register of decisions', () => {
	const people = {
		'those who work in the council': ['P03', 'P04', 'P05'],
		'everybody else': ['P12', 'P13', 'P15', 'P20']
	};

	test('is read by those who work in the forum', () => {
		const open = decide();
		const ofCase = decide({ item: itemOf('S-K6YJ') });
		for (const one of people['those who work in the council'])
			expect(codes(one), one).toEqual([ofCase, open]);
		for (const one of people['everybody else']) {
			expect(codes(one), one).toEqual([]);
			expect(() => decisions.read(actor(one), open)).toThrow('not_found');
		}
	});

	test('an observer reads what is about no case', () => {
		const open = decide();
		decide({ item: itemOf('S-K6YJ') });
		sqlite()
			.prepare(
				"INSERT INTO membership (id, forum, person, role, since) VALUES ('m', ?, ?, 'observer', 0)"
			)
			.run(forumId('BR'), person('P15').id);
		expect(codes('P15')).toEqual([open]);
		expect(decisions.ofMeeting(actor('P15'), boardMeeting('22/26'))).toHaveLength(1);
	});

	test('is filtered by forum, period and review, and counts', () => {
		const soon = decide({ reviewOn: '2027-06-01' });
		const plain = decide();
		expect(codes('P03', { became: 'coming' })).toEqual([soon]);
		expect(codes('P03', { became: 'review' })).toEqual([]);
		sqlite().prepare("UPDATE decision SET review_on = '2026-11-23' WHERE code = ?").run(soon);
		expect(codes('P03', { became: 'review' })).toEqual([soon]);
		expect(codes('P03', { became: 'hangs' })).toEqual([soon]);
		for (const period of ['2026', '2026-2'])
			expect(codes('P03', { forum: 'BR', period })).toEqual([plain, soon]);
		expect(codes('P03', { forum: 'OBG' })).toEqual([]);
		for (const period of ['2025', '2026-1']) expect(codes('P03', { period })).toEqual([]);
		const { total, became } = register.browse(actor('P03'), all, 'nn');
		expect(total).toBe(2);
		expect(Object.fromEntries(became.map(({ value, count }) => [value, count]))).toEqual({
			any: 2,
			hangs: 1,
			review: 1
		});
	});

	test('is searched for words in either norm, and for codes', () => {
		const code = decide({ reasons: 'Bustaden er for liten.' });
		decide({ text: 'Noko heilt anna.' });
		for (const q of ['boligen', 'digitale', code]) expect(codes('P03', { q }), q).toEqual([code]);
		expect(codes('P03', { q: 'finst ikkje' })).toEqual([]);
	});
});
