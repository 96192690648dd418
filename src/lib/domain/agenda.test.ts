import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	addCaseItem,
	addItem,
	agendaItems,
	changeItem,
	moveItem,
	nestItem,
	readAgenda
} from './agenda.ts';
import { schedule, totalMinutes } from './schedule.ts';

function agendaOf(...names: string[]): Y.Doc {
	const doc = new Y.Doc();
	for (const id of names) addItem(doc, { id, title: id, kind: 'discussion', minutes: 10 });
	return doc;
}

const order = (doc: Y.Doc) => readAgenda(doc).map((item) => item.id);

/** Both get what the other has. */
function meet(a: Y.Doc, b: Y.Doc): void {
	Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
	Y.applyUpdate(a, Y.encodeStateAsUpdate(b));
}

function copyOf(doc: Y.Doc): Y.Doc {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	return copy;
}

describe('moving an item', () => {
	test('puts it one line up or down, and no further than the ends', () => {
		const doc = agendaOf('a', 'b', 'c');
		expect(moveItem(doc, 'c', -1)).toBe(true);
		expect(order(doc)).toEqual(['a', 'c', 'b']);
		expect(moveItem(doc, 'a', -1)).toBe(false);
		expect(moveItem(doc, 'a', 1)).toBe(true);
		expect(order(doc)).toEqual(['c', 'a', 'b']);
		expect(moveItem(doc, 'nobody', 1)).toBe(false);
	});

	test('that two people do at once neither doubles nor loses any', () => {
		const ours = agendaOf('a', 'b', 'c', 'd');
		const theirs = copyOf(ours);
		moveItem(ours, 'd', -1);
		moveItem(theirs, 'd', -1);
		moveItem(theirs, 'a', 1);
		meet(ours, theirs);
		expect(order(ours)).toEqual(order(theirs));
		expect(order(ours).toSorted()).toEqual(['a', 'b', 'c', 'd']);
	});

	test('works between items that were added at the same place at once', () => {
		const ours = agendaOf('a');
		const theirs = copyOf(ours);
		addItem(ours, { id: 'x', title: '', kind: 'discussion', minutes: 5 });
		addItem(theirs, { id: 'y', title: '', kind: 'discussion', minutes: 5 });
		meet(ours, theirs);
		expect(order(ours)).toEqual(['a', 'x', 'y']);
		addItem(ours, { id: 'z', title: '', kind: 'discussion', minutes: 5 });
		moveItem(ours, 'z', -1);
		expect(order(ours)).toEqual(['a', 'x', 'z', 'y']);
		moveItem(ours, 'z', -1);
		expect(order(ours)).toEqual(['a', 'z', 'x', 'y']);
	});
});

describe('sections', () => {
	test('hold their items, one level deep', () => {
		const doc = agendaOf('a', 'b', 'c');
		expect(nestItem(doc, 'b', 'a')).toBe(true);
		expect(nestItem(doc, 'c', 'b')).toBe(false);
		expect(nestItem(doc, 'a', 'c')).toBe(false);
		expect(schedule(readAgenda(doc), 0).map((line) => line.ordinal)).toEqual(['1', '1.1', '2']);
		expect(nestItem(doc, 'b', null)).toBe(true);
		expect(order(doc)).toEqual(['a', 'b', 'c']);
	});

	test('that are removed leave their items at the top', () => {
		const doc = agendaOf('a', 'b');
		nestItem(doc, 'b', 'a');
		changeItem(doc, 'a', { removed: true });
		expect(schedule(readAgenda(doc), 0)).toMatchObject([{ id: 'b', ordinal: '1', parent: null }]);
	});

	test('take the time of what is under them, or their own when that is more', () => {
		const doc = agendaOf('a', 'b', 'c');
		for (const id of ['b', 'c'])
			addItem(doc, { id: `${id}1`, title: '', kind: 'talk', minutes: 25, parent: id });
		changeItem(doc, 'c', { minutes: 40 });
		const lines = schedule(readAgenda(doc), 540);
		expect(lines.map((line) => [line.id, line.starts])).toEqual([
			['a', 540],
			['b', 550],
			['b1', 550],
			['c', 575],
			['c1', 575]
		]);
		expect(totalMinutes(lines)).toBe(75);
	});
});

test('a case item has a place and a length, and nothing else', () => {
	const doc = agendaOf('a');
	addCaseItem(doc, { id: 'k', minutes: 5, parent: 'a' });
	expect(Object.keys(agendaItems(doc).get('k')!.toJSON()).toSorted()).toEqual([
		'minutes',
		'parent',
		'pos',
		'removed'
	]);
	expect(readAgenda(doc)[1]).toMatchObject({ id: 'k', open: null });
});

test('what a peer wrote amiss is left out, not thrown', () => {
	const doc = agendaOf('a');
	const items = agendaItems(doc) as Y.Map<unknown>;
	items.set('text', 'not an item');
	items.set('empty', new Y.Map());
	const odd = new Y.Map<unknown>([
		['pos', 'z0'],
		['minutes', -5],
		['parent', 7],
		['title', 'not shared']
	]);
	items.set('odd', odd);
	expect(readAgenda(doc)).toMatchObject([
		{ id: 'a' },
		{ id: 'odd', minutes: 0, parent: null, open: null }
	]);
});

test('a removed item keeps what others write in it meanwhile', () => {
	const ours = agendaOf('a');
	const theirs = copyOf(ours);
	changeItem(ours, 'a', { removed: true });
	(agendaItems(theirs).get('a')!.get('title') as Y.Text).insert(1, ' og meir');
	meet(ours, theirs);
	expect(readAgenda(ours)).toEqual([]);
	changeItem(ours, 'a', { removed: false });
	expect(readAgenda(ours)[0]!.open!.title).toBe('a og meir');
});
