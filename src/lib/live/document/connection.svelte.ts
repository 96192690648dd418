import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { type DocumentName, formatRoomName } from '#lib/domain/document.ts';
import { Close, livePath } from '#lib/domain/wire.ts';
import type { LocalCopy } from '#lib/live/copies/copies.ts';
import { socketAddress } from '#lib/live/events/address.ts';
import type { Edit } from '#lib/live/unsaved/own-edits.ts';
import { type Owner, Rescue } from '#lib/live/unsaved/rescue.ts';
import type { Cause, UnsavedWords } from '#lib/live/unsaved/unsaved-words.svelte.ts';
import { acknowledge } from './acks.ts';
import { PendingEdits } from './pending-edits.svelte.ts';

/**
 * How it stands with what has been written here. `waiting` is the number of edits that are not
 * known to be on disk.
 */
export type Saved =
	| { state: 'opening' }
	| { state: 'saved' }
	| { state: 'sending'; waiting: number }
	/** `kept`: what waits outlives the page, in this browser. */
	| { state: 'offline'; waiting: number; kept?: true }
	/** The server is there but cannot write; tried again by itself. */
	| { state: 'not_saved'; waiting: number }
	/** Closed for good, with one of the 44xx codes of domain/wire.ts. */
	| { state: 'no_access'; code: number };

export interface LiveDocumentOptions {
	/** The server takes no edits on this connection, so none are counted. */
	readOnly?: boolean;
	/**
	 * Whose page it is, and what the document is called there; for the words that could not be
	 * stored.
	 */
	owner?: Owner;
	/** Keep a copy in the browser for the time without a net: the owner's. */
	keep?: boolean;
	/**
	 * Another document has taken this one's place: what was bound to the old one has to be bound
	 * anew.
	 */
	onrenew?: () => void;
	/**
	 * For tests: the address of the sockets, the class that opens them, and where words go that
	 * were not stored.
	 */
	url?: string;
	WebSocketPolyfill?: typeof WebSocket;
	unsavedWords?: UnsavedWords;
}

/** After these the document holds an edit that the server refuses, and later edits build on it. */
const poisonous: number[] = [Close.foreignClient, Close.tooLarge, Close.badShape];

/** Milliseconds that a browser gets to read its copy; the server is not kept waiting for longer. */
const copyPatience = 2_000;
/** Milliseconds that a page which is being left goes on waiting for the last acknowledgement. */
const farewell = 5_000;

/**
 * One shared document and its connection. `doc`, `provider` and `saved` are reactive: when the
 * document has been opened anew (another epoch, a right to write that is gone, a refused edit)
 * everything that was bound to the old one has to be bound anew.
 *
 * No word is lost on the way: what was written and is not on the server goes to the unsaved words
 * before a document is thrown away.
 */
export class LiveDocument {
	readonly name: DocumentName;
	#readOnly: boolean = $state(false);
	readonly #options: LiveDocumentOptions;
	#epoch: number;
	#provider: WebsocketProvider = $state.raw()!;
	#pendingEdits: PendingEdits = $state.raw()!;
	#copy: LocalCopy | null = $state.raw(null);
	/** Edits that the browser has not put into the copy yet. */
	#unkept = $state(0);
	#phase: 'opening' | 'open' | 'offline' | 'not_saved' | 'no_access' = $state('opening');
	#code = $state(0);
	#loaded = $state(false);
	readonly #rescue: Rescue;
	#stopAsking = () => {};
	#destroyed = false;
	#gone = false;

