import { setTimeout as wait } from 'node:timers/promises';
import { clone, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { livePath, Message, Sync } from '../../src/lib/domain/wire.ts';
import type { Caller } from '../callers.ts';
import { frame } from '../peers.ts';

// Each provider wants to hear of the end of this process.
process.setMaxListeners(0);

/**
 * A page without the page: y-websocket's provider, signed in as somebody. It remembers what it
 * has been promised.
 */
export class Client {
	readonly doc = new Y.Doc();
	readonly provider: WebsocketProvider;
	readonly room: string;
	/** Codes with which its sockets have been closed. */
	readonly closings: number[] = [];
	/**
	 * Others' edits that it has shown: as they came, since what they become here depends on what is
	 * not yet stored.
	 */
	readonly seen: Uint8Array[] = [];
	/** Its own edits that the server has acknowledged. */
	readonly acknowledged: Uint8Array[] = [];
	/** Its own edits, each under the number of the ack that covers it. */
	#waiting: { ask: number; update: Uint8Array }[] = [];
	#asked = 0;
	#answered = 0;

	constructor(who: Caller, room: string) {
		this.room = room;
		this.provider = new WebsocketProvider(
			`ws://127.0.0.1:${who.server.port}${livePath}`,
			room,
			this.doc,
			{ disableBc: true, maxBackoffTime: 500, WebSocketPolyfill: socketOf(who) }
		);
		this.provider.on('connection-close', (event) => event && this.closings.push(event.code));
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== this.provider) this.#waiting.push({ ask: this.#asked + 1, update });
		});
		const readSync = this.provider.messageHandlers[Message.sync]!;
		this.provider.messageHandlers[Message.sync] = (encoder, decoder, ...rest) => {
			const ahead = clone(decoder);
			if (readVarUint(ahead) !== Sync.step1) this.seen.push(readVarUint8Array(ahead).slice());
			readSync(encoder, decoder, ...rest);
		};
		this.provider.messageHandlers[Message.ack] = (_encoder, decoder) => {
			this.#answer(readVarUint(decoder));
		};
	}

	async synced(): Promise<this> {
		await until(() => this.provider.synced, `${this.room} to be open`);
		return this;
	}

	/** Whether its socket is open. */
	get isThere(): boolean {
		return this.provider.ws?.readyState === WebSocket.OPEN;
	}

	/**
	 * Asks whether everything so far is stored; only on a connection on which the server has had
	 * all that it lacked.
	 */
	ask(): number {
		if (this.isThere && this.provider.synced) {
			this.#asked++;
			this.provider.ws?.send(frame(Message.ack, this.#asked) as Uint8Array<ArrayBuffer>);
		}
		return this.#asked;
	}

	/** Waits until everything so far is stored. */
	async saved(): Promise<void> {
		const number = this.ask();
		await until(() => this.#answered >= number, 'an ack');
	}

	/** Gone, and what it had in memory with it. */
	leave(): void {
		this.provider.destroy();
		this.doc.destroy();
	}

	#answer(number: number): void {
		this.#answered = Math.max(this.#answered, number);
		const covered = this.#waiting.filter(({ ask }) => ask <= number);
		this.acknowledged.push(...covered.map(({ update }) => update));
		this.#waiting = this.#waiting.filter(({ ask }) => ask > number);
	}
}

function socketOf({ cookie, server }: Caller): typeof globalThis.WebSocket {
	class Socket extends WebSocket {
		constructor(url: string, protocols?: string | string[]) {
			super(url, protocols, { headers: { cookie, origin: server.url } });
		}
	}
	return Socket as unknown as typeof globalThis.WebSocket;
}

/** Waits for what is to come. Throws after `patience` milliseconds. */
export async function until(
	holds: () => boolean,
	what = String(holds),
	patience = 20_000
): Promise<void> {
	const end = Date.now() + patience;
	while (!holds()) {
		if (Date.now() > end) throw new Error(`Waited in vain for ${what}.`);
		await wait(2);
	}
}

/** Of these updates, those of which something is missing in a document. */
export function missing(updates: Uint8Array[], state: Uint8Array): Uint8Array[] {
	const whole = docOf(state);
	const without = (update: Uint8Array) => {
		let news = false;
		const notice = () => (news = true);
		whole.on('update', notice);
		Y.applyUpdate(whole, update);
		whole.off('update', notice);
		return news || whole.store.pendingStructs !== null || whole.store.pendingDs !== null;
	};
	// Together first: one look when nothing is missing.
	if (updates.length === 0 || !without(Y.mergeUpdates(updates))) return [];
	return updates.filter((update) => isNews(update, state));
}

function isNews(update: Uint8Array, state: Uint8Array): boolean {
	const doc = docOf(state);
	let news = false;
	doc.on('update', () => (news = true));
	Y.applyUpdate(doc, update);
	return news || doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}

function docOf(state: Uint8Array): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, state);
	return doc;
}
