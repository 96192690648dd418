import { randomUUID } from 'node:crypto';
import { connect as dial } from 'node:net';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addItem, agendaItems, caseTextOf, readAgenda, titleOf } from '#lib/domain/agenda.ts';
import { type DocumentName, limits } from '#lib/domain/document.ts';
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

/** A document with one item, open at Bo's, who is to notice nothing. */
async function withBo(): Promise<{ name: DocumentName; bo: t.Person; id: string }> {
	const name = t.newDocument('agenda', { anna: 'write', bo: 'write', eve: 'write', les: 'read' });
	const bo = await new t.Person(name, 'bo').synced();
	const item = fixed('Sak');
	addItem(bo.doc, item);
	await bo.saved();
	return { name, bo, id: item.id };
}

/** What a client with this content would send. */
function written(work: (doc: Y.Doc) => void, base?: Y.Doc, client?: number): Uint8Array {
	const doc = new Y.Doc();
	if (base) Y.applyUpdate(doc, Y.encodeStateAsUpdate(base));
	if (client !== undefined) doc.clientID = client;
	const before = Y.encodeStateVector(doc);
	work(doc);
	return Y.encodeStateAsUpdate(doc, before);
}

async function stillWell({ name, bo, id }: { name: DocumentName; bo: t.Person; id: string }) {
	const before = titleOf(bo.doc, id)!.toString();
	titleOf(bo.doc, id)!.insert(0, 'Y');
	await bo.saved();
	expect(titles(t.onDisk(name))).toEqual([`Y${before}`]);
	expect(rooms.read(name, titles)).toEqual([`Y${before}`]);
	expect(bo.closings).toEqual([]);
}

test('a client id with which somebody else has written is refused, and nothing of it stays', async () => {
	const scene = await withBo();
	const eve = await t.Raw.to(scene.name, 'eve').open();
	const forged = written(
		(doc) => addItem(doc, fixed('Falsk')),
		scene.bo.doc,
		scene.bo.doc.clientID
	);
	eve.send(Message.sync, Sync.update, forged);
	eve.send(Message.ack, 1);
	expect(await eve.closed).toBe(Close.foreignClient);
	expect(eve.of(Message.ack)).toEqual([]);
	await stillWell(scene);
});

test('nor can the id be taken of somebody who is here and has not written yet', async () => {
	const scene = await withBo();
	const anna = await new t.Person(scene.name, 'anna').synced();
	await anna.saved();
	const eve = await t.Raw.to(scene.name, 'eve').open();
	eve.send(
		Message.sync,
		Sync.update,
		written((doc) => addItem(doc, fixed('X')), undefined, anna.doc.clientID)
	);
	expect(await eve.closed).toBe(Close.foreignClient);
	addItem(anna.doc, fixed('Min'));
	await anna.saved();
	expect(anna.closings).toEqual([]);
});

test("the ids with which the server writes are nobody else's either", async () => {
	const name = t.newDocument('agenda', { eve: 'write' });
	rooms.transact(name, null, (doc) => addItem(doc, fixed('Frå malen')));
	const eve = await new t.Person(name, 'eve').synced();
	const [server] = [...eve.doc.store.clients.keys()];
	const raw = await t.Raw.to(name, 'eve').open();
	raw.send(
		Message.sync,
		Sync.update,
		written((doc) => addItem(doc, fixed('X')), eve.doc, server)
	);
	expect(await raw.closed).toBe(Close.foreignClient);
	expect(rooms.read(name, titles)).toEqual(['Frå malen']);
});

test('to send again what the server already has, of others too, is no writing', async () => {
	const scene = await withBo();
	const anna = await t.Raw.to(scene.name, 'anna').open();
	anna.send(Message.sync, Sync.step2, Y.encodeStateAsUpdate(scene.bo.doc));
	anna.send(Message.ack, 1);
	await t.until(() => anna.of(Message.ack).length === 1);
	expect(t.rowsOf(scene.name)).toBe(1);
	await stillWell(scene);
});

test.each([
	['a step 2', Sync.step2],
	['an update', Sync.update]
])(
	'from somebody who may only read, %s changes nothing, and is never acknowledged',
	async (_, kind) => {
		const scene = await withBo();
		const reader = await t.Raw.to(scene.name, 'les').open();
		reader.send(Message.ack, 1);
		await t.until(() => reader.of(Message.ack).length === 1);
		reader.send(
			Message.sync,
			kind,
			written((doc) => addItem(doc, fixed('Sniken')), scene.bo.doc)
		);
		reader.send(Message.ack, 2);
		reader.send(
			Message.sync,
			kind,
			written((doc) => titleOf(doc, scene.id)!.delete(0, 3), scene.bo.doc)
		);
		reader.send(Message.sync, Sync.step1, Y.encodeStateVector(new Y.Doc()));
		await t.until(() => reader.of(Message.sync).some((data) => data[0] === Sync.step2));
		await stillWell(scene);
		expect(reader.of(Message.ack)).toHaveLength(1);
		expect(reader.socket.readyState).toBe(reader.socket.OPEN);
	}
);

const sound = written((doc) => addItem(doc, fixed('Heil')));

