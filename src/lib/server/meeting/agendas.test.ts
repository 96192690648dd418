import { beforeEach, describe, expect, test } from 'vitest';
import { addItem, changeItem, readAgenda, titleOf } from '#lib/domain/agenda.ts';
import { handlerOf } from '#lib/server/live/document-kinds.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import { boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as agendas from './agendas.ts';

beforeEach(openDemo);

const next = () => ({ kind: 'agenda' as const, id: boardMeeting('22/26') });

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
