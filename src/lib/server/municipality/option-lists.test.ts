import { beforeEach, expect, test } from 'vitest';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import * as optionLists from './option-lists.ts';

beforeEach(() => {
	openTestDatabase();
	const add = (code: string, pos: number, list: 'age' | 'track' = 'age') =>
		optionLists.add({ list, code, pos, nn: `${code} nn`, nb: `${code} nb`, en: `${code} en` });
	add('old', 1);
	add('young', 0);
	add('A', 0, 'track');
});

test('a list has its own order, and is read in the reader’s language', () => {
	expect(optionLists.list('age', 'nb')).toEqual([
		{ code: 'young', label: 'young nb' },
		{ code: 'old', label: 'old nb' }
	]);
	expect(optionLists.words('age', 'en')).toEqual({ young: 'young en', old: 'old en' });
});

test('the lists of a case come together, those of procedure not among them', () => {
	const all = optionLists.lists('nn');
	expect(all.age.map(({ label }) => label)).toEqual(['young nn', 'old nn']);
	expect(all.household).toEqual([]);
	expect(all).not.toHaveProperty('track');
});

test('a code that is not on the list is refused by its field, also when it is on another', () => {
	optionLists.assertOn('age', 'old', 'age');
	optionLists.assertOn('track', 'A', 'track');
	for (const code of ['A', 'OLD', ''])
		expect(() => optionLists.assertOn('age', code, 'age')).toThrow(
			expect.objectContaining({ reason: 'unknown_choice', place: { field: 'age' } })
		);
});
