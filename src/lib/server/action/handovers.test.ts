import { beforeEach, describe, expect, test } from 'vitest';
import { useTrail } from '#lib/server/audit/testing.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { actor, openDemo, person } from '#lib/server/start/testing.ts';
import * as actions from './actions.ts';
import * as handovers from './handovers.ts';
import * as register from './register.ts';

useTrail();
beforeEach(openDemo);

const read = (code: string) => register.read(actor('P03'), code);
const unit = (code: string) =>
	sqlite().prepare('SELECT id FROM unit WHERE code = ?').pluck().get(code) as string;
const toUnit = (code: string) => ({ to: `unit:${unit(code)}` });
const toPerson = (code: string) => ({ to: `person:${person(code).id}` });
const offered = (as: string) => register.offered(actor(as)).map((action) => action.code);

describe('an action that is offered', () => {
	test('to a unit stays where it is until the unit’s leader accepts', () => {
		const { id } = read('O-11');
		handovers.offer(actor('P03'), id, { ...toUnit('RBO'), note: 'Passar betre hos dykk' });
		expect(read('O-11').responsible).toMatchObject({ kind: 'person', id: person('P12').id });
		expect(offered('P11')).toEqual(['O-11']);
		handovers.accept(actor('P11'), id);
		expect(read('O-11')).toMatchObject({
			responsible: { kind: 'unit', id: unit('RBO') },
			offer: null
		});
		expect(offered('P11')).toEqual([]);
		expect(read('O-11').history.map(({ verb, note }) => [verb, note])).toEqual([
			['created', null],
			['offered', 'Passar betre hos dykk'],
			['accepted', null]
		]);
	});

	test('to a person is that person’s to answer, not the leader’s', () => {
		const { id } = read('O-11');
		handovers.offer(actor('P12'), id, toPerson('P21'));
		expect(() => handovers.accept(actor('P13'), id)).toThrow('not_found');
		handovers.accept(actor('P21'), id);
		expect(read('O-11').responsible.id).toBe(person('P21').id);
	});

	test('is there for who is asked, and gone for them when they decline', () => {
		const { id } = read('O-11');
		expect(() => register.read(actor('P11'), 'O-11')).toThrow('not_found');
		handovers.offer(actor('P03'), id, toUnit('RBO'));
		expect(register.read(actor('P11'), 'O-11').offer).toMatchObject({
			mayAccept: true,
			mayWithdraw: false
		});
		handovers.decline(actor('P11'), id, 'Vi har ikkje folk');
		expect(() => register.read(actor('P11'), 'O-11')).toThrow('not_found');
		expect(read('O-11').history.at(-1)).toMatchObject({
			verb: 'declined',
			note: 'Vi har ikkje folk'
		});
	});

	test('can be withdrawn, and offered to somebody else', () => {
		const { id } = read('O-11');
		handovers.offer(actor('P03'), id, toUnit('RBO'));
		handovers.withdraw(actor('P03'), id);
		handovers.offer(actor('P03'), id, toUnit('PHR'));
		expect(offered('P08')).toEqual(['O-11']);
	});

	test('is withdrawn when it is done', () => {
		const { id } = read('O-11');
		handovers.offer(actor('P03'), id, toUnit('RBO'));
		actions.setDone(actor('P12'), id, true);
		expect(offered('P11')).toEqual([]);
		expect(() => handovers.accept(actor('P11'), id)).toThrow('offer_settled');
	});
});

describe('of two at once the first wins and the other is told:', () => {
	test.each<[string, () => void, () => void]>([
		['accept, accept', () => accept('P11'), () => accept('P11')],
		['accept, withdraw', () => accept('P11'), () => withdraw('P03')],
		['withdraw, accept', () => withdraw('P03'), () => accept('P11')],
		['decline, accept', () => decline('P11'), () => accept('P11')]
	])('%s', (_, first, second) => {
		handovers.offer(actor('P03'), read('O-11').id, toUnit('RBO'));
		first();
		const after = read('O-11');
		expect(second).toThrow('offer_settled');
		expect(read('O-11')).toEqual(after);
	});

	test('two offers', () => {
		const { id } = read('O-11');
		handovers.offer(actor('P03'), id, toUnit('RBO'));
		expect(() => handovers.offer(actor('P12'), id, toUnit('PHR'))).toThrow('already_offered');
	});

	const accept = (code: string) => handovers.accept(actor(code), read('O-11').id);
	const decline = (code: string) => handovers.decline(actor(code), read('O-11').id);
	const withdraw = (code: string) => handovers.withdraw(actor(code), read('O-11').id);
});

describe('an action cannot be offered', () => {
	test.each<[string, string, () => { to: string; note?: string }, string]>([
		['to whom it is with already', 'O-11', () => toPerson('P12'), 'already_done'],
		['when it is over', 'O-07', () => toUnit('RBO'), 'already_done'],
		['to somebody from outside', 'O-24', () => toPerson('P20'), 'unknown_person'],
		['to a unit from outside', 'O-24', () => toUnit('HB'), 'unknown_unit'],
		['to nobody', 'O-11', () => ({ to: '' }), 'unknown_person'],
		[
			'with an identity number',
			'O-11',
			() => ({ ...toUnit('RBO'), note: '14857134576' }),
			'identifier_in_text'
		]
	])('%s', (_, code, input, reason) => {
		expect(() => handovers.offer(actor('P03'), read(code).id, input())).toThrow(reason);
	});
});
