import * as Y from 'yjs';
import {
	type DocumentName,
	formatDocumentName,
	formatRoomName,
	parseRoomName
} from '#lib/domain/document.ts';
import type { Edit } from '#lib/live/unsaved/own-edits.ts';
import type { SetAside } from '#lib/live/unsaved/rescue.ts';
import { openDatabase } from './databases.ts';
import { keepShell } from './keep-shell.ts';
import { copyPrefix, editKey, names } from './unsent-copies.ts';
import { UpdateStore } from './update-store.ts';

/*
 * Copies of documents in the browser's own database, for the time without a net: one for each
 * person, document and epoch. Beside the document's updates, each holds the edits that are not
 * known to be on the server.
 */

export interface CopyName {
	/** Id of whose it is. */
	person: string;
	document: DocumentName;
	epoch: number;
}

export function formatCopyName({ person, document, epoch }: CopyName): string {
	return `${copyPrefix}${person}/${formatRoomName(document, epoch)}`;
}

function parseCopyName(name: string): CopyName | null {
	if (!name.startsWith(copyPrefix)) return null;
	const [person, room] = name.slice(copyPrefix.length).split('/');
	const found = parseRoomName(room ?? '');
	return person && found ? { person, document: found.name, epoch: found.epoch } : null;
}

export interface CopyNote {
	/** The document's name in words. */
	label: string;
	/** Whether the person could only read in it, when there was a net. */
	readOnly: boolean;
}

/** Every copy in this browser, whosever it is. */
export async function all(): Promise<CopyName[]> {
	return (await names()).map(parseCopyName).filter((name) => name !== null);
}

/**
 * Removes a copy, once every page that has it open has let go of it. A browser that will not is
 * asked again when the person comes back.
 */
export function remove(name: CopyName): Promise<void> {
	return new Promise((done) => {
		const request = indexedDB.deleteDatabase(formatCopyName(name));
		request.onsuccess = () => done();
		request.onerror = (event) => {
			event.preventDefault();
			done();
		};
	});
}

/**
 * Milliseconds until an own edit is written that the server has not said to have, and until
 * others' edits are.
 */
const [ownDelay, othersDelay] = [200, 2000];

/** A copy that is open, bound to a document: what happens there is kept here. */
export class LocalCopy {
	/** Edits of earlier pages that are not known to be on the server. */
	readonly found: Edit[] = [];
	/** False as soon as the browser has refused to keep something, or has taken the copy away. */
	intact = true;
	/**
	 * Told how many edits the browser has not put away yet, whenever that changes: a page that is
	 * left now would lose them.
	 */
	onpending: (count: number) => void = () => {};
	#pending = 0;
	readonly #store: UpdateStore;
	readonly #keys = new Map<Edit, IDBValidKey>();
	readonly #client: number;
	#last = 0;
	/**
	 * What is to be written together, with the edits in it that are not known to be on the server.
	 */
	#updates: Uint8Array[] = [];
	readonly #unwritten = new Set<Edit>();
	#timer: ReturnType<typeof setTimeout> | undefined;
	#due = Infinity;

	private constructor(store: UpdateStore) {
		this.#store = store;
		this.#client = store.doc.clientID;
	}

	/**
	 * Opens a copy, or a new one, and reads it into the document; `marks` is told which origin its
	 * own writing has. Throws what the browser throws when it keeps nothing or another page has
	 * just removed it; the document is then as without a copy.
	 */
	static async open(
		name: CopyName,
		doc: Y.Doc,
		marks: (origin: unknown) => void = () => {}
	): Promise<LocalCopy> {
		const store = await UpdateStore.open(formatCopyName(name), doc);
		marks(store);
		const copy = new LocalCopy(store);
		try {
			// What is written while it is being read is in neither otherwise.
			copy.#gather();
			await store.read();
			await copy.#readEdits();
			copy.#watch();
		} catch (error) {
			copy.#end();
			throw error;
		}
		keepShell();
		return copy;
	}

	/** Whether there is anything in it. */
	get holdsText(): boolean {
		return this.#store.doc.store.clients.size > 0;
	}

