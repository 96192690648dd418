import { readVarUint } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { livePath, Message, Sync } from '../src/lib/domain/wire.ts';
import type { Caller } from './callers.ts';
import { expect } from './people.ts';

/** A page's end of a live document, without the page: it may say what no page of ours would. */
export class Peer {
	readonly doc = new Y.Doc();
	readonly provider: WebsocketProvider;
	/** Codes with which its socket has been closed. */
	readonly closed: number[] = [];
	#acks: number[] = [];
	#asked = 0;

	constructor(who: Caller, room: string) {
		const { cookie, server } = who;
		class Socket extends WebSocket {
			constructor(url: string, protocols?: string | string[]) {
				super(url, protocols, { headers: { cookie, origin: server.url } });
			}
		}
		this.provider = new WebsocketProvider(
			`ws://127.0.0.1:${server.port}${livePath}`,
			room,
			this.doc,
			{
				disableBc: true,
				WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket
			}
		);
		this.provider.on('connection-close', (event) => event && this.closed.push(event.code));
		this.provider.messageHandlers[Message.ack] = (_encoder, decoder) => {
			this.#acks.push(readVarUint(decoder));
		};
	}

	/** Has the document as the server has it. */
	async opened(): Promise<this> {
		await expect.poll(() => this.provider.synced).toBe(true);
		return this;
	}

	/** Everything that it has written is on the server's disk. */
	async saved(): Promise<void> {
		const number = ++this.#asked;
		this.say(frame(Message.ack, number));
		await expect.poll(() => this.#acks).toContain(number);
	}

	/** Puts bytes on the wire as they are. */
	say(bytes: Uint8Array): void {
		this.provider.ws?.send(bytes as Uint8Array<ArrayBuffer>);
	}

	leave(): void {
		this.provider.destroy();
		this.doc.destroy();
	}
}

/** A frame: numbers as they are, bytes with their length before them. */
export function frame(...parts: (number | Uint8Array)[]): Uint8Array {
	const encoder = createEncoder();
	for (const part of parts) {
		if (typeof part === 'number') writeVarUint(encoder, part);
		else writeVarUint8Array(encoder, part);
	}
	return toUint8Array(encoder);
}

export const update = (bytes: Uint8Array) => frame(Message.sync, Sync.update, bytes);
export const stepTwo = (bytes: Uint8Array) => frame(Message.sync, Sync.step2, bytes);
