import { beforeEach, describe, expect, test } from 'vitest';
import { holders, type Letter, type TaskScope } from '#lib/domain/matrix.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { actor, forumId, openDemo } from '#lib/server/start/testing.ts';
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

	test('in which a unit recommends breaks a rule once somebody there is named to rule', () => {
		spoil('Innstilling', 'NAV', 'R');
		expect(rulesOf('Innstilling')).toEqual([]);
		const there = `SELECT '${forumId('BR')}', id FROM person WHERE unit = '${unitId('NAV')}' LIMIT 1`;
		sqlite().exec(`INSERT INTO authority ${there}`);
		expect(rulesOf('Innstilling')).toEqual(['ruler_recommends']);
		sqlite().exec('UPDATE person SET decides = 1; DELETE FROM authority');
		expect(rulesOf('Innstilling')).toEqual([]);
	});

	test('in which one unit answers for much is warned of', () => {
		for (const task of ['Leigekontrakt', 'Nabodialog']) {
			spoil(task, 'SKE', 'R');
			spoil(task, 'BK', 'RA');
		}
		expect(demo().warnings).toEqual([{ unit: unitId('BK'), rows: 11, of: 27 }]);
	});
});

describe('what a row means to the rules', () => {
	const said = () =>
		sqlite()
			.prepare('SELECT deed AS verb, thing AS subject FROM audit ORDER BY seq DESC LIMIT 1')
			.get() as Record<string, unknown>;
	const describeTask = (title: string, about: TaskScope, recommends = false, who = 'P01') =>
		matrices.describeTask(actor(who), taskId(title), { about, recommends });

	test('is no matter of what it is called', () => {
		sqlite().exec("UPDATE matrix_task SET title = 'Råd i saka' WHERE title = 'Innstilling'");
		spoil('Råd i saka', 'KT', 'R');
		expect(rulesOf('Råd i saka')).toEqual(['ruler_recommends']);
		spoil('Nabodialog', 'SØK', '');
		sqlite().exec("UPDATE matrix_task SET title = 'Liste over naboar' WHERE title = 'Nabodialog'");
		expect(rulesOf('Liste over naboar')).toEqual(['applicant_left_out']);
	});

	test('is said by who chairs the forum that adopted the matrix, and is on record', () => {
		spoil('Nabodialog', 'SØK', '');
		describeTask('Nabodialog', 'many');
		expect(rulesOf('Nabodialog')).toEqual([]);
		expect(said()).toEqual({ verb: 'matrix.describe', subject: `matrix:${demo().id}` });
		spoil('Nabodialog', 'KT', 'R');
		describeTask('Nabodialog', 'many', true);
		expect(rulesOf('Nabodialog')).toEqual(['ruler_recommends']);
	});

	test('breaks no rule as long as nobody has said it', () => {
		sqlite().exec('UPDATE matrix_task SET about = NULL, recommends = NULL');
		spoil('Nabodialog', 'SØK', '');
		spoil('Innstilling', 'KT', 'R');
		expect(demo().tasks.flatMap((task) => task.violations)).toEqual([]);
	});

	test('knows the applicant as who is named, a party that is no unit of ours', () => {
		spoil('Nabodialog', 'SØK', '');
		const [id, applicant] = [demo().id, unitId('SØK')];
		matrices.nameApplicant(actor('P01'), id, null);
		expect(rulesOf('Nabodialog')).toEqual([]);
		expect(said()).toEqual({ verb: 'matrix.name_applicant', subject: `matrix:${id}` });
		matrices.nameApplicant(actor('P01'), id, applicant);
		expect(rulesOf('Nabodialog')).toEqual(['applicant_left_out']);
		for (const party of [unitId('BK'), crypto.randomUUID()])
			expect(() => matrices.nameApplicant(actor('P01'), id, party)).toThrow('unknown_unit');
	});

	test.each([
		['P03', 'not_allowed'],
		['P14', 'not_allowed'],
		['P23', 'not_allowed'],
		['P20', 'not_found']
	])('is not for %s to say: %s', (who, reason) => {
		const [id, before] = [demo().id, said()];
		const task = taskId('Nabodialog');
		const meaning = { about: 'many', recommends: true } as const;
		expect(() => matrices.describeTask(actor(who), task, meaning)).toThrow(reason);
		expect(() => matrices.nameApplicant(actor(who), id, null)).toThrow(reason);
		expect(said()).toEqual(before);
	});

	test('of a row or a matrix that is none is not said', () => {
		const [none, meaning] = [crypto.randomUUID(), { about: 'many', recommends: true } as const];
		expect(() => matrices.describeTask(actor('P01'), none, meaning)).toThrow('not_found');
		expect(() => matrices.nameApplicant(actor('P01'), none, null)).toThrow('not_found');
	});

	test('of a matrix that no forum has adopted is for who runs the system to say', () => {
		const cells = [{ unit: unitId('BK'), letters: ['R', 'A'] as Letter[] }];
		const entry = { title: 'Vaktordning', about: null, recommends: null, cells };
		const of = { name: 'Vår eiga', forum: null, applicant: null };
		const id = matrices.add({ ...of, tasks: [entry] });
		expect(() => matrices.nameApplicant(actor('P01'), id, unitId('SØK'))).toThrow('not_allowed');
		matrices.nameApplicant(actor('P23'), id, unitId('SØK'));
		const own = () => matrices.all(actor('P14')).find((one) => one.id === id)!.tasks[0]!;
		expect(own().violations).toEqual([]);
		const meaning = { about: 'case', recommends: false } as const;
		matrices.describeTask(actor('P23'), own().id, meaning);
		expect(own().violations.map(({ rule }) => rule)).toEqual(['applicant_left_out']);
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