	readonly saved: Saved = $derived.by(() => {
		const waiting = this.waiting;
		if (this.#phase === 'no_access') return { state: 'no_access', code: this.#code };
		if (this.#phase === 'offline' || this.#phase === 'not_saved') {
			const kept = this.#phase === 'offline' && waiting > 0 && this.isKept;
			return { state: this.#phase, waiting, ...(kept ? { kept } : {}) };
		}
		if (this.#pendingEdits.settled) return { state: 'saved' };
		return waiting > 0 ? { state: 'sending', waiting } : { state: 'opening' };
	});

	constructor(name: DocumentName, epoch: number, options: LiveDocumentOptions = {}) {
		this.name = name;
		this.#readOnly = options.readOnly ?? false;
		this.#options = options;
		this.#epoch = epoch;
		this.#rescue = new Rescue(options.owner, !options.keep, options.unsavedWords);
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

	/**
	 * Whether the content has been here once, from the server or from a copy: until then an empty
	 * document means nothing.
	 */
	get loaded(): boolean {
		return this.#loaded;
	}

	get waiting(): number {
		return this.#pendingEdits.waiting;
	}

	get hasUnsaved(): boolean {
		return this.waiting > 0;
	}

	/** The server takes no edits on this connection. */
	get readOnly(): boolean {
		return this.#readOnly;
	}

	/** What is written here outlives the page, in this browser. */
	get isKept(): boolean {
		return this.#unkept === 0 && (this.#copy?.intact ?? false);
	}

	/**
	 * What the server says of the document now: its epoch, and whether this person writes in it.
	 * Where that makes edits that have not reached it impossible, they go to the unsaved words and
	 * the document is opened anew.
	 */
	follow(epoch: number, readOnly: boolean): void {
		const passed = epoch !== this.#epoch;
		const lost = readOnly && !this.#readOnly && this.hasUnsaved;
		this.#readOnly = readOnly;
		this.#copy?.note({ readOnly });
		if (passed) this.reopen('erased', epoch);
		else if (lost) this.reopen('reader');
	}

	/**
	 * Knocks again after a final no that may have changed, such as 4401 once the person has signed
	 * in; keeps what is unsaved.
	 */
	retry(): void {
		if (this.#phase !== 'no_access') return;
		this.#phase = 'opening';
		this.#provider.connect();
	}

	/**
	 * Throws this document away, copy included, and opens it anew, with a new client id; in a new
	 * epoch after an erasure.
	 */
	reopen(cause: Cause, epoch: number = this.#epoch): void {
		const former = { provider: this.#provider, copy: this.#copy };
		this.#setAside(cause);
		this.#epoch = epoch;
		const emptied = former.copy?.empty();
		// Who waits for it hears of it; until then it is nobody's fault.
		emptied?.catch(() => undefined);
		this.#open(emptied);
		close(former.provider);
		this.#options.onrenew?.();
	}

	/**
	 * Ends the connection, once what has been sent is acknowledged. What cannot be sent and is not
	 * kept goes to the unsaved words.
	 */
	destroy(): void {
		if (this.#destroyed) return;
		this.#destroyed = true;
		if (typeof window !== 'undefined') window.removeEventListener('beforeunload', this.#keepPage);
		this.#provider.awareness.setLocalState(null);
		if (this.#phase === 'open' && this.hasUnsaved) setTimeout(() => this.#go(), farewell);
		else this.#go();
	}

	#go(): void {
		if (this.#gone) return;
		this.#gone = true;
		this.#stopAsking();
		if (!this.isKept) this.#setAside('left');
		void this.#rescue.reckon(null);
		this.#copy?.close();
		close(this.#provider);
	}

	#setAside(cause: Cause): void {
		this.#rescue.setAside({ doc: this.doc, edits: this.#pendingEdits.surrender(), cause });
	}

	#open(before?: Promise<void>): void {
		const doc = new Y.Doc();
		const { url, WebSocketPolyfill, keep } = this.#options;
		const room = formatRoomName(this.name, this.#epoch);
		const provider = new WebsocketProvider(url ?? socketAddress(livePath), room, doc, {
			connect: false,
			// Another tab's edits may not be stored yet, and what one sees must be.
			disableBc: true,
			maxBackoffTime: 2500,
			...(WebSocketPolyfill ? { WebSocketPolyfill } : {})
		});
		const pendingEdits = new PendingEdits();
		this.#provider = provider;
		this.#pendingEdits = pendingEdits;
		this.#copy = null;
		this.#unkept = 0;
		this.#phase = 'opening';
		this.#code = 0;
		this.#loaded = false;
		/** What comes from these is no edit of this page. */
		const origins = new Set<unknown>([provider]);
		this.#follow(provider, pendingEdits);
		this.#stopAsking();
		this.#stopAsking = acknowledge(provider, pendingEdits, {
			counts: (origin) => !origins.has(origin) && !this.readOnly,
			onwrite: (edit) => this.#copy?.keep(edit, this.#phase === 'open'),
			onstored: (edits) => this.#stored(provider, edits)
		});
		if (keep) void this.#restore(provider, pendingEdits, origins, before);
		else provider.connect();
	}

	/**
	 * Reads the copy in the browser before the server is asked. Without one, or when the browser is
	 * slow, all goes on as without.
	 */
	async #restore(
		provider: WebsocketProvider,
		pendingEdits: PendingEdits,
		origins: Set<unknown>,
		before?: Promise<void>
	): Promise<void> {
		const current = () => provider === this.#provider && !this.#destroyed;
		let connected = false;
		const connect = () => {
			if (!connected && current()) provider.connect();
			connected = true;
		};
		const late = setTimeout(connect, copyPatience);
		try {
			const { person, label } = this.#options.owner!;
			const { LocalCopy, passed } = await import('#lib/live/copies/copies.ts');
			await before;
			const own = { person, document: this.name, epoch: this.#epoch };
			for (const old of await passed(own)) this.#rescue.setAside(old);
			const copy = await LocalCopy.open(own, provider.doc, (origin) => origins.add(origin));
			if (!current()) return copy.close();
			this.#copy = copy;
			copy.onpending = (count) => {
				if (this.#copy === copy) this.#unkept = count;
			};
			copy.note({ label, readOnly: this.#readOnly });
			// What was written before the browser had opened it.
			for (const edit of pendingEdits.unstored) copy.keep(edit, this.#phase === 'open');
			for (const edit of copy.found) pendingEdits.write(edit);
			if (copy.holdsText) this.#loaded = true;
			if (this.#readOnly && this.hasUnsaved) return this.reopen('reader');
		} catch {
			// A browser that keeps nothing: the page says nothing of a copy then.
		} finally {
			clearTimeout(late);
			connect();
		}
	}

	#follow(provider: WebsocketProvider, pendingEdits: PendingEdits): void {
		const current = () => provider === this.#provider && !this.#destroyed;
		provider.on('status', ({ status }) => {
			if (!current()) return;
			if (status === 'disconnected') forgetOthers(provider.awareness);
			// "Not saved" stands until the server has shown that it can write again.
			if (status === 'connected' && this.#phase !== 'not_saved') this.#phase = 'open';
		});
		provider.on('sync', (synced) => {
			if (!current() || !synced) return;
			this.#loaded = true;
			void this.#rescue.reckon(provider.doc);
		});
		provider.on('connection-close', (event) => {
			pendingEdits.disconnect();
			if (this.#destroyed) this.#go();
			if (!current()) return;
			this.#copy?.flush();
			this.#phase = event?.code === Close.storageRefuses ? 'not_saved' : 'offline';
		});
		provider.on('closed', ({ code }) => {
			if (!current()) return;
			this.#code = code;
			this.#phase = 'no_access';
			this.#end(code);
		});
	}

	/** The server will have no more of this document. */
	#end(code: number): void {
		// With nothing unsent it is not our words that are amiss, and opening anew would go on for
		// ever.
		if (poisonous.includes(code)) return this.hasUnsaved ? this.reopen('refused') : undefined;
		// Another epoch is opened as soon as the page knows which; what is typed until then is set
		// aside with the rest.
		if (code === Close.epochPassed) return;
		// After signing in again a copy sends by itself what waits in it.
		if (code === Close.signedOut && this.isKept) return;
		this.#setAside(code === Close.signedOut ? 'signed_out' : 'no_access');
		void this.#rescue.reckon(null);
		if (code !== Close.signedOut) this.#copy?.empty().catch(() => undefined);
	}

	#stored(provider: WebsocketProvider, edits: Edit[]): void {
		if (provider !== this.#provider) return;
		this.#copy?.forget(edits);
		if (!this.#pendingEdits.settled) return;
		if (this.#destroyed) this.#go();
		if (this.#phase === 'not_saved') this.#phase = 'open';
	}

	#keepPage = (event: BeforeUnloadEvent): void => {
		const safe = this.isKept && this.#phase === 'no_access';
		if ((this.hasUnsaved && !safe) || this.#rescue.isWaiting) event.preventDefault();
	};
}

/**
 * y-protocols remembers a lost peer's clock and then ignores the same state when it is sent again
 * after a reconnect.
 */
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
