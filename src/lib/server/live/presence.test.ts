import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import { applyAwarenessUpdate, Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { DocumentName } from '#lib/domain/document.ts';
import { Message } from '#lib/domain/wire.ts';
import * as t from './testing.ts';

t.useEngine();

const stateOf = (who: t.Person, client: number) => who.provider.awareness.getStates().get(client);

function say(raw: t.Raw, client: number, clock: number, state: unknown): void {
	const encoder = encoding.createEncoder();
	for (const number of [1, client, clock]) encoding.writeVarUint(encoder, number);
	encoding.writeVarString(encoder, JSON.stringify(state));
	raw.send(Message.awareness, encoding.toUint8Array(encoder));
}

function heardBy(raw: t.Raw): Map<number, Record<string, unknown>> {
	const awareness = new Awareness(new Y.Doc());
	for (const data of raw.of(Message.awareness)) {
		applyAwarenessUpdate(awareness, decoding.readVarUint8Array(decoding.createDecoder(data)), null);
	}
	const states = new Map(awareness.getStates());
	states.delete(awareness.clientID);
	awareness.destroy();
	return states as Map<number, Record<string, unknown>>;
}

function three(): DocumentName {
	return t.newDocument('agenda', { anna: 'write', bo: 'write', eve: 'write', les: 'read' });
}

test('others see the cursor and the item, under the name that the server knows', async () => {
	const name = three();
	const bo = await new t.Person(name, 'bo').synced();
	const anna = await new t.Person(name, 'anna').synced();
	const cursor = { anchor: { type: null }, head: { type: null } };
	anna.provider.awareness.setLocalState({
		user: { name: 'Ordføraren', colour: '#ff0000', id: 'bo' },
		cursor,
		item: 'abc',
		secret: 'x'.repeat(50)
	});
	await t.until(() => stateOf(bo, anna.doc.clientID)?.item === 'abc');
	expect(stateOf(bo, anna.doc.clientID)).toEqual({
		user: { id: 'anna', name: 'Name of anna', colour: '#123456' },
		cursor,
		item: 'abc'
	});
});

test('a newcomer hears of those present, and those present hear when somebody goes', async () => {
	const name = three();
	const bo = await new t.Person(name, 'bo').synced();
	const reader = await new t.Person(name, 'les').synced();
	for (const who of [bo, reader]) who.provider.awareness.setLocalStateField('item', 'her');
	await t.until(() => stateOf(bo, reader.doc.clientID) !== undefined);
	const anna = await new t.Person(name, 'anna').synced();
	await t.until(() => [bo, reader].every((who) => stateOf(anna, who.doc.clientID) !== undefined));
	reader.provider.ws?.close();
	await t.until(() => stateOf(bo, reader.doc.clientID) === undefined);
});

test('nobody speaks for another, neither to move them, nor to remove them, nor as a second self', async () => {
	const name = three();
	const bo = await new t.Person(name, 'bo').synced();
	const anna = await new t.Person(name, 'anna').synced();
	bo.provider.awareness.setLocalStateField('item', 'her');
	await t.until(() => stateOf(anna, bo.doc.clientID)?.item === 'her');
	const eve = await t.Raw.to(name, 'eve').open();
	say(eve, bo.doc.clientID, 98, { item: 'falsk' });
	say(eve, 4711, 1, { item: 'eve' });
	say(eve, bo.doc.clientID, 99, { item: 'falsk' });
	say(eve, bo.doc.clientID, 100, null);
	say(eve, 4712, 1, { item: 'endå ein' });
	say(eve, 4711, 2, { item: 'eve sist' });
	await t.until(() => stateOf(anna, 4711)?.item === 'eve sist');
	expect(stateOf(anna, bo.doc.clientID)?.item).toBe('her');
	expect(stateOf(anna, 4712)).toBeUndefined();
	expect(eve.socket.readyState).toBe(eve.socket.OPEN);
});

test('an id with which somebody else has written cannot be claimed, though they are away', async () => {
	const name = three();
	const anna = await new t.Person(name, 'anna').synced();
	const { addItem } = await import('#lib/domain/agenda.ts');
	addItem(anna.doc, { id: crypto.randomUUID(), title: 'Sak', kind: 'fixed', minutes: 5 });
	await anna.saved();
	const client = anna.doc.clientID;
	anna.leave();
	const bo = await t.Raw.to(name, 'bo').open();
	const eve = await t.Raw.to(name, 'eve').open();
	say(eve, client, 50, { item: 'som Anna' });
	say(eve, 4711, 1, { item: 'eve' });
	await t.until(() => heardBy(bo).has(4711));
	expect(heardBy(bo).has(client)).toBe(false);
});

test('the same person takes their id along to a new socket', async () => {
	const name = three();
	const bo = await t.Raw.to(name, 'bo').open();
	const [dead, fresh] = [await t.Raw.to(name, 'anna').open(), await t.Raw.to(name, 'anna').open()];
	say(dead, 4711, 1, { item: 'før' });
	await t.until(() => heardBy(bo).get(4711)?.item === 'før');
	say(fresh, 4711, 2, { item: 'etter' });
	await t.until(() => heardBy(bo).get(4711)?.item === 'etter');
	dead.socket.close();
	await dead.closed;
	say(fresh, 4711, 3, { item: 'framleis' });
	await t.until(() => heardBy(bo).get(4711)?.item === 'framleis');
});

test('who says too much of themselves is not heard', async () => {
	const name = three();
	const bo = await t.Raw.to(name, 'bo').open();
	const eve = await t.Raw.to(name, 'eve').open();
	say(eve, 4711, 1, { cursor: { x: 'x'.repeat(5000) } });
	eve.send(Message.ack, 1);
	await t.until(() => eve.of(Message.ack).length === 1);
	say(eve, 4711, 2, { item: 'y'.repeat(65) });
	await t.until(() => heardBy(bo).has(4711));
	expect(heardBy(bo).get(4711)).not.toHaveProperty('item');
	expect(bo.of(Message.awareness).every((data) => data.byteLength < 500)).toBe(true);
});