	/** What a page that has only the copy must know of the document. */
	note({ label, readOnly }: Partial<CopyNote>): void {
		this.#write((store) => {
			if (label !== undefined) store.put(label, 'label');
			if (readOnly !== undefined) store.put(readOnly ? 'read' : 'write', 'right');
		});
	}

	/** One of which nobody knows may only be read. */
	async readNote(): Promise<CopyNote> {
		const [label, right]: unknown[] = await Promise.all([
			valueIn(this.#store.db, 'label'),
			valueIn(this.#store.db, 'right')
		]);
		return { label: typeof label === 'string' ? label : '', readOnly: right !== 'write' };
	}

	/**
	 * Keeps an edit: at once, or, when the server is there and will most likely have it before, in
	 * a moment.
	 */
	keep(written: Edit, calm: boolean): void {
		this.#unwritten.add(written);
		this.#count(1);
		// After the update of the same change, which comes to us a little later.
		if (calm) this.#flushWithin(ownDelay);
		else queueMicrotask(() => this.flush());
	}

	/**
	 * Writes what has been gathered. Both stores are asked for the edits, so they are put away when
	 * the text is.
	 */
	flush(): void {
		clearTimeout(this.#timer);
		this.#due = Infinity;
		const [updates, edits] = [this.#updates.splice(0), [...this.#unwritten]];
		this.#unwritten.clear();
		this.#put(updates);
		if (edits.length === 0) return;
		for (const one of edits) this.#keys.set(one, `${editKey}${this.#client}.${++this.#last}`);
		this.#write(
			(store) => edits.forEach((one) => store.put(one, this.#keys.get(one))),
			['updates', 'custom'],
			() => this.#count(-edits.length)
		);
	}

	#put(updates: Uint8Array[]): void {
		if (updates.length === 0 || !this.intact) return;
		try {
			this.#store.add(Y.mergeUpdates(updates));
		} catch {
			// The database is closing. Nothing more is asked of it.
			this.#end();
		}
	}

	#count(more: number): void {
		this.#pending += more;
		this.onpending(this.#pending);
	}

	/** These are on the server now. */
	forget(stored: Edit[]): void {
		const unwritten = stored.filter((one) => this.#unwritten.delete(one));
		if (unwritten.length > 0) this.#count(-unwritten.length);
		const keys = stored.map((written) => this.#keys.get(written)).filter((key) => key != null);
		stored.forEach((written) => this.#keys.delete(written));
		if (keys.length > 0) this.#write((store) => keys.forEach((key) => store.delete(key)));
	}

	/** Empties it, whoever else has it open. */
	async empty(): Promise<void> {
		this.#updates = [];
		this.#unwritten.clear();
		// A database that is closing takes nothing more.
		const done = emptied(this.#store.db);
		this.close();
		await done;
	}

	close(): void {
		if (this.intact) this.flush();
		// Also one that is broken: whoever removes it would wait for us.
		this.#end();
	}

	#end(): void {
		clearTimeout(this.#timer);
		this.#store.doc.off('update', this.#collect);
		globalThis.removeEventListener?.('pagehide', this.#leave);
		this.intact = false;
		this.#store.close();
	}

	async #readEdits(): Promise<void> {
		for (const [key, written] of await editsIn(this.#store.db)) {
			this.#keys.set(written, key);
			this.found.push(written);
		}
	}

	/**
	 * To write each update by itself costs a page more than to show it. What is on the server
	 * already, as others' edits are, may wait for a while.
	 */
	#gather(): void {
		this.#store.doc.on('update', this.#collect);
		globalThis.addEventListener?.('pagehide', this.#leave);
	}

	#collect = (update: Uint8Array, origin: unknown): void => {
		if (origin === this.#store) return;
		this.#updates.push(update);
		this.#flushWithin(othersDelay);
	};

	#leave = (): void => this.flush();

	#flushWithin(delay: number): void {
		const due = performance.now() + delay;
		if (due >= this.#due) return;
		this.#due = due;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.flush(), delay);
	}

	#watch(): void {
		const { db } = this.#store;
		const broken = () => (this.intact = false);
		db.addEventListener('abort', broken);
		db.addEventListener('close', broken);
		// Another page removes it. What has been gathered is written before.
		db.onversionchange = () => this.close();
	}

	#write(
		verb: (store: IDBObjectStore) => void,
		stores: string[] = ['custom'],
		done: () => void = () => {}
	): void {
		if (!this.intact) return;
		try {
			const transaction = this.#store.db.transaction(stores, 'readwrite');
			transaction.addEventListener('complete', done);
			verb(transaction.objectStore('custom'));
		} catch {
			this.close();
		}
	}
}

function valueIn(db: IDBDatabase, key: string): Promise<unknown> {
	return new Promise((done, failed) => {
		const request: IDBRequest<unknown> = db.transaction('custom').objectStore('custom').get(key);
		request.onsuccess = () => done(request.result);
		request.onerror = () => failed(request.error);
	});
}

function editsIn(db: IDBDatabase): Promise<[IDBValidKey, Edit][]> {
	return new Promise((done, failed) => {
		const found: [IDBValidKey, Edit][] = [];
		const range = IDBKeyRange.bound(editKey, `${editKey}\uffff`);
		const request = db.transaction('custom').objectStore('custom').openCursor(range);
		request.onerror = () => failed(request.error);
		request.onsuccess = () => {
			const cursor = request.result;
			if (!cursor) return done(found);
			found.push([cursor.key, cursor.value as Edit]);
			cursor.continue();
		};
	});
}

function emptied(db: IDBDatabase): Promise<void> {
	return new Promise((done, failed) => {
		const transaction = db.transaction(['updates', 'custom'], 'readwrite');
		transaction.oncomplete = () => done();
		transaction.onabort = () => failed(transaction.error);
		for (const name of ['updates', 'custom']) transaction.objectStore(name).clear();
	});
}

/**
 * What a copy holds that no page has open: its document, what is noted of it, and what is not
 * known to be on the server. Null when it cannot be read: most often another page, which has seen
 * to what was in it, is just removing it.
 */
export async function peek(
	name: CopyName
): Promise<(CopyNote & { doc: Y.Doc; edits: Edit[] }) | null> {
	const doc = new Y.Doc();
	try {
		// One that has gone is not to come to be again.
		(await openDatabase(formatCopyName(name))).close();
		const copy = await LocalCopy.open(name, doc);
		const note = await copy.readNote();
		copy.close();
		return { doc, ...note, edits: copy.found };
	} catch {
		return null;
	}
}

/**
 * The person's copies of a document from before it was erased in: what in them never reached the
 * server, to be set aside. They are removed when that is done.
 */
export async function passed({ person, document, epoch }: CopyName): Promise<SetAside[]> {
	const others = (await all()).filter(
		(one) =>
			one.person === person &&
			formatDocumentName(one.document) === formatDocumentName(document) &&
			one.epoch !== epoch
	);
	const found = await Promise.all(
		others.map(async (old) => {
			const held = await peek(old);
			const done = () => void remove(old);
			return held && { doc: held.doc, edits: held.edits, cause: 'erased' as const, done };
		})
	);
	return found.filter((one) => one !== null);
}