test.each<[string, Uint8Array]>([
	['an empty frame', new Uint8Array()],
	['an unknown kind', t.frame(77, 1)],
	['an unknown kind of sync', t.frame(Message.sync, 9, sound)],
	['something after its end', t.frame(Message.ack, 1, 1)],
	['a number that does not end', Uint8Array.of(Message.ack, 0xff, 0xff)],
	['an update cut short', t.frame(Message.sync, Sync.update, sound.slice(0, -9))],
	[
		'an update of noise',
		t.frame(
			Message.sync,
			Sync.update,
			Uint8Array.from({ length: 60 }, (_, i) => (i * 89) % 251)
		)
	],
	['a length beyond its frame', Uint8Array.of(Message.sync, Sync.update, 0xff, 0x01, 1, 1, 1, 0)],
	['a state vector of noise', t.frame(Message.sync, Sync.step1, Uint8Array.of(9, 255, 255, 3))],
	['awareness cut short', t.frame(Message.awareness, Uint8Array.of(3, 1))]
])('%s closes with 4400 and nobody else notices', async (_, data) => {
	const scene = await withBo();
	const eve = await t.Raw.to(scene.name, 'eve').open();
	eve.socket.send(data);
	eve.send(Message.ack, 1);
	expect(await eve.closed).toBe(Close.malformed);
	expect(eve.of(Message.ack)).toEqual([]);
	await stillWell(scene);
});

test('a frame of text closes with 4400', async () => {
	const scene = await withBo();
	const eve = await t.Raw.to(scene.name, 'eve').open();
	// As bytes it would be a sound ack.
	eve.socket.send(String.fromCharCode(Message.ack, 1));
	expect(await eve.closed).toBe(Close.malformed);
});

test('a text that claims to be longer than its frame does not bring in what lies beside it in memory', async () => {
	const scene = await withBo();
	// One struct: client 5, clock 0, a string of 100 characters under the root `items`, key 'a';
	// three of them are there.
	const lying = Uint8Array.of(
		1,
		1,
		5,
		0,
		0x24,
		1,
		5,
		...Buffer.from('items'),
		1,
		97,
		100,
		65,
		65,
		65,
		0
	);
	const eve = await t.Raw.to(scene.name, 'eve').open();
	eve.send(Message.sync, Sync.update, lying);
	expect(await eve.closed).toBe(Close.malformed);
	expect(t.faults).toEqual([]);
	await stillWell(scene);
});

test('a small frame that deletes the same again and again is refused before it costs anything', async () => {
	const scene = await withBo();
	const [client] = [...scene.bo.doc.store.clients.keys()];
	const ranges = Array.from({ length: 5000 }, () => [0, 1]).flat();
	const eve = await t.Raw.to(scene.name, 'eve').open();
	eve.send(Message.sync, Sync.update, t.frame(0, 1, client!, 5000, ...ranges));
	expect(await eve.closed).toBe(Close.malformed);
	await stillWell(scene);
});

test('a frame of more than 1 MiB closes with 4413', async () => {
	const scene = await withBo();
	const eve = await t.Raw.to(scene.name, 'eve').open();
	eve.socket.send(new Uint8Array(limits.frame + 1));
	expect(await eve.closed).toBe(Close.tooLarge);
	await stillWell(scene);
});

test('a document that would pass 10 MiB is left as it is, with 4413', async () => {
	const name = t.newDocument('item', { eve: 'write' });
	const write = (length: number) => (doc: Y.Doc) => {
		const paragraph = new Y.XmlElement('paragraph');
		caseTextOf(doc).insert(0, [paragraph]);
		const text = new Y.XmlText();
		paragraph.insert(0, [text]);
		text.insert(0, 'x'.repeat(length));
	};
	rooms.transact(name, null, write(limits.document - 100_000));
	const length = () => rooms.read(name, (doc) => caseTextOf(doc).length);
	const eve = await t.Raw.to(name, 'eve').open();
	eve.send(Message.sync, Sync.update, written(write(50_000)));
	eve.send(Message.ack, 1);
	await t.until(() => eve.of(Message.ack).length === 1);
	expect(length()).toBe(2);
	eve.send(Message.sync, Sync.update, written(write(50_001)));
	expect(await eve.closed).toBe(Close.tooLarge);
	expect(length()).toBe(2);
	expect(() => rooms.transact(name, null, write(60_000))).toThrow('document_too_large');
	expect(length()).toBe(2);
});

test('what breaks the shape closes with 4422; others in the same turn lose nothing', async () => {
	const scene = await withBo();
	const [anna, eve] = [t.Raw.to(scene.name, 'anna'), t.Raw.to(scene.name, 'eve')];
	await Promise.all([anna.open(), eve.open()]);
	const good = (title: string) => written((doc) => addItem(doc, fixed(title)));
	anna.send(Message.sync, Sync.update, good('Anna før'));
	eve.send(
		Message.sync,
		Sync.update,
		written((doc) => agendaItems(doc).set('nonsense', new Y.Map()))
	);
	eve.send(Message.ack, 1);
	anna.send(Message.sync, Sync.update, good('Anna etter'));
	anna.send(Message.ack, 1);
	expect(await eve.closed).toBe(Close.badShape);
	await t.until(() => anna.of(Message.ack).length === 1);
	await t.until(() => titles(scene.bo.doc).length === 3);
	for (const doc of [t.onDisk(scene.name), rooms.read(scene.name, (live) => live), scene.bo.doc])
		expect(titles(doc).sort()).toEqual(['Anna etter', 'Anna før', 'Sak']);
	expect(eve.of(Message.ack)).toEqual([]);
	expect(agendaItems(t.onDisk(scene.name)).has('nonsense')).toBe(false);
	expect(scene.bo.closings).toEqual([]);
});

