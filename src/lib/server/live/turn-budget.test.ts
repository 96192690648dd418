import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addItem, agendaItems, changeItem, readAgenda, titleOf } from '#lib/domain/agenda.ts';
import { Close, Message, Sync } from '#lib/domain/wire.ts';
import { sqlite } from '#lib/server/db/index.ts';
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

test('what one types the others see, and at that moment it is on the disk', async () => {
	const name = t.newDocument('agenda', { anna: 'write', bo: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	const bo = await new t.Person(name, 'bo').synced();
	const onDisk: (string | undefined)[][] = [];
	bo.doc.on('update', () => onDisk.push(titles(t.onDisk(name))));

	const item = fixed('Godkjenning');
	addItem(anna.doc, item);
	await t.until(() => agendaItems(bo.doc).has(item.id));
	expect(onDisk).toEqual([['Godkjenning']]);

	titleOf(bo.doc, item.id)!.insert(0, 'Ny ');
	await t.until(() => titleOf(anna.doc, item.id)!.toString() === 'Ny Godkjenning');
	expect(titles(t.onDisk(name))).toEqual(['Ny Godkjenning']);
	expect(Y.encodeStateVector(anna.doc)).toEqual(Y.encodeStateVector(bo.doc));
});

test('many who write at once end with the same text, and all of it is on the disk', async () => {
	const name = t.newDocument('agenda', { anna: 'write', bo: 'write', cil: 'write' });
	const item = fixed('');
	rooms.transact(name, null, (doc) => addItem(doc, item));
	const all = await Promise.all(
		['anna', 'bo', 'cil'].map((who) => new t.Person(name, who).synced())
	);
	for (let round = 0; round < 20; round++) {
		for (const person of all) {
			const title = titleOf(person.doc, item.id)!;
			if (round % 4 === 3) title.delete(0, 1);
			else title.insert(title.length, 'x');
		}
		if (round % 5 === 0) await new Promise(setImmediate);
	}
	await Promise.all(all.map((person) => person.saved()));
	const saved = titles(t.onDisk(name));
	await t.until(() => all.every(({ doc }) => titles(doc)[0] === saved[0]));
	expect(saved[0]).toMatch(/^x{10,}$/);
});

test('an ack says that everything before it on that socket is on the disk', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	for (let count = 1; count <= 5; count++) {
		addItem(anna.doc, fixed(`Sak ${count}`));
		await anna.saved();
		expect(titles(t.onDisk(name))).toHaveLength(count);
	}
	expect(anna.acks).toEqual([1, 2, 3, 4, 5]);
});

test('a commit that fails is neither seen nor acknowledged, and the page is told that nothing can be stored', async () => {
	const name = t.newDocument('agenda', { anna: 'write', bo: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	const bo = await new t.Person(name, 'bo').synced();
	// Passes every statement and fails at COMMIT, which is the moment that counts.
	t.project.with = () => {
		sqlite().pragma('defer_foreign_keys = ON');
		sqlite().prepare("INSERT INTO document_state VALUES ('nothing', 1, 1, x'00', '')").run();
	};
	const item = fixed('Går tapt?');
	addItem(anna.doc, item);
	anna.askAck();
	expect(await anna.closed()).toBe(Close.storageRefuses);
	expect(anna.acks).toEqual([]);
	expect(agendaItems(bo.doc).has(item.id)).toBe(false);
	expect(t.rowsOf(name)).toBe(0);
	expect(rooms.ready()).toBe(false);

	// The disk is well again: the page comes back by itself with what it had.
	t.project.with = () => {};
	await t.until(() => agendaItems(bo.doc).has(item.id));
	await anna.saved();
	expect(titles(t.onDisk(name))).toEqual(['Går tapt?']);
	expect(rooms.ready()).toBe(true);
	expect(bo.closings).toEqual([]);
});

test.each([
	['full', 'max_page_count = 1', 'max_page_count = 1073741823'],
	['not to be written to', 'query_only = ON', 'query_only = OFF']
])(
	'while the database is %s, writers are closed with 4503 and readers go on reading',
	async (_, ill, well) => {
		const name = t.newDocument('agenda', { anna: 'write', bo: 'read' });
		rooms.transact(name, null, (doc) => addItem(doc, fixed('Frå før')));
		const anna = await new t.Person(name, 'anna').synced();
		const bo = await new t.Person(name, 'bo').synced();
		sqlite().pragma(ill);
		// In one frame: of several, the first might still find room in the pages that are there.
		anna.doc.transact(() => {
			addItem(anna.doc, fixed('x'.repeat(300)));
			for (let index = 0; index < 200; index++) addItem(anna.doc, fixed('Sak'));
		});
		expect(await anna.closed()).toBe(Close.storageRefuses);
		// Each time that she comes back she waits longer; here she waits until it is well.
		anna.provider.disconnect();
		const late = await new t.Person(name, 'bo').synced();
		expect(titles(late.doc)).toEqual(['Frå før']);
		expect(bo.closings).toEqual([]);
		sqlite().pragma(well);
		anna.provider.connect();
		await t.until(() => titles(bo.doc).length === 202);
	}
);

test('a disk that is well again is found so although nobody has written since', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	sqlite().pragma('query_only = ON');
	addItem(anna.doc, fixed('Ikkje no'));
	expect(await anna.closed()).toBe(Close.storageRefuses);
	anna.leave();
	expect(rooms.ready()).toBe(false);
	sqlite().pragma('query_only = OFF');
	expect(rooms.ready()).toBe(true);
});

test('a projector that fails takes only its own document down', async () => {
	const ill = t.newDocument('agenda', { anna: 'write' });
	const well = t.newDocument('agenda', { bo: 'write' });
	t.project.with = (_, id) => {
		if (id === ill.id) throw new Error('The projector fails.');
	};
	const anna = await t.Raw.to(ill, 'anna').open();
	const bo = await t.Raw.to(well, 'bo').open();
	// Both in one turn of the server.
	for (const raw of [anna, bo]) {
		const doc = new Y.Doc();
		addItem(doc, fixed('Sak'));
		raw.send(Message.sync, Sync.update, Y.encodeStateAsUpdate(doc));
		raw.send(Message.ack, 1);
	}
	expect(await anna.closed).toBe(Close.storageRefuses);
	await t.until(() => bo.of(Message.ack).length === 1);
	expect(anna.of(Message.ack)).toEqual([]);
	expect([t.rowsOf(ill), t.rowsOf(well)]).toEqual([0, 1]);
	expect(t.faults).toContain('live.store');
});

test('a deletion, which no state vector shows, is stored and acknowledged', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const item = fixed('Slett meg');
	rooms.transact(name, null, (doc) => addItem(doc, item));
	const anna = await new t.Person(name, 'anna').synced();
	const before = Y.encodeStateVector(anna.doc);
	titleOf(anna.doc, item.id)!.delete(0, 6);
	expect(Y.encodeStateVector(anna.doc)).toEqual(before);
	await anna.saved();
	expect(titles(t.onDisk(name))).toEqual(['meg']);
});

test('a restart keeps everything, and the log is put together when the last one leaves', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	for (const title of ['Ein', 'To', 'Tre']) {
		addItem(anna.doc, fixed(title));
		await anna.saved();
	}
	expect(t.rowsOf(name)).toBe(3);
	anna.leave();
	await t.until(() => t.rowsOf(name) === 0);
	expect(t.rowsOf(name, 'document_state')).toBe(1);

	await t.stop();
	await t.start();
	const again = await new t.Person(name, 'anna').synced();
	expect(titles(again.doc)).toEqual(['Ein', 'To', 'Tre']);
	addItem(again.doc, fixed('Fire'));
	await again.saved();
	expect(titles(t.onDisk(name))).toEqual(['Ein', 'To', 'Tre', 'Fire']);
});

