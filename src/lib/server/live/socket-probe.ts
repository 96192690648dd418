import type { IncomingMessage } from 'node:http';
import { Duplex } from 'node:stream';
import { type ServerOptions, WebSocketServer } from 'ws';
import { ack } from './frames.ts';
import { IncompatibleLibrary } from './incompatible-library.ts';
import type { LiveSocket } from './sockets.ts';

/*
 * Whether frames that are put on the wire beneath `ws` can stand among its own: tried before the
 * door opens.
 */

/** Throws IncompatibleLibrary when sockets made with these options would not do. */
export function probeSockets(options: ServerOptions): void {
	const finding = mixing(options) ?? counting(options);
	if (finding !== null) throw new IncompatibleLibrary('ws', finding, '0036');
}

/**
 * All that is sent must be on the wire, unmasked, in the order in which it was sent, when the
 * call returns.
 */
function mixing(options: ServerOptions): string | null {
	const wire = new Wire();
	const socket = upgrade(options, wire);
	wire.drain();
	socket.send('a');
	socket.putFrame(ack(1));
	socket.ping();
	socket.putFrame(ack(2));
	socket.send('b');
	const sent = wire.drain();
	socket.terminate();
	if (socket.extensions !== '') return `it has agreed on ${socket.extensions}`;
	const expected = [bytes(0x81, 1, 0x61), ack(1), bytes(0x89, 0), ack(2), bytes(0x81, 1, 0x62)];
	return sent.equals(Buffer.concat(expected)) ? null : 'what is sent is not written as it is sent';
}

/** A reader that takes nothing must show, or it would fill the memory. */
function counting(options: ServerOptions): string | null {
	const wire = new Wire();
	const socket = upgrade(options, wire);
	wire.stall();
	socket.putFrame(ack(1));
	const waiting = socket.bufferedAmount;
	socket.putFrame(ack(2));
	const grown = socket.bufferedAmount - waiting;
	socket.terminate();
	return grown >= ack(2).byteLength ? null : 'bufferedAmount leaves out what is written beneath';
}

function upgrade(options: ServerOptions, wire: Wire): LiveSocket {
	const server = new WebSocketServer({ ...options, noServer: true });
	const request = {
		method: 'GET',
		url: '/',
		headers: {
			upgrade: 'websocket',
			'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
			'sec-websocket-version': '13',
			'sec-websocket-extensions': 'permessage-deflate'
		}
	} as IncomingMessage;
	let upgraded: LiveSocket | null = null;
	server.handleUpgrade(request, wire, Buffer.alloc(0), (socket) => {
		upgraded = socket as LiveSocket;
		upgraded.wire = wire;
	});
	if (upgraded === null)
		throw new IncompatibleLibrary('ws', 'an upgrade is not done in one go', '0036');
	return upgraded;
}

function bytes(...all: number[]): Uint8Array {
	return Uint8Array.from(all);
}

/** The connection beneath a socket, with nobody at its other end. */
class Wire extends Duplex {
	#written: Buffer[] = [];
	#stalled = false;

	/** What has been written since the last time. */
	drain(): Buffer {
		return Buffer.concat(this.#written.splice(0));
	}

	/** From now on nothing more is taken. */
	stall(): void {
		this.#stalled = true;
	}

	override _read(): void {}

	override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
		this.#written.push(Buffer.from(chunk as string));
		if (!this.#stalled) done();
	}
}