test("a root that is none of the document's is refused", async () => {
	const scene = await withBo();
	const eve = await t.Raw.to(scene.name, 'eve').open();
	eve.send(
		Message.sync,
		Sync.update,
		written((doc) => doc.getMap('hidden').set('a', 1))
	);
	expect(await eve.closed).toBe(Close.badShape);
	await stillWell(scene);
});

test('who goes too fast is closed with 4529', async () => {
	const scene = await withBo();
	const eve = await t.Raw.to(scene.name, 'eve').open();
	for (let time = 0; time < 2000; time++) eve.send(Message.ack, time);
	expect(await eve.closed).toBe(Close.tooFast);
	await stillWell(scene);
});

test('who does not read is closed with 4513 rather than kept in memory', async () => {
	const name = t.newDocument('item', { eve: 'read' });
	const eve = await t.Raw.to(name, 'eve').open();
	eve.send(Message.sync, Sync.step1, Y.encodeStateVector(new Y.Doc()));
	await t.until(() => eve.of(Message.sync).length === 2);
	eve.socket.pause();
	for (let time = 0; time < 60; time++) {
		rooms.transact(name, null, (doc) => {
			const paragraph = new Y.XmlElement('paragraph');
			caseTextOf(doc).delete(0, caseTextOf(doc).length);
			caseTextOf(doc).insert(0, [paragraph]);
			paragraph.insert(0, [new Y.XmlText('x'.repeat(500_000))]);
		});
		await new Promise(setImmediate);
	}
	eve.socket.resume();
	expect(await eve.closed).toBe(Close.readsTooSlowly);
});

/* ── At the door ── */

test('a page of another origin gets 403 and no socket', async () => {
	const { name } = await withBo();
	for (const from of ['https://evil.test', 'null', `${t.origin}.evil.test`, null]) {
		const raw = new t.Raw(`/live/agenda:${name.id}@1?person=anna`, from);
		const status = await new Promise((done) =>
			raw.socket.on('unexpected-response', (_, response) => done(response.statusCode))
		);
		expect(status).toBe(403);
	}
});

test.each<[string, (id: string) => string, number]>([
	['nobody is signed in', (id) => `/live/agenda:${id}@1`, Close.signedOut],
	['the document is unknown', () => `/live/agenda:${randomUUID()}@1?person=anna`, Close.unknown],
	['it was never theirs', (id) => `/live/agenda:${id}@1?person=ukjend`, Close.unknown],
	['nobody keeps that kind', (id) => `/live/talk:${id}@1?person=anna`, Close.unknown],
	["it is no document's name", () => '/live/hei?person=anna', Close.unknown],
	['the epoch is to come', (id) => `/live/agenda:${id}@2?person=anna`, Close.epochPassed],
	['nobody is signed in for events', () => '/live/events', Close.signedOut]
])('the door closes with a code when %s', async (_, path, code) => {
	const { name } = await withBo();
	const raw = new t.Raw(path(name.id));
	raw.socket.on('open', () => raw.send(Message.sync, Sync.update, sound));
	expect(await raw.closed).toBe(code);
	expect(raw.heard).toEqual([]);
});

test('an epoch that has passed is closed with 4410', async () => {
	const { name, bo } = await withBo();
	bo.leave();
	await t.until(() => t.rowsOf(name) === 0);
	sqlite().prepare('UPDATE document SET epoch = 2').run();
	expect(rooms.epochOf(name)).toBe(2);
	expect(await t.Raw.to(name, 'anna').closed).toBe(Close.epochPassed);
	const anna = await new t.Person(name, 'anna', { epoch: 2 }).synced();
	expect(titles(anna.doc)).toEqual([]);
});

test.each([
	['that is let in', t.origin],
	['that is refused', 'https://evil.test']
])('a connection %s and is reset meanwhile harms nobody', async (_, from) => {
	const scene = await withBo();
	const reset = () =>
		new Promise((done) => {
			const socket = dial(t.portOf(), '127.0.0.1').on('error', done).on('close', done);
			const lines = [
				`GET /live/agenda:${scene.name.id}@1?person=eve HTTP/1.1`,
				'Host: x',
				`Origin: ${from}`,
				'Connection: Upgrade',
				'Upgrade: websocket',
				'Sec-WebSocket-Version: 13',
				'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
			];
			socket.write(`${lines.join('\r\n')}\r\n\r\n`, () => socket.resetAndDestroy());
		});
	await Promise.all(Array.from({ length: 40 }, reset));
	await stillWell(scene);
});
