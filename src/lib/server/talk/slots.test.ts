import { beforeEach, describe, expect, test } from 'vitest';
import { changeItem, moveItem, titleOf } from '#lib/domain/agenda.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { actor, person } from '#lib/server/start/testing.ts';
import * as talks from './talks.ts';
import { agenda, itemAt, openDay, placed, programme, slotOf, statusOf, step } from './testing.ts';
import * as views from './views.ts';

beforeEach(openDay);

describe('while the day is dragged about', () => {
	const move = (item: string, direction: -1 | 1) =>
		rooms.transact(agenda(), person('P09').id, (doc) => moveItem(doc, item, direction));
	const resize = (item: string, minutes: number) =>
		rooms.transact(agenda(), person('P09').id, (doc) => changeItem(doc, item, { minutes }));
	const remove = (item: string, removed = true) =>
		rooms.transact(agenda(), person('P09').id, (doc) => changeItem(doc, item, { removed }));
	const page = (id: string) => views.read(actor('P20'), id);
	const moves = (id: string) =>
		page(id).history.flatMap(({ what }) => (what.kind === 'slot' ? [[what.from, what.to]] : []));
	const pass = (minutes: number) => clock.set(clock.now() + minutes * 60_000);

	test('the slot follows, and each change is noted with its time', () => {
		const id = placed(5);
		pass(5);
		resize(itemAt(5), 25);
		expect(slotOf(id)).toEqual({ starts: '10:45', ends: '11:25' });
		pass(5);
		move(page(id).item!, -1);
		expect(slotOf(id)).toEqual({ starts: '10:20', ends: '11:00' });
		const [first, second, third] = [
			{ starts: '10:35', ends: '11:15' },
			{ starts: '10:45', ends: '11:25' },
			{ starts: '10:20', ends: '11:00' }
		];
		expect(moves(id)).toEqual([
			[null, first],
			[first, second],
			[second, third]
		]);
		expect(
			page(id)
				.history.slice(-2)
				.map(({ time }) => time)
		).toEqual(['09:05', '09:10']);
		expect(page(id).moved).toEqual({ from: first, to: third });
	});

	test('what is dragged in one go is one change; and back where it was, none', () => {
		const id = placed(5);
		const item = page(id).item!;
		move(item, -1);
		move(item, -1);
		expect(moves(id)).toHaveLength(2);
		expect(moves(id)[1]).toEqual([
			{ starts: '10:35', ends: '11:15' },
			{ starts: '09:35', ends: '10:15' }
		]);
		move(item, 1);
		move(item, 1);
		expect(moves(id)).toHaveLength(1);
		expect(page(id).moved).toBeNull();
	});

	test('what somebody writes elsewhere in the programme is no change', () => {
		const id = placed(5);
		rooms.transact(agenda(), null, (doc) => titleOf(doc, itemAt(1))!.insert(0, 'Ny '));
		expect(moves(id)).toHaveLength(1);
	});

	test('what the speaker has seen and answered is not new any more', () => {
		const id = placed(5);
		resize(itemAt(5), 25);
		expect(page(id).moved).not.toBeNull();
		step('P20', id, 'confirm');
		expect(page(id).moved).toBeNull();
		resize(itemAt(5), 15);
		expect(page(id).moved).toEqual({
			from: { starts: '10:45', ends: '11:25' },
			to: { starts: '10:35', ends: '11:15' }
		});
	});

	test('a talk whose item is taken away is accepted, without a slot, and can be put in again', () => {
		const id = placed();
		step('P20', id, 'confirm');
		remove(page(id).item!);
		expect(page(id)).toMatchObject({ status: 'accepted', slot: null, item: null });
		expect(page(id).moved).toEqual({ from: { starts: '10:35', ends: '11:15' }, to: null });
		talks.place(actor('P09'), id, null);
		expect(page(id)).toMatchObject({ status: 'accepted', slot: { starts: '15:30' } });
	});

	test('an undo gives the slot and the confirmation back', () => {
		const id = placed();
		step('P20', id, 'confirm');
		const item = page(id).item!;
		remove(item);
		remove(item, false);
		expect(page(id)).toMatchObject({ status: 'confirmed', slot: { starts: '10:35' }, item });
	});

	test('but at another time it has to be confirmed anew', () => {
		const id = placed();
		step('P20', id, 'confirm');
		const item = page(id).item!;
		remove(item);
		resize(itemAt(5), 25);
		remove(item, false);
		expect(page(id)).toMatchObject({ status: 'accepted', slot: { starts: '10:45' } });
	});

	test('declining takes it out of the programme; withdrawing leaves that to the hosts', () => {
		const declined = placed(5);
		const before = programme().length;
		step('P09', declined, 'decline');
		expect(programme()).toHaveLength(before - 1);
		const withdrawn = placed(5);
		step('P20', withdrawn, 'withdraw');
		expect(programme()).toHaveLength(before);
		expect(views.read(actor('P09'), withdrawn).item).not.toBeNull();
		talks.takeOut(actor('P09'), withdrawn);
		expect(programme()).toHaveLength(before - 1);
		expect(statusOf(withdrawn)).toBe('withdrawn');
	});
});
