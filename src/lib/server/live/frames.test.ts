import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as decoding from 'lib0/decoding';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { Message, Sync } from '#lib/domain/wire.ts';
import * as frames from './frames.ts';

/*
 * Frames are put on the wire past `ws`, so a client of its own kind has to take them for its own.
 */

const sockets = new WebSocketServer({ noServer: true });
const server = createServer();
/** What the server writes to whoever comes. */
let greeting: Uint8Array = new Uint8Array();

beforeAll(async () => {
	server.on('upgrade', (request, socket, head) =>
		sockets.handleUpgrade(request, socket, head, () => socket.write(greeting))
	);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
});
afterAll(() => server.close());

/** The messages that a client hears when the server writes these bytes. */
async function heard(bytes: Uint8Array, count: number): Promise<Buffer[]> {
	greeting = bytes;
	const client = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
	const messages: Buffer[] = [];
	await new Promise<void>((done, failed) => {
		client.on('error', failed);
		client.on('message', (data) => {
			messages.push(data as Buffer);
			if (messages.length === count) done();
		});
	});
	client.terminate();
	return messages;
}

// A message has three to five bytes more than the update in it: these lie on both sides of 126
// and of 65,536.
test.each([0, 120, 121, 122, 123, 124, 126, 65_529, 65_530, 65_531, 65_532, 65_536, 3_000_000])(
	'an update of %i bytes arrives as it was sent',
	async (size) => {
		const sent = new Uint8Array(size).map((_, index) => index % 251);
		const [message] = await heard(frames.update(sent), 1);
		const decoder = decoding.createDecoder(message!);
		expect(decoding.readVarUint(decoder)).toBe(Message.sync);
		expect(decoding.readVarUint(decoder)).toBe(Sync.update);
		expect(Buffer.compare(decoding.readVarUint8Array(decoder), sent)).toBe(0);
		expect(decoding.hasContent(decoder)).toBe(false);
	}
);

test('frames that are sent as one arrive one by one, in order', async () => {
	const messages = await heard(frames.together([frames.ack(1), frames.ack(300), frames.ack(2)]), 3);
	const numbers = messages.map((message) => {
		const decoder = decoding.createDecoder(message);
		return [decoding.readVarUint(decoder), decoding.readVarUint(decoder)];
	});
	expect(numbers).toEqual([1, 300, 2].map((number) => [Message.ack, number]));
});
