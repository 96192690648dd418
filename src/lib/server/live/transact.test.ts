import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addCaseItem, addItem, agendaItems, readAgenda } from '#lib/domain/agenda.ts';
import type { DocumentName } from '#lib/domain/document.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { afterCommit, sqlite, transaction } from '#lib/server/db/index.ts';
import * as rooms from './rooms.ts';
import * as t from './testing.ts';

t.useEngine();

const fixed = (title: string, id = randomUUID()) => ({
	id,
	title,
	kind: 'fixed' as const,
	minutes: 5
});
const titles = (doc: Y.Doc) => readAgenda(doc).map((item) => item.open?.title);
const add = (name: DocumentName, title: string, person: string | null = null) =>
	rooms.transact(name, person, (doc) => addItem(doc, fixed(title)));

test('the server creates a document by writing in it, and those who are there hear of it', async () => {
	const name = t.newDocument('agenda', { anna: 'read' });
	const anna = await new t.Person(name, 'anna').synced();
	expect(rooms.epochOf(name)).toBe(1);
	const id = randomUUID();
	const answer = rooms.transact(name, 'sekretær', (doc) => {
		addCaseItem(doc, { id, minutes: 10, parent: null });
		return 'lagt til';
	});
	expect(answer).toBe('lagt til');
	await t.until(() => agendaItems(anna.doc).has(id));
	expect(readAgenda(anna.doc)).toEqual([expect.objectContaining({ id, minutes: 10, open: null })]);
	expect(sqlite().prepare('SELECT id, kind, epoch FROM document').all()).toEqual([
		{ id: `agenda:${name.id}`, kind: 'agenda', epoch: 1 }
	]);
	expect(sqlite().prepare('SELECT person FROM document_log').all()).toEqual([
		{ person: 'sekretær' }
	]);
});

test('reading leaves no trace, also of what does not exist', () => {
	const name = t.newDocument('agenda', {});
	expect(rooms.read(name, titles)).toEqual([]);
	expect(sqlite().prepare('SELECT count(*) AS n FROM document').get()).toEqual({ n: 0 });
	add(name, 'Sak');
	expect(rooms.read(name, titles)).toEqual(['Sak']);
});

test('people who are there hear of it after the outer commit, not before', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	const order: string[] = [];
	anna.doc.on('update', () => order.push('heard'));
	transaction(() => {
		add(name, 'Ein');
		add(name, 'To');
		expect(rooms.read(name, titles)).toEqual(['Ein', 'To']);
		afterCommit(() => order.push('committed'));
	});
	await t.until(() => titles(anna.doc).length === 2);
	expect(order).toEqual(['committed', 'heard']);
});

test('rolled back with the caller, it has never been: not on the disk, not in memory, not with anybody', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	addItem(anna.doc, fixed('Frå før'));
	await anna.saved();
	t.projected.length = 0;
	const attempt = () =>
		transaction(() => {
			add(name, 'Aldri');
			add(name, 'Aldri meir');
			throw new Refusal('not_allowed');
		});
	expect(attempt).toThrow(Refusal);
	expect(rooms.read(name, titles)).toEqual(['Frå før']);
	expect([t.rowsOf(name), t.rowsOf(name, 'document_author')]).toEqual([1, 1]);

	// Life goes on for those who are there, and nothing of it turns up later.
	addItem(anna.doc, fixed('Etterpå'));
	await anna.saved();
	add(name, 'Frå tenaren');
	await t.until(() => titles(anna.doc).length === 3);
	expect(titles(anna.doc).sort()).toEqual(['Etterpå', 'Frå før', 'Frå tenaren']);
	expect(titles(t.onDisk(name)).sort()).toEqual(titles(anna.doc).sort());
	expect(anna.closings).toEqual([]);
});

test('one that is refused and caught takes back itself alone', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	transaction(() => {
		add(name, 'Ein');
		expect(() =>
			rooms.transact(name, null, (doc) => {
				addItem(doc, fixed('Halvvegs'));
				throw new Refusal('not_allowed');
			})
		).toThrow(Refusal);
		expect(() =>
			rooms.transact(name, null, (doc) => agendaItems(doc).set('x', new Y.Map()))
		).toThrow('bad_shape');
		t.project.with = () => {
			throw new Error('The projector fails.');
		};
		expect(() => add(name, 'Utan framsyning')).toThrow('projector');
		t.project.with = () => {};
		add(name, 'To');
	});
	await t.until(() => titles(anna.doc).length === 2);
	expect(titles(anna.doc)).toEqual(['Ein', 'To']);
	expect(titles(t.onDisk(name))).toEqual(['Ein', 'To']);
	expect(rooms.read(name, titles)).toEqual(['Ein', 'To']);
});

test('a projector may write to another document, in the same commit', async () => {
	const [one, two] = [
		t.newDocument('agenda', { anna: 'write' }),
		t.newDocument('agenda', { bo: 'write' })
	];
	const anna = await new t.Person(one, 'anna').synced();
	const bo = await new t.Person(two, 'bo').synced();
	t.project.with = (_, id) => {
		if (id === one.id) add(two, 'Følgje');
	};
	addItem(anna.doc, fixed('Årsak'));
	await t.until(() => titles(bo.doc)[0] === 'Følgje');
	expect(titles(t.onDisk(two))).toEqual(['Følgje']);
});

test('the server writes with another client id for each person, so authorship stays clear', () => {
	const name = t.newDocument('agenda', {});
	transaction(() => {
		add(name, 'A', 'anna');
		add(name, 'B', 'bo');
		add(name, 'A igjen', 'anna');
		add(name, 'Malen', null);
	});
	const authors = sqlite().prepare('SELECT client, person FROM document_author').all() as {
		client: number;
		person: string | null;
	}[];
	expect(authors.map(({ person }) => person).sort()).toEqual(['anna', 'bo', null]);
	const byTitle = rooms.read(name, (doc) =>
		[...agendaItems(doc)].map(([id, fields]) => [
			String(fields.get('title')),
			authors.find(({ client }) => client === agendaItems(doc)._map.get(id)!.id.client)!.person
		])
	);
	expect(Object.fromEntries(byTitle)).toEqual({
		A: 'anna',
		'A igjen': 'anna',
		B: 'bo',
		Malen: null
	});
});

test('what is after the commit is not after a rollback, and outside a transaction it is at once', () => {
	const seen: string[] = [];
	afterCommit(() => seen.push('now'));
	expect(() =>
		transaction(() => {
			afterCommit(
				() => seen.push('done'),
				() => seen.push('undone')
			);
			transaction(() => afterCommit(() => seen.push('inner done')));
			throw new Error('nei');
		})
	).toThrow('nei');
	transaction(() => {
		transaction(() => afterCommit(() => seen.push('inner')));
		seen.push('outer ends');
	});
	expect(seen).toEqual(['now', 'undone', 'outer ends', 'inner']);
});
