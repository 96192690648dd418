import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebsocketProvider } from 'y-websocket';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { formatRoomName, type DocumentName } from '#lib/domain/document.ts';
import { Close, livePath, Message, Sync } from '#lib/domain/wire.ts';
import { socketAddress } from './address.ts';
import { Ledger } from './ledger.svelte.ts';

/** How it stands with what has been written here. `waiting` is the number of edits that are not known to be on disk. */
export type Saved =
	| { state: 'opening' }
	| { state: 'saved' }
	| { state: 'sending'; waiting: number }
	| { state: 'offline'; waiting: number }
	/** The server is there but cannot write; tried again by itself. */
	| { state: 'not_saved'; waiting: number }
	/** Closed for good, with one of the 44xx codes of domain/wire.ts. */
	| { state: 'no_access'; code: number };

export interface LiveDocumentOptions {
	/** The server takes no edits on this connection, so none are counted. */
	readOnly?: boolean;
	/** For tests: the address of the sockets, and the class that opens them. */
	url?: string;
	WebSocketPolyfill?: typeof WebSocket;
}

/** After these the document holds an edit that the server refuses, and later edits build on it. */
const poisonous: number[] = [Close.foreignClient, Close.tooLarge, Close.badShape];

/**
 * Milliseconds between questions while nothing is written. y-websocket gives up a connection on which it has heard nothing
 * for 30 seconds, and who is alone in a document hears nothing.
 */
const beat = 10_000;

/**
 * One shared document and its connection. `doc`, `provider` and `saved` are reactive: after `reopen` everything that was
 * bound to the old document has to be bound anew.
 */
export class LiveDocument {
	readonly name: DocumentName;
	/** The server takes no edits on this connection now, so none are counted. Follows the right, which may change meanwhile. */
	readOnly: boolean = $state(false);
	readonly #options: LiveDocumentOptions;
	#epoch: number;
	#provider: WebsocketProvider = $state.raw()!;
	#ledger: Ledger = $state.raw()!;
	#phase: 'opening' | 'open' | 'offline' | 'not_saved' | 'no_access' = $state('opening');
	#code = $state(0);
	#loaded = $state(false);
	#beating: ReturnType<typeof setInterval> | undefined;
	#destroyed = false;

