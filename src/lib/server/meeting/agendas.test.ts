import { beforeEach, describe, expect, test } from 'vitest';
import { addItem, changeItem, readAgenda, titleOf } from '#lib/domain/agenda.ts';
import * as cases from '#lib/server/case/cases.ts';
import { handlerOf } from '#lib/server/live/document-kinds.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import { actor, boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as agendaCases from './agenda-cases.ts';
import * as agendas from './agendas.ts';
import * as meetings from './meetings.ts';

beforeEach(openDemo);

const next = () => ({ kind: 'agenda' as const, id: boardMeeting('22/26') });
const caseId = (code: string) => cases.read(actor('P03'), code).id;

describe('the live agenda', () => {
	test('tells the database what stands on it', () => {
		const id = crypto.randomUUID();
		rooms.transact(next(), null, (doc) =>
			addItem(doc, { id, title: 'Budsjett', kind: 'discussion', minutes: 10 })
		);
		expect(agendas.find(id)).toMatchObject({ title: 'Budsjett', minutes: 10, removed: false });
		rooms.transact(next(), null, (doc) => {
			titleOf(doc, id)!.insert(8, ' 2027');
			changeItem(doc, id, { removed: true });
		});
		expect(agendas.find(id)).toMatchObject({ title: 'Budsjett 2027', removed: true });
	});

	test('cannot touch an item of another meeting by taking its id', () => {
		const before = agendas.find(itemOf('S-P4XD'));
		rooms.transact(next(), null, (doc) =>
			addItem(doc, { id: before!.id, title: 'Stole', kind: 'discussion', minutes: 1 })
		);
		expect(agendas.find(before!.id)).toEqual(before);
	});

	test('gives a case item nothing but a place and a length', () => {
		const item = itemOf('S-K6YJ');
		const found = rooms.read(next(), readAgenda).find((one) => one.id === item);
		expect(found).toMatchObject({ minutes: 5, open: null });
	});
});

describe('putting a case on the agenda', () => {
	const put = (who: string, input: { case: string; title: string }) =>
		agendaCases.putCase(actor(who), next().id, input);

	test('places it under the item that takes cases, and its heading in the database', () => {
		const item = put('P04', { case: caseId('S-P4XD'), title: 'Visning på gang' });
		const place = rooms.read(next(), readAgenda).find((one) => one.id === item)!;
		expect(place.parent).toBe(meetings.find(next().id)!.casesUnderId);
		const { cases: headings } = agendas.headings(actor('P05'), meetings.find(next().id)!, 'nn');
		expect(headings[item]).toMatchObject({ title: 'Visning på gang', case: { code: 'S-P4XD' } });
	});

	test.each([
		[
			'a case that stands there already',
			() => ({ case: caseId('S-K6YJ'), title: 'Igjen' }),
			'case_has_item'
		],
		['an unknown case', () => ({ case: crypto.randomUUID(), title: 'Ny' }), 'unknown_case'],
		['an empty heading', () => ({ case: caseId('S-P4XD'), title: ' ' }), 'missing_text'],
		[
			'a heading past the limit',
			() => ({ case: caseId('S-P4XD'), title: 'a'.repeat(201) }),
			'text_too_long'
		],
		['an address', () => ({ case: caseId('S-P4XD'), title: 'Prøvevegen 12' }), 'identifier_in_text']
	])('refuses %s and changes nothing', (_, input, reason) => {
		const before = rooms.read(next(), readAgenda);
		expect(() => put('P03', input())).toThrow(reason);
		expect(rooms.read(next(), readAgenda)).toEqual(before);
	});

	test('does not exist for somebody outside', () => {
		expect(() => put('P11', { case: caseId('S-P4XD'), title: 'Ny' })).toThrow('not_found');
	});
});

describe('rights to the documents', () => {
	const access = (who: string, kind: 'agenda' | 'item', id: string) =>
		handlerOf(kind)!.access(person(who).id, id);

	test('a member writes the agenda and the case items of the next meeting', () => {
		expect(access('P05', 'agenda', next().id)).toBe('write');
		expect(access('P05', 'item', itemOf('S-K6YJ'))).toBe('write');
	});

	test('a locked meeting can only be read', () => {
		expect(access('P05', 'agenda', boardMeeting('21/26'))).toBe('read');
		expect(access('P05', 'item', itemOf('S-M7TC'))).toBe('read');
	});

	test.each(['P11', 'P12', 'P13', 'P20', 'P02'])('for %s neither exists', (who) => {
		expect(access(who, 'agenda', next().id)).toBeNull();
		expect(access(who, 'item', itemOf('S-K6YJ'))).toBeNull();
	});

	test('an ordinary item has no document of its own', () => {
		const ordinary = rooms.read(next(), readAgenda).find((one) => one.open)!;
		expect(access('P03', 'item', ordinary.id)).toBeNull();
	});
});
