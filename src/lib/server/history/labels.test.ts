import { beforeEach, expect, test } from 'vitest';
import { caseId } from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, openDemo, person } from '#lib/server/start/testing.ts';
import * as labels from './labels.ts';

beforeEach(openDemo);

const [someone, unit, aCase] = [
	() => `person:${person('P05').id}`,
	() => `unit:${person('P05').unitId}`,
	() => `case:${caseId('S-V8RC')}`
];

test('people and units are called by their names, cases by their codes', () => {
	const known = labels.of(actor('P03'), 'nn');
	expect([someone(), unit(), aCase()].map((id) => known[id])).toEqual([
		person('P05').name,
		'Nav Sunnøy',
		'S-V8RC'
	]);
});

test('what somebody may not see is not named', () => {
	expect(labels.of(actor('P20'), 'nn')).toEqual({});
	const disqualified = labels.of(actor('P08'), 'nn');
	expect(disqualified[someone()]).toBe(person('P05').name);
	expect(disqualified).not.toHaveProperty([aCase()]);
	expect(labels.of(actor('P14'), 'nn')).not.toHaveProperty([aCase()]);
});

test('of references the names are given that are known, each once', () => {
	expect(labels.among(['a', 'b', 'a'], { a: 'A', c: 'C' })).toEqual({ a: 'A' });
});