test('a server that goes down stores what it has heard and closes with 1012', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	addItem(anna.doc, fixed('I siste liten'));
	await t.until(() => t.rowsOf(name) === 1);
	const closing = anna.closed();
	rooms.closeAll(Close.restart);
	expect(await closing).toBe(Close.restart);
	expect(rooms.ready()).toBe(false);
	expect(titles(t.onDisk(name))).toEqual(['I siste liten']);
});

test('a log of five thousand rows is put together while people are there', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const item = fixed('Lang logg');
	rooms.transact(name, null, (doc) => addItem(doc, item));
	const anna = await new t.Person(name, 'anna').synced();
	for (let minutes = 1; minutes < 5000; minutes++) {
		rooms.transact(name, null, (doc) => changeItem(doc, item.id, { minutes: minutes % 600 }));
	}
	expect(t.rowsOf(name)).toBe(0);
	rooms.transact(name, null, (doc) => changeItem(doc, item.id, { minutes: 7 }));
	expect(readAgenda(t.onDisk(name))[0]!.minutes).toBe(7);
	await t.until(() => readAgenda(anna.doc)[0]!.minutes === 7);
});

test('an edit that builds on one the server lacks is not acknowledged until the whole has come', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const raw = await t.Raw.to(name, 'anna').open();
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (bytes: Uint8Array) => updates.push(bytes));
	const item = fixed('Skrive utan nett');
	addItem(doc, item);
	titleOf(doc, item.id)!.insert(0, 'X');
	const asked = () => raw.of(Message.sync).filter((data) => data[0] === Sync.step1).length;
	await t.until(() => asked() === 1);

	raw.send(Message.sync, Sync.update, updates[1]!);
	raw.send(Message.ack, 1);
	await t.until(() => asked() === 2);
	expect(t.rowsOf(name)).toBe(0);
	raw.send(Message.ack, 2);
	raw.send(Message.queryAwareness);
	expect(raw.of(Message.ack)).toEqual([]);
	raw.send(Message.sync, Sync.step2, Y.encodeStateAsUpdate(doc));
	await t.until(() => raw.of(Message.ack).length === 2);
	expect(raw.of(Message.ack).map((data) => data[0])).toEqual([1, 2]);
	expect(titles(t.onDisk(name))).toEqual(['XSkrive utan nett']);
	expect(t.onDisk(name).store.pendingStructs).toBeNull();
});

