import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addItem, readAgenda } from '#lib/domain/agenda.ts';
import { Close, Message, Sync } from '#lib/domain/wire.ts';
import { transaction } from '#lib/server/db/index.ts';
import { handlerOf } from './document-kinds.ts';
import { Room } from './room.ts';
import * as rooms from './rooms.ts';
import * as sockets from './sockets.ts';
import * as t from './testing.ts';
import { TurnBudget } from './turn-budget.ts';

t.useEngine();

const fixed = (title: string) => ({ id: randomUUID(), title, kind: 'fixed' as const, minutes: 5 });
const titles = (doc: Y.Doc) => readAgenda(doc).map((item) => item.open?.title);

test('who loses the right is out within a second, and what they send meanwhile is not taken in', async () => {
	const name = t.newDocument('agenda', { anna: 'write', bo: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	const bo = await new t.Person(name, 'bo').synced();
	addItem(anna.doc, fixed('Eitt sekund for seint'));
	t.rights.delete(`anna/${name.id}`);
	const began = performance.now();
	const closing = anna.closed();
	rooms.reconsider('anna');
	expect(await closing).toBe(Close.rightLost);
	expect(performance.now() - began).toBeLessThan(1000);
	expect(t.rowsOf(name)).toBe(0);
	expect(titles(bo.doc)).toEqual([]);
	expect(bo.closings).toEqual([]);
});

test('what lies in the queue of somebody who has been cut is not taken in', () => {
	const name = t.newDocument('agenda', {});
	const room = new Room(name, handlerOf('agenda')!);
	const peer = {
		person: 'anna',
		name: '',
		access: 'write' as const,
		cut: false,
		send() {},
		close() {}
	};
	const client = new Y.Doc();
	addItem(client, fixed('For seint'));
	room.join(peer);
	room.receive(peer, Y.encodeStateAsUpdate(client), false);
	peer.cut = true;
	room.digest(new TurnBudget());
	expect(room.hasFresh).toBe(false);
	peer.cut = false;
	room.receive(peer, Y.encodeStateAsUpdate(client), false);
	room.digest(new TurnBudget());
	expect(room.hasFresh).toBe(true);
});

test('all are judged again when no person is named, and only those out of right are closed', async () => {
	const name = t.newDocument('agenda', { anna: 'write', bo: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	const bo = await new t.Person(name, 'bo').synced();
	t.rights.delete(`bo/${name.id}`);
	const closing = bo.closed();
	rooms.reconsider('anna');
	rooms.reconsider();
	expect(await closing).toBe(Close.rightLost);
	expect(anna.closings).toEqual([]);
});

test('who is demoted can read on, not write; promoted again, what they wrote meanwhile comes in', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	t.rights.set(`anna/${name.id}`, 'read');
	rooms.reconsider('anna');
	addItem(anna.doc, fixed('Skrive som lesar'));
	const number = anna.askAck();
	rooms.transact(name, null, (doc) => addItem(doc, fixed('Frå sekretæren')));
	await t.until(() => titles(anna.doc).includes('Frå sekretæren'));
	expect(titles(t.onDisk(name))).toEqual(['Frå sekretæren']);
	expect(anna.acks).toEqual([]);

	t.rights.set(`anna/${name.id}`, 'write');
	rooms.reconsider('anna');
	await t.until(() => anna.acks.includes(number));
	expect(titles(t.onDisk(name)).sort()).toEqual(['Frå sekretæren', 'Skrive som lesar']);
	expect(anna.closings).toEqual([]);
});

test('a right taken away in a transaction counts from its commit, and not at all when it is rolled back', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	t.rights.delete(`anna/${name.id}`);
	expect(() =>
		transaction(() => {
			rooms.reconsider('anna');
			throw new Error('angra');
		})
	).toThrow('angra');
	t.rights.set(`anna/${name.id}`, 'write');
	await anna.saved();
	t.rights.delete(`anna/${name.id}`);
	const closing = anna.closed();
	transaction(() => rooms.reconsider('anna'));
	expect(await closing).toBe(Close.rightLost);
});

test('who signs out is closed everywhere with 4401, in that session only', async () => {
	const [one, two] = [
		t.newDocument('agenda', { anna: 'write' }),
		t.newDocument('item', { anna: 'read' })
	];
	const here = [
		await new t.Person(one, 'anna', { session: 'here' }).synced(),
		await new t.Person(two, 'anna', { session: 'here' }).synced()
	];
	const events = await new t.Raw('/live/events?person=anna&session=here').open();
	const elsewhere = await new t.Person(one, 'anna', { session: 'elsewhere' }).synced();
	const closings = Promise.all([...here.map((person) => person.closed()), events.closed]);
	rooms.signedOut('here');
	expect(await closings).toEqual([Close.signedOut, Close.signedOut, Close.signedOut]);
	await elsewhere.saved();
});

test('a session whose time is over is found at the next look', async () => {
	const name = t.newDocument('agenda', { anna: 'write', bo: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	const bo = await new t.Person(name, 'bo').synced();
	const closing = anna.closed();
	sockets.watch((session) => session !== 'session of anna');
	expect(await closing).toBe(Close.signedOut);
	await bo.saved();
});

test('a peer that no longer answers is ended at the second look', async () => {
	const name = t.newDocument('agenda', { anna: 'write', bo: 'write' });
	const bo = await new t.Person(name, 'bo').synced();
	const anna = await t.Raw.to(name, 'anna').open();
	await t.until(() => anna.of(Message.sync).length === 1);
	anna.socket.pause();
	sockets.watch(() => true);
	// Whatever the look did to anna's socket is done when bo's edit has been to the server and back.
	addItem(bo.doc, fixed('Runde'));
	await bo.saved();
	expect(sockets.count('anna')).toBe(1);
	sockets.watch(() => true);
	await t.until(() => sockets.count('anna') === 0);
});

test('at every look a connection hears something, lest y-websocket give it up as dead', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await t.Raw.to(name, 'anna').open();
	await t.until(() => anna.of(Message.sync).length === 1);
	sockets.watch(() => true);
	await t.until(() => anna.of(Message.ack).length === 1);
});

test('a judge that fails lets nobody in and keeps nobody', async () => {
	const name = t.newDocument('agenda', { anna: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	const get = t.rights.get;
	t.rights.get = () => {
		throw new Error('The database is away.');
	};
	const closing = anna.closed();
	rooms.reconsider();
	const newcomer = t.Raw.to(name, 'anna');
	expect(await Promise.all([closing, newcomer.closed])).toEqual([
		Close.storageRefuses,
		Close.storageRefuses
	]);
	t.rights.get = get;
	expect(t.faults).toEqual(expect.arrayContaining(['live.reconsider', 'live.handshake']));
});

test('10,000 frames of both kinds from readers change no byte, in memory or on the disk', async () => {
	const name = t.newDocument('agenda', { bo: 'write', les: 'read' });
	const bo = await new t.Person(name, 'bo').synced();
	addItem(bo.doc, fixed('Står'));
	await bo.saved();
	const state = () => Buffer.from(rooms.read(name, Y.encodeStateAsUpdate));
	const before = {
		state: state(),
		rows: t.rowsOf(name),
		authors: t.rowsOf(name, 'document_author')
	};
	// A socket may send a thousand frames at once: so twelve of them.
	const readers = Array.from({ length: 12 }, () => t.Raw.to(name, 'les'));
	await Promise.all(readers.map((raw) => raw.open()));
	let sent = 0;
	for (const raw of readers) {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, before.state);
		const diff: Uint8Array[] = [];
		doc.on('update', (bytes: Uint8Array) => diff.push(bytes));
		for (let time = 0; time < 420; time++) addItem(doc, fixed(`${time}`));
		for (const bytes of diff) {
			raw.send(Message.sync, Sync.update, bytes);
			raw.send(Message.sync, Sync.step2, bytes);
			sent += 2;
		}
		raw.send(Message.sync, Sync.step1, Y.encodeStateVector(new Y.Doc()));
	}
	expect(sent).toBeGreaterThanOrEqual(10_000);
	const answered = (raw: t.Raw) => raw.of(Message.sync).some((data) => data[0] === Sync.step2);
	for (const raw of readers) await t.until(() => answered(raw), 'an answer after all of them');
	await bo.saved();
	expect(state().equals(before.state)).toBe(true);
	expect(t.rowsOf(name)).toBe(before.rows);
	expect(t.rowsOf(name, 'document_author')).toBe(before.authors);
	expect(readers.every((raw) => raw.socket.readyState === raw.socket.OPEN)).toBe(true);
	expect(titles(bo.doc)).toEqual(['Står']);
});
