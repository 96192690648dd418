import { beforeEach, expect, test } from 'vitest';
import { caseCode } from '#lib/domain/case.ts';
import { useTrail } from '#lib/server/audit/testing.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { actor, forumId, openDemo, person } from '#lib/server/start/testing.ts';
import * as cases from './cases.ts';

useTrail();
beforeEach(openDemo);

const count = () => sqlite().prepare('SELECT count(*) FROM case_card').pluck().get();
const input = () => ({
	forum: forumId('BR'),
	household: 'single',
	age: '30-49',
	situation: 'homeless',
	bedrooms: '1',
	accessible: false,
	followUp: '2',
	monthIn: '2026-11',
	urgent: true,
	unit: person('P08').unitId!,
	measures: ['small_house', 'housing_allowance']
});

test('a new case gets a random code and the first status, and reads as plain words', () => {
	const code = cases.create(actor('P04'), input());
	expect(code).toMatch(new RegExp(`^${caseCode.source}$`));
	const row = cases.read(actor('P05'), code);
	const [nynorsk] = cases.describe([row], 'nn');
	expect(nynorsk).toMatchObject({
		status: { label: 'kartlegging' },
		facts: ['einsleg', '30–49', 'bustadlaus', '1 soverom', 'oppfølging kvar veke'],
		urgent: true
	});
	expect(cases.describe([row], 'en')[0]!.facts[2]).toBe('homeless');
});

test.each([
	['household', 'palace', 'unknown_choice'],
	['age', '12', 'unknown_choice'],
	['situation', 'Prøvevegen 12', 'unknown_choice'],
	['bedrooms', '9', 'unknown_choice'],
	['followUp', '4', 'unknown_choice'],
	['unit', crypto.randomUUID(), 'unknown_unit'],
	['monthIn', '2026-12', 'bad_date'],
	['applied', '2026-11-30', 'bad_date']
])('a card with %s = %s is refused and nothing is written', (field, value, reason) => {
	expect(() => cases.create(actor('P04'), { ...input(), [field]: value })).toThrow(reason);
	expect(count()).toBe(18);
});

test('an unknown measure undoes the whole card', () => {
	expect(() =>
		cases.create(actor('P04'), { ...input(), measures: ['small_house', 'magic'] })
	).toThrow('unknown_choice');
	expect(count()).toBe(18);
});

test.each(['P11', 'P13', 'P20', 'P02', 'P14'])('for %s there are no cases', (who) => {
	expect(cases.visibleTo(actor(who), 'nn')).toEqual([]);
	expect(() => cases.read(actor(who), 'S-K6YJ')).toThrow('not_found');
	expect(() => cases.create(actor(who), input())).toThrow('not_found');
});
