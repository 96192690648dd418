import { beforeEach, describe, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import { actor, openDemo, person } from '#lib/server/start/testing.ts';
import * as actions from './actions.ts';
import * as handovers from './handovers.ts';
import * as register from './register.ts';

beforeEach(openDemo);

const usual: register.ActionQuery = {
	scope: 'all',
	status: 'any',
	forum: null,
	order: 'code',
	down: false,
	page: 1
};
const browse = (who: string, asked: Partial<register.ActionQuery> = {}) =>
	register.browse(actor(who), { ...usual, ...asked });
const codes = (who: string, asked: Partial<register.ActionQuery> = {}) =>
	browse(who, asked).actions.map(({ code }) => code);
const idOf = (code: string) =>
	sqlite().prepare('SELECT id FROM action WHERE code = ?').pluck().get(code) as string;

describe('the register', () => {
	test('counts in each status what it would show', () => {
		const { counts } = browse('P03');
		expect(counts.open + counts.done).toBe(counts.any);
		for (const status of ['open', 'overdue', 'waiting', 'done', 'any'] as const) {
			const shown = browse('P03', { status });
			expect([status, shown.total, shown.actions.length]).toEqual([
				status,
				counts[status],
				counts[status]
			]);
		}
		expect(counts.overdue).toBeGreaterThan(0);
	});

	test('has an order, up or down', () => {
		const up = codes('P03');
		expect(codes('P03', { down: true })).toEqual([...up].reverse());
		expect(up.slice(0, 2)).toEqual(['O-01', 'O-02']);
		const due = browse('P03', { order: 'due' }).actions.map((one) => one.due);
		expect(due).toEqual([...due].sort());
		const names = browse('P03', { order: 'responsible' }).actions.map(
			(one) => one.responsible.name
		);
		expect(names[0]! < names.at(-1)!).toBe(true);
	});

	test('is narrowed to a forum, and names those with something to show', () => {
		const { forums } = browse('P03');
		expect(forums.map(({ code }) => code).sort()).toEqual(['BR', 'BSF', 'OBG']);
		const board = browse('P03', { forum: 'BR' });
		expect(board.total).toBe(forums.find(({ code }) => code === 'BR')!.count);
		expect(browse('P03', { forum: 'NONE' })).toMatchObject({ total: 0, actions: [] });
	});

	test('shows nobody more than they may read', () => {
		expect(codes('P20')).toEqual([]);
		expect(codes('P21')).toEqual(expect.arrayContaining(['O-12']));
		expect(codes('P21').length).toBeLessThan(codes('P03').length);
		expect(codes('P08')).not.toContain('O-12');
	});

	test('can be gone through as a whole, in the same order', () => {
		const all = [...register.everything(actor('P03'), usual)].flat().map(({ code }) => code);
		expect(all).toEqual(codes('P03'));
	});
});

describe('one action', () => {
	test('comes with its history, the first step first', () => {
		actions.addNote(actor('P07'), idOf('O-15'), 'Ringt');
		const page = register.read(actor('P07'), 'o-15');
		expect(page.code).toBe('O-15');
		expect(page.history.at(-1)).toMatchObject({
			verb: 'note',
			note: 'Ringt',
			person: person('P07').name
		});
	});

	test('does not exist for those who may not read it', () => {
		expect(() => register.read(actor('P20'), 'O-12')).toThrow('not_found');
		expect(() => register.read(actor('P08'), 'O-12')).toThrow('not_found');
		expect(() => register.read(actor('P03'), 'O-99')).toThrow('not_found');
	});

	test('that is offered says to whom, and who may answer', () => {
		const to = `person:${person('P12').id}`;
		handovers.offer(actor('P07'), idOf('O-15'), { to, note: '' });
		const offer = (who: string) => register.read(actor(who), 'O-15').offer;
		expect(offer('P12')).toMatchObject({
			by: person('P07').name,
			to: person('P12').name,
			mayAccept: true,
			mayWithdraw: false
		});
		expect(offer('P07')).toMatchObject({ mayAccept: false, mayWithdraw: true });
		expect(register.offered(actor('P12')).map(({ code }) => code)).toEqual(['O-15']);
		expect(register.offered(actor('P03'))).toEqual([]);
	});
});
