import { beforeEach, describe, expect, test } from 'vitest';
import { holders } from '#lib/domain/matrix.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { actor, openDemo } from '#lib/server/start/testing.ts';
import * as matrices from './matrices.ts';

beforeEach(openDemo);

/** The demo's matrix as somebody without forums reads it. */
const demo = () => matrices.all(actor('P14'))[0]!;
const taskId = (title: string) => demo().tasks.find((task) => task.title === title)!.id;
const unitId = (code: string) => demo().units.find((unit) => unit.code === code)!.id;
const codes = (parties: matrices.Party[]) => parties.map((party) => party.code);

/** Puts other letters into a cell of what is stored. */
function spoil(task: string, unit: string, letters: string): void {
	const [row, column] = [taskId(task), unitId(unit)];
	const at = sqlite().prepare('DELETE FROM matrix_cell WHERE task = ? AND unit = ?');
	at.run(row, column);
	if (letters)
		sqlite().prepare('INSERT INTO matrix_cell VALUES (?, ?, ?)').run(row, column, letters);
}

const rulesOf = (task: string) =>
	demo()
		.tasks.find((row) => row.title === task)!
		.violations.map((found) => found.rule);

describe('the matrix', () => {
	test('is for every employee to read, with units in their order and the forum that adopted it', () => {
		expect(demo().tasks).toHaveLength(27);
		expect(codes(demo().units)).toEqual(
			'BK KT NAV PHR HF SKE HT HAB RBO ØR BRG BR KS PL SØK'.split(' ')
		);
		expect(demo().forum).toEqual({ code: 'OBG', name: 'Overordna bustadgruppe' });
		expect(demo().tasks[0]!.title).toBe('Fange opp behov og vise rett veg');
	});

	test('breaks none of its rules', () => {
		expect(demo().tasks.flatMap((task) => task.violations)).toEqual([]);
		expect(demo().warnings).toEqual([]);
	});

	test('does not exist for somebody from outside', () => {
		const task = taskId('Nabodialog');
		const outsider = actor('P20');
		expect(() => matrices.all(outsider)).toThrow('not_found');
		expect(() => matrices.ofUnit(outsider, 'BK')).toThrow('not_found');
		expect(() => matrices.readTask(outsider, task)).toThrow('not_found');
	});
});

describe('a broken copy', () => {
	test.each([
		['nobody answers', 'Leigekontrakt', 'SKE', 'R', ['no_accountable']],
		['two answer', 'Leigekontrakt', 'BK', 'A', ['several_accountable']],
		['nobody does it', 'Vedlikehald og utbetring', 'SKE', 'A', ['nobody_does']],
		['one answers and is asked', 'Bustøtte', 'BK', 'RAC', ['accountable_and_asked']],
		['the unit that rules recommends', 'Innstilling', 'KT', 'R', ['ruler_recommends']],
		['the applicant is left out of the own case', 'Nabodialog', 'SØK', '', ['applicant_left_out']],
		['the applicant is left out of what is about many', 'Bustadsosialt forum', 'KS', '', []]
	])('in which %s', (_, task, unit, letters, found) => {
		spoil(task, unit, letters);
		expect(rulesOf(task)).toEqual(found);
	});

	test('in which one unit answers for much is warned of', () => {
		for (const task of ['Leigekontrakt', 'Nabodialog']) {
			spoil(task, 'SKE', 'R');
			spoil(task, 'BK', 'RA');
		}
		expect(demo().warnings).toEqual([{ unit: unitId('BK'), rows: 11, of: 27 }]);
	});
});

describe('a unit', () => {
	test('has its tasks by the order of the rows, and its leader', () => {
		const { party, matrices: held } = matrices.ofUnit(actor('P14'), 'brg');
		expect(party).toMatchObject({ name: 'Bustadrådgjevingsgruppa', outside: false });
		expect(party.leader?.name).toBe('Vigdis Skjemastad');
		expect(held).toHaveLength(1);
		expect(held[0]!.tasks.find((task) => task.title === 'Tilpassing av bustad')?.letters).toEqual([
			'R',
			'A'
		]);
		expect(held[0]!.tasks).toHaveLength(
			demo().tasks.filter((task) => task.cells.some((cell) => cell.unit === party.id)).length
		);
	});

	test('that is in no row has none; the applicant is a party; other outsiders do not exist', () => {
		expect(matrices.ofUnit(actor('P14'), 'FLY').matrices).toEqual([]);
		expect(matrices.ofUnit(actor('P14'), 'SØK').party.outside).toBe(true);
		expect(() => matrices.ofUnit(actor('P14'), 'HB')).toThrow('not_found');
		expect(() => matrices.ofUnit(actor('P14'), 'XX')).toThrow('not_found');
	});
});

describe('a task', () => {
	test('tells who holds what, and whom an action can be given', () => {
		const { task, parties, matrix } = matrices.readTask(
			actor('P14'),
			taskId('Tilpassing av bustad')
		);
		expect(codes(parties)).toEqual(['BK', 'SKE', 'BRG']);
		expect(holders(task, 'A')).toEqual([unitId('BRG')]);
		expect(matrix.forum?.code).toBe('OBG');
	});

	test.each(['Leigekontrakt', 'Søknad: mottak, førebels svar', 'Bustøtte'])(
		'never offers the applicant: %s',
		(title) => {
			const { task, parties } = matrices.readTask(actor('P14'), taskId(title));
			expect(holders(task, 'R')).toContain(unitId('SØK'));
			expect(codes(parties)).not.toContain('SØK');
			expect(parties).toHaveLength(1);
		}
	);

	test('that is none does not exist', () => {
		expect(() => matrices.readTask(actor('P14'), crypto.randomUUID())).toThrow('not_found');
	});
});
