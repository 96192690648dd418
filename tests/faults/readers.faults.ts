import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addItem, moveItem, readAgenda, titleOf } from '../../src/lib/domain/agenda.ts';
import { livePath, Message } from '../../src/lib/domain/wire.ts';
import { type Caller, dial, post } from '../callers.ts';
import { frame, stepTwo, update } from '../peers.ts';
import { personId } from '../records.ts';
import { type RunningServer, startServer } from '../server.ts';
import { Chance, isLong, seed, tell } from './chance.ts';
import { Client, until } from './client.ts';
import { callers, fingerprint, rooms } from './municipality.ts';

const frames = isLong ? 10_000 : 1000;
/** As many as the server takes at once on one connection. */
const each = 500;

/** Who keeps the forum, and somebody who is let look on. */
const [secretary, observer] = ['P03', 'P18'];

let server: RunningServer;
beforeAll(async () => {
	server = await startServer();
});
afterAll(() => server.stop());

test(`${frames} updates and answers of somebody who may only read change no byte`, async () => {
	const { room } = rooms(server).find(({ kind }) => kind === 'agenda')!;
	const people = await callers(server, [secretary, observer]);
	const asked = await post(people.get(secretary)!, '/forums/br?/addMember', {
		person: personId(server, observer),
		role: 'observer'
	});
	expect(asked.ok).toBe(true);
	const witness = await new Client(people.get(secretary)!, room).synced();
	const one = readAgenda(witness.doc).find(({ open }) => open !== null)!;
	addItem(witness.doc, { id: crypto.randomUUID(), title: 'Før', kind: 'fixed', minutes: 5 });
	await witness.saved();
	const before = fingerprint(server);
	const state = Y.encodeStateAsUpdate(witness.doc);
	const chance = new Chance(seed);

	for (let sent = 0; sent < frames; sent += each) {
		const codes = await send(people.get(observer)!, room, () => forged(state, one.id, chance));
		expect(codes).toEqual([]);
	}
	expect(fingerprint(server)).toBe(before);
	expect(witness.closings).toEqual([]);
	expect(Y.encodeStateAsUpdate(witness.doc)).toEqual(state);
	tell('read-only', { frames });
	witness.leave();
});

/** A good edit of somebody who writes: of one kind of frame and of the other. */
function forged(state: Uint8Array, item: string, chance: Chance): Uint8Array {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, state);
	const before = Y.encodeStateVector(doc);
	chance.of([
		() => titleOf(doc, item)!.insert(0, 'Sniken '),
		() => titleOf(doc, item)!.delete(0, 1),
		() => moveItem(doc, item, 1),
		() => addItem(doc, { id: crypto.randomUUID(), title: 'Ny', kind: 'notice', minutes: 1 })
	])();
	const bytes = Y.encodeStateAsUpdate(doc, before);
	return chance.once(2) ? update(bytes) : stepTwo(bytes);
}

/**
 * Sends so many on a connection of its own, and waits until the server has read them all; the
 * codes it closed with.
 */
async function send(who: Caller, room: string, make: () => Uint8Array): Promise<number[]> {
	const socket = dial(who, `${livePath}/${room}`).on('error', () => {});
	const codes: number[] = [];
	let answered = false;
	socket.on('close', (code) => codes.push(code));
	await until(() => socket.readyState === 1, 'a socket');
	for (let sent = 0; sent < each; sent++) socket.send(make());
	// The answer to this one comes after everything before it has been read.
	socket.on('message', (data: Buffer) => (answered ||= data[0] === Message.sync && data[1] === 1));
	socket.send(frame(Message.sync, 0, Y.encodeStateVector(new Y.Doc())));
	await until(() => answered || codes.length > 0, 'an answer');
	const heard = [...codes];
	socket.terminate();
	return heard;
}