	readonly saved: Saved = $derived.by(() => {
		const waiting = this.waiting;
		if (this.#phase === 'no_access') return { state: 'no_access', code: this.#code };
		if (this.#phase === 'offline' || this.#phase === 'not_saved') {
			return { state: this.#phase, waiting };
		}
		if (this.#ledger.settled) return { state: 'saved' };
		return waiting > 0 ? { state: 'sending', waiting } : { state: 'opening' };
	});

	constructor(name: DocumentName, epoch: number, options: LiveDocumentOptions = {}) {
		this.name = name;
		this.readOnly = options.readOnly ?? false;
		this.#options = options;
		this.#epoch = epoch;
		this.#open();
		if (typeof window !== 'undefined') window.addEventListener('beforeunload', this.#keepPage);
	}

	get doc(): Y.Doc {
		return this.#provider.doc;
	}

	get provider(): WebsocketProvider {
		return this.#provider;
	}

	get awareness(): Awareness {
		return this.#provider.awareness;
	}

	/** Whether the server's content has been here once: until then an empty document means nothing. */
	get loaded(): boolean {
		return this.#loaded;
	}

	get waiting(): number {
		return this.#ledger.waiting;
	}

	get hasUnsaved(): boolean {
		return this.waiting > 0;
	}

	/** The server has refused an edit for good: show what was not stored, then `reopen`. */
	get poisoned(): boolean {
		return this.#phase === 'no_access' && poisonous.includes(this.#code);
	}

	/** Knocks again after a final no that may have changed, such as 4401 once the person has signed in; keeps what is unsaved. */
	retry(): void {
		if (this.#phase !== 'no_access' || this.poisoned) return;
		this.#phase = 'opening';
		this.#provider.connect();
	}

	/** Throws this copy away and opens a fresh one, with a new client id; in a new epoch after an erasure. */
	reopen(epoch: number = this.#epoch): void {
		const old = this.#provider;
		this.#epoch = epoch;
		this.#open();
		close(old);
	}

	/** Ends the connection. What is still waiting is lost when it is offline: ask `hasUnsaved` first. */
	destroy(): void {
		if (this.#destroyed) return;
		this.#destroyed = true;
		if (typeof window !== 'undefined') window.removeEventListener('beforeunload', this.#keepPage);
		clearInterval(this.#beating);
		close(this.#provider);
	}

	#open(): void {
		const doc = new Y.Doc();
		const { url, WebSocketPolyfill } = this.#options;
		const room = formatRoomName(this.name, this.#epoch);
		const provider = new WebsocketProvider(url ?? socketAddress(livePath), room, doc, {
			connect: false,
			// Another tab's edits may not be stored yet, and what one sees must be.
			disableBc: true,
			maxBackoffTime: 2500,
			...(WebSocketPolyfill ? { WebSocketPolyfill } : {})
		});
		const ledger = new Ledger();
		this.#provider = provider;
		this.#ledger = ledger;
		this.#phase = 'opening';
		this.#code = 0;
		this.#loaded = false;
		this.#follow(provider, ledger);
		this.#acknowledge(provider, ledger);
		provider.connect();
	}

	#follow(provider: WebsocketProvider, ledger: Ledger): void {
		const current = () => provider === this.#provider && !this.#destroyed;
		provider.on('status', ({ status }) => {
			if (!current()) return;
			if (status === 'disconnected') forgetOthers(provider.awareness);
			// "Not saved" stands until the server has shown that it can write again.
			if (status === 'connected' && this.#phase !== 'not_saved') this.#phase = 'open';
		});
		provider.on('sync', (synced) => {
			if (current() && synced) this.#loaded = true;
		});
		provider.on('connection-close', (event) => {
			ledger.disconnect();
			if (!current()) return;
			this.#phase = event?.code === Close.storageRefuses ? 'not_saved' : 'offline';
		});
		provider.on('closed', ({ code }) => {
			if (!current()) return;
			this.#code = code;
			this.#phase = 'no_access';
		});
	}

	/** Message 102 (docs/LIVE.md, "The wire"). */
	#acknowledge(provider: WebsocketProvider, ledger: Ledger): void {
		let asking = false;
		const ask = () => {
			asking = false;
			const socket = provider.ws;
			if (!ledger.handedOver || socket?.readyState !== socket?.OPEN) return;
			const encoder = encoding.createEncoder();
			encoding.writeVarUint(encoder, Message.ack);
			encoding.writeVarUint(encoder, ledger.ask());
			socket?.send(encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>);
		};
		// The provider listens to the document since before us: its update is on the wire when the microtask runs.
		provider.doc.on('update', (_update: Uint8Array, origin: unknown) => {
			if (origin === provider || this.readOnly) return;
			ledger.write();
			if (asking) return;
			asking = true;
			queueMicrotask(ask);
		});
		const readSync = provider.messageHandlers[Message.sync]!;
		provider.messageHandlers[Message.sync] = (encoder, decoder, from, emitSynced, type) => {
			const wantsOurs = decoding.peekVarUint(decoder) === Sync.step1;
			readSync(encoder, decoder, from, emitSynced, type);
			if (!wantsOurs) return;
			// Our step 2 goes out as soon as this handler has returned.
			const socket = provider.ws;
			queueMicrotask(() => {
				if (provider.ws !== socket) return;
				ledger.handOver();
				ask();
			});
		};
		clearInterval(this.#beating);
		this.#beating = setInterval(ask, beat);
		provider.messageHandlers[Message.ack] = (_encoder, decoder) => {
			ledger.answer(decoding.readVarUint(decoder));
			if (provider !== this.#provider || !ledger.settled) return;
			if (this.#phase === 'not_saved') this.#phase = 'open';
		};
	}

	#keepPage = (event: BeforeUnloadEvent): void => {
		if (this.hasUnsaved) event.preventDefault();
	};
}

/** y-protocols remembers a lost peer's clock and then ignores the same state when it is sent again after a reconnect. */
function forgetOthers(awareness: Awareness): void {
	for (const client of awareness.meta.keys()) {
		if (client !== awareness.clientID) awareness.meta.delete(client);
	}
}

function close(provider: WebsocketProvider): void {
	provider.destroy();
	// Ends the awareness too, which otherwise keeps a timer.
	provider.doc.destroy();
}
