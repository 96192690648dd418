import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readAll, textOf, titleOf } from '#lib/domain/agenda.ts';
import { checkAgenda } from '#lib/domain/shape.ts';
import { LiveAgenda } from './agenda.svelte.ts';

/** Two people with the same agenda; `meet` brings what each has done to the other. */
function pair() {
	const left = new Y.Doc();
	const right = new Y.Doc();
	const meet = () => {
		const ofLeft = Y.encodeStateAsUpdate(left, Y.encodeStateVector(right));
		const ofRight = Y.encodeStateAsUpdate(right, Y.encodeStateVector(left));
		Y.applyUpdate(left, ofRight, 'remote');
		Y.applyUpdate(right, ofLeft, 'remote');
	};
	return { left: new LiveAgenda(left, 9 * 60), right: new LiveAgenda(right, 9 * 60), meet };
}

const item = (title: string, minutes = 10) => ({ title, minutes, kind: 'discussion' as const });
const titles = (agenda: LiveAgenda) => agenda.items.map((line) => line.open?.title);

test('an item added by one is seen by the other, with its start', () => {
	const { left, right, meet } = pair();
	left.add(item('Opning', 5));
	left.add(item('Nye saker', 35));
	meet();
	expect(right.lines.map(({ starts, open }) => [starts, open?.title])).toEqual([
		[540, 'Opning'],
		[545, 'Nye saker']
	]);
	expect(right.total).toBe(40);
});

test('adding, moving and removing at once neither doubles nor loses an item', () => {
	const { left, right, meet } = pair();
	const ids = ['a', 'b', 'c', 'd'].map((title) => left.add(item(title)));
	meet();
	// The same item moved by both, one removed by one and moved by the other, and both add after
	// the same.
	left.move(ids[3]!, -1);
	right.move(ids[3]!, -1);
	right.move(ids[3]!, -1);
	left.remove(ids[1]!);
	right.move(ids[1]!, 1);
	left.add({ ...item('left'), after: ids[0]! });
	right.add({ ...item('right'), after: ids[0]! });
	meet();
	expect(titles(left)).toEqual(titles(right));
	expect([...titles(left)].sort()).toEqual(['a', 'c', 'd', 'left', 'right']);
	expect(left.removed.map((line) => line.open?.title)).toEqual(['b']);
	// And the tie between the two new ones can still be moved apart.
	const last = left.items.at(-1)!;
	while (left.move(last.id, -1));
	meet();
	expect(right.items[0]?.id).toBe(last.id);
});

test('undo takes back what one has done oneself, and nothing of the other', () => {
	const { left, right, meet } = pair();
	const mine = left.add(item('min'));
	meet();
	right.add(item('din'));
	right.rename(mine, 'min eigen');
	meet();
	left.changeMinutes(mine, 25);
	meet();
	expect(left.undo()).toBe(true);
	expect(left.items.find(({ id }) => id === mine)?.minutes).toBe(10);
	left.undo();
	meet();
	expect(titles(right)).toEqual(['din']);
	left.redo();
	meet();
	expect(titles(right).sort()).toEqual(['din', 'min eigen']);
});

test('a removal that is undone brings back what others typed meanwhile', () => {
	const { left, right, meet } = pair();
	const id = left.add(item('Buplan'));
	meet();
	left.remove(id);
	right.rename(id, 'Buplan 2027');
	meet();
	expect(titles(left)).toEqual([]);
	left.undo();
	meet();
	expect(titles(right)).toEqual(['Buplan 2027']);
});

test('an item whose adding is undone is hidden, not deleted', () => {
	const { left, right, meet } = pair();
	const id = left.add(item('Ny'));
	meet();
	right.rename(id, 'Ny sak');
	left.undo();
	meet();
	expect(titles(left)).toEqual([]);
	expect(readAll(left.doc).map(({ open }) => open?.title)).toEqual(['Ny sak']);
	expect(left.canUndo).toBe(false);
	expect(left.canRedo).toBe(true);
});

test('a new title is typed into the old one, so that two changes to it both stand', () => {
	const { left, right, meet } = pair();
	const id = left.add(item('Nye saker'));
	meet();
	left.rename(id, 'Nye saker til innstilling');
	right.rename(id, 'Hastande nye saker');
	meet();
	expect(titles(left)[0]?.toLowerCase()).toBe('hastande nye saker til innstilling');
	expect(titles(left)).toEqual(titles(right));
});

test('typing in the minutes does not make the list anew; typing in a title does', () => {
	const { left } = pair();
	const id = left.add(item('Orientering'));
	const before = left.lines;
	const items = readItems(left);
	textOf(left.doc, id)!.insert(0, [new Y.XmlElement('paragraph')]);
	expect(readItems(left)).toBe(items);
	titleOf(left.doc, id)!.insert(0, 'Kort ');
	expect(readItems(left)).not.toBe(items);
	expect(left.lines).not.toEqual(before);
});

/** The first item is the same object for as long as the list has not been read again. */
const readItems = (agenda: LiveAgenda) => agenda.items[0];

test('a section keeps its items, and nobody is put under what is not there', () => {
	const { left } = pair();
	const section = left.add({ title: 'Saker', minutes: 0, kind: 'section' });
	const id = left.add(item('S', 15));
	expect(left.nest(id, section)).toBe(true);
	expect(left.lines.map((line) => line.ordinal)).toEqual(['1', '1.1']);
	expect(left.nest(id, 'unknown')).toBe(false);
	left.undo();
	expect(left.lines.map((line) => line.ordinal)).toEqual(['1', '2']);
});

test('whatever three people do and undo, they end with the same list, and the server refuses none of it', () => {
	for (let seed = 1; seed <= 60; seed++) {
		const random = sequence(seed);
		const server = new Y.Doc();
		server.on('afterTransaction', (transaction) => checkAgenda(server, asRemote(transaction)));
		const agendas = [0, 1, 2].map(() => new LiveAgenda(new Y.Doc()));
		const meet = ({ doc }: LiveAgenda) => {
			Y.applyUpdate(server, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server)));
			Y.applyUpdate(doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(doc)), 'remote');
		};
		for (let step = 0; step < 60; step++) {
			const agenda = agendas[random(3)]!;
			doSomething(agenda, random, `${step}`);
			if (random(2) === 0) meet(agenda);
		}
		[...agendas, ...agendas].forEach(meet);
		const [first, ...others] = agendas;
		for (const other of others) expect(other.lines, `seed ${seed}`).toEqual(first!.lines);
		const ids = first!.items.map(({ id }) => id);
		expect(new Set(ids).size, `seed ${seed}`).toBe(ids.length);
	}
});

function doSomething(agenda: LiveAgenda, random: (below: number) => number, text: string): void {
	const all = [...agenda.items, ...agenda.removed];
	const some = () => all[random(Math.max(1, all.length))]?.id ?? '';
	const verbs = [
		() => agenda.add({ ...item(text), kind: random(3) ? 'notice' : 'section', after: some() }),
		() => agenda.rename(some(), text),
		() => agenda.changeMinutes(some(), random(60)),
		() => agenda.remove(some()),
		() => agenda.restore([some()]),
		() => agenda.move(some(), random(2) ? 1 : -1),
		() => agenda.nest(some(), random(2) ? null : some()),
		() => agenda.undo(),
		() => agenda.redo()
	];
	verbs[random(verbs.length)]!();
}

/** What comes in an update is not the server's own writing, though applying it is. */
const asRemote = (transaction: Y.Transaction) => Object.assign(transaction, { local: false });

/** Numbers that come out the same each time. */
function sequence(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state * 1664525 + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}
