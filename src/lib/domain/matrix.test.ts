import { describe, expect, test } from 'vitest';
import story from '#lib/server/demo/sunnoy.json' with { type: 'json' };
import {
	holders,
	overloads,
	readLetters,
	settingOf,
	storeLetters,
	violations,
	writeLetters,
	type Letter,
	type Row,
	type Setting
} from './matrix.ts';

/** The demo's own matrix: titles and codes in the place of ids. */
const demo: Row[] = story.raci.map(({ oppgåve, ...cells }) => ({
	task: oppgåve,
	cells: Object.entries(cells).map(([unit, letters]) => ({ unit, letters: readLetters(letters) }))
}));

/** The rows of demo.md §9 that are not about an applicant: lists, figures, forum and plan. */
const general = [
	'Liste over ledige bustader',
	'Behovsoversikt (lova § 5)',
	'KOSTRA- og Kobo-tal',
	'Bustadsosialt forum',
	'Bustadsosial handlingsplan'
];

const setting: Setting = {
	rulers: new Set(['KT']),
	applicant: 'SØK',
	recommending: new Set(['Innstilling']),
	aboutCase: new Set(demo.map((row) => row.task).filter((task) => !general.includes(task)))
};

const rowOf = (task: string) => demo.find((row) => row.task === task)!;

/** A copy of a row of the demo with these cells changed; '' empties one. */
function broken(task: string, change: Record<string, string>): Row {
	const cells = rowOf(task).cells.map((cell) =>
		cell.unit in change ? { ...cell, letters: readLetters(change[cell.unit]!) } : cell
	);
	return { task, cells };
}

describe('the demo’s matrix', () => {
	test('has 27 rows, 15 columns and breaks no rule', () => {
		expect(demo).toHaveLength(27);
		expect(demo[0]!.cells).toHaveLength(15);
		expect(demo.flatMap((row) => violations(row, setting))).toEqual([]);
		expect(overloads(demo)).toEqual([]);
	});

	test('has nine rows that the housing office answers for, the most of all', () => {
		const held = demo.filter((row) => holders(row, 'A').includes('BK'));
		expect(held).toHaveLength(9);
	});
});

describe('a broken copy of a row', () => {
	test.each([
		['nobody who answers', 'Vedtak om tildeling eller avslag', { KT: 'R' }, 'no_accountable'],
		['two who answer', 'Leigekontrakt', { BK: 'A' }, 'several_accountable'],
		['nobody who does it', 'Vedlikehald og utbetring', { SKE: 'A' }, 'nobody_does'],
		['one who answers and is asked', 'Bustøtte', { BK: 'RAC' }, 'accountable_and_asked'],
		['the ruler among those who recommend', 'Innstilling', { KT: 'R' }, 'ruler_recommends'],
		['an applicant without a letter', 'Nabodialog', { SØK: '' }, 'applicant_left_out']
	])('with %s is found, and nothing else in it', (_, task, change, rule) => {
		expect(violations(rowOf(task), setting)).toEqual([]);
		expect(violations(broken(task, change), setting).map((found) => found.rule)).toEqual([rule]);
	});

	test('names the units that break the rule', () => {
		expect(violations(broken('Leigekontrakt', { BK: 'A', NAV: 'A' }), setting)).toEqual([
			{ rule: 'several_accountable', units: ['BK', 'NAV', 'SKE'] }
		]);
		expect(violations(broken('Innstilling', { KT: 'R' }), setting)).toEqual([
			{ rule: 'ruler_recommends', unit: 'KT' }
		]);
		expect(violations(broken('Bustøtte', { BK: 'RAC' }), setting)).toEqual([
			{ rule: 'accountable_and_asked', unit: 'BK' }
		]);
	});

	test('can break several rules at once', () => {
		const empty = { task: 'Innstilling', cells: [] };
		expect(violations(empty, setting).map((found) => found.rule)).toEqual([
			'no_accountable',
			'nobody_does',
			'applicant_left_out'
		]);
	});
});

describe('what the rules know beside the letters', () => {
	test('A/R counts as one who does it, also for the ruler on the recommendation', () => {
		const row = broken('Innstilling', { KT: 'RA', BR: 'C' });
		expect(violations(row, setting)).toEqual([{ rule: 'ruler_recommends', unit: 'KT' }]);
	});

	test('the ruler may do what is no recommendation', () => {
		expect(holders(rowOf('Vedtak om tildeling eller avslag'), 'R')).toEqual(['KT']);
		expect(violations(broken('Nabodialog', { KT: 'R' }), setting)).toEqual([]);
	});

	test('an applicant who only answers takes no part', () => {
		const row = broken('Bustøtte', { BK: 'R', SØK: 'A' });
		expect(violations(row, setting).map((found) => found.rule)).toEqual(['applicant_left_out']);
	});

	test.each(['R', 'C', 'I'] as Letter[])('an applicant with %s takes part', (letter) => {
		expect(violations(broken('Nabodialog', { SØK: letter }), setting)).toEqual([]);
	});

	test('a matrix without applicants, rulers or recommendations has only the other rules', () => {
		const none: Setting = {
			rulers: new Set(),
			applicant: null,
			recommending: new Set(),
			aboutCase: new Set(demo.map((row) => row.task))
		};
		expect(violations(broken('Innstilling', { KT: 'R', SØK: '' }), none)).toEqual([]);
	});
});

test('a row means what is said of it, and what nobody has said means nothing', () => {
	const rows = [
		{ task: 'advice', about: 'case', recommends: true },
		{ task: 'list', about: 'many', recommends: false },
		{ task: 'new', about: null, recommends: null }
	] as const;
	expect(settingOf(rows, 'SØK', new Set(['KT']))).toEqual({
		applicant: 'SØK',
		rulers: new Set(['KT']),
		recommending: new Set(['advice']),
		aboutCase: new Set(['advice'])
	});
});

describe('a unit that answers for much', () => {
	/** Ten rows, the first so many of which the unit answers for. */
	const rows = (held: number): Row[] =>
		Array.from({ length: 10 }, (_, index) => ({
			task: `${index}`,
			cells: [{ unit: index < held ? 'BK' : `other ${index}`, letters: ['R', 'A'] }]
		}));

	test('is not warned of at 40 %', () => expect(overloads(rows(4))).toEqual([]));

	test('is warned of above it', () =>
		expect(overloads(rows(5))).toEqual([{ unit: 'BK', rows: 5, of: 10 }]));

	test('is found in a broken copy of the demo: 11 of 27 rows', () => {
		const more = ['Leigekontrakt', 'Nabodialog'].map((task) => broken(task, { SKE: 'R', BK: 'A' }));
		const copy = demo.map((row) => more.find(({ task }) => task === row.task) ?? row);
		expect(overloads(copy)).toEqual([{ unit: 'BK', rows: 11, of: 27 }]);
	});
});

describe('letters', () => {
	test('are stored in one order and written as in the source', () => {
		expect(storeLetters(['A', 'R'])).toBe('RA');
		expect(writeLetters(['R', 'A'])).toBe('A/R');
		expect(writeLetters([])).toBe('');
	});

	test('that are none are left out', () => {
		expect(readLetters('A/R')).toEqual(['R', 'A']);
		expect(readLetters('x C C')).toEqual(['C']);
	});
});