test('a deletion of what the server lacks is a gap too', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const raw = await t.Raw.to(name, 'anna').open();
	const doc = new Y.Doc();
	const item = fixed('Sak');
	addItem(doc, item);
	let deletion: Uint8Array = new Uint8Array();
	doc.on('update', (bytes: Uint8Array) => (deletion = bytes));
	titleOf(doc, item.id)!.delete(0, 1);
	raw.send(Message.sync, Sync.update, deletion);
	raw.send(Message.ack, 1);
	await t.until(() => raw.of(Message.sync).filter((data) => data[0] === Sync.step1).length === 2);
	expect(raw.of(Message.ack)).toEqual([]);
	expect(t.rowsOf(name)).toBe(0);
});

test('what was written without a net, and what is written the moment it is back, all comes in', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	anna.provider.disconnect();
	addItem(anna.doc, fixed('Utan nett'));
	anna.provider.on('status', ({ status }) => {
		if (status === 'connected') addItem(anna.doc, fixed('Straks'));
	});
	anna.provider.connect();
	await anna.synced();
	await anna.saved();
	expect(titles(t.onDisk(name)).sort()).toEqual(['Straks', 'Utan nett']);
	expect(anna.closings).toEqual([]);
});

test('somebody who keeps answering with a hole in it is closed rather than asked for ever', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const raw = await t.Raw.to(name, 'anna').open();
	const doc = new Y.Doc();
	const item = fixed('Sak');
	addItem(doc, item);
	let last: Uint8Array = new Uint8Array();
	doc.on('update', (bytes: Uint8Array) => (last = bytes));
	titleOf(doc, item.id)!.insert(0, 'X');
	for (let time = 0; time < 3; time++) raw.send(Message.sync, Sync.step2, last);
	expect(await raw.closed).toBe(Close.malformed);
});

test('a lone writer does not get its own words back', async () => {
	const name = t.newDocument('agenda', { anna: 'write', bo: 'write' });
	const anna = await t.Raw.to(name, 'anna').open();
	const bo = await t.Raw.to(name, 'bo').open();
	const doc = new Y.Doc();
	addItem(doc, fixed('Sak'));
	for (const raw of [anna, bo])
		raw.send(Message.sync, Sync.step1, Y.encodeStateVector(new Y.Doc()));
	anna.send(Message.sync, Sync.update, Y.encodeStateAsUpdate(doc));
	anna.send(Message.ack, 1);
	const updates = (raw: t.Raw) => raw.of(Message.sync).filter((data) => data[0] === Sync.update);
	await t.until(() => anna.of(Message.ack).length === 1 && updates(bo).length === 1);
	expect(updates(anna)).toEqual([]);
});

test('the projector hears which items have changed, and a text by its root', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	const [one, two] = [fixed('Ein'), fixed('To')];
	addItem(anna.doc, one);
	addItem(anna.doc, two);
	await anna.saved();
	t.projected.length = 0;
	titleOf(anna.doc, two.id)!.insert(0, 'Nr. ');
	await anna.saved();
	expect(t.projected).toEqual([{ id: name.id, changed: [two.id] }]);
});
