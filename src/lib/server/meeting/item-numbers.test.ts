import { beforeEach, expect, test } from 'vitest';
import { addItem, changeItem } from '#lib/domain/agenda.ts';
import { sqlite, transaction } from '#lib/server/db/index.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import { boardMeeting, openDemo } from '#lib/server/start/testing.ts';
import * as agendas from './agendas.ts';
import * as itemNumbers from './item-numbers.ts';
import * as meetings from './meetings.ts';

let meeting: string;
beforeEach(() => {
	openDemo();
	meeting = boardMeeting('23/26');
});

const give = () => transaction(() => itemNumbers.give(meetings.find(meeting)!));
const agenda = () => ({ kind: 'agenda' as const, id: meeting });

function add(title: string): string {
	const id = crypto.randomUUID();
	rooms.transact(agenda(), null, (doc) =>
		addItem(doc, { id, title, kind: 'discussion', minutes: 5 })
	);
	return id;
}
const numbers = (...ids: string[]) => ids.map((id) => agendas.find(id)!.number);

test('follow the highest that is in use, in the order of the agenda', () => {
	const [one, other] = [add('Budsjett'), add('Rutinar')];
	give();
	expect(numbers(one, other)).toEqual(['BR 78/26', 'BR 79/26']);
});

test('are kept once given, and go on from there', () => {
	const one = add('Budsjett');
	give();
	const other = add('Rutinar');
	give();
	expect(numbers(one, other)).toEqual(['BR 78/26', 'BR 79/26']);
});

test('are never given again, also when their item has been taken away', () => {
	const one = add('Budsjett');
	give();
	rooms.transact(agenda(), null, (doc) => changeItem(doc, one, { removed: true }));
	sqlite().prepare('UPDATE agenda_item SET number = NULL WHERE id = ?').run(one);
	const other = add('Rutinar');
	give();
	expect(numbers(one, other)).toEqual([null, 'BR 79/26']);
});

test('are not given to what stands on every agenda', () => {
	give();
	const given = sqlite()
		.prepare('SELECT count(*) FROM agenda_item WHERE meeting = ? AND number IS NOT NULL')
		.pluck();
	expect(given.get(meeting)).toBe(0);
});

test('begin anew each year, by the meeting’s own number', () => {
	sqlite().prepare("UPDATE meeting SET number = '1/27' WHERE id = ?").run(meeting);
	const one = add('Budsjett');
	give();
	expect(numbers(one)).toEqual(['BR 1/27']);
});
