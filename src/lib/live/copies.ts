import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import {
	formatDocumentName,
	formatRoomName,
	parseRoomName,
	type DocumentName
} from '#lib/domain/document.ts';
import type { Edit } from './edits.ts';
import { keepShell } from './keep-shell.ts';
import type { SetAside } from './salvage.ts';
import { copyPrefix, editKey } from './unsent-copies.ts';

/*
 * Copies of documents in the browser's own database, for the time without a net: one for each person, document and epoch. Beside
 * what y-indexeddb keeps, each holds the edits that are not known to be on the server.
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
	const found = await indexedDB.databases();
	return found.map(({ name }) => parseCopyName(name ?? '')).filter((name) => name !== null);
}

/** Removes a copy, once every page that has it open has let go of it. */
export function remove(name: CopyName): Promise<void> {
	return new Promise((done, failed) => {
		const request = indexedDB.deleteDatabase(formatCopyName(name));
		request.onsuccess = () => done();
		request.onerror = () => failed(request.error);
	});
}

/** A copy that is open, bound to a document: what happens there is kept here. */
export class LocalCopy {
	/** Edits of earlier pages that are not known to be on the server. */
	readonly found: Edit[] = [];
	/** False as soon as the browser has refused to keep something, or has taken the copy away. */
	intact = true;
	/** Told how many edits the browser has not put away yet, whenever that changes: a page that is left now would lose them. */
	onpending: (count: number) => void = () => {};
	#pending = 0;
	readonly #persistence: IndexeddbPersistence;
	readonly #keys = new Map<Edit, IDBValidKey>();
	readonly #client: number;
	#last = 0;

	private constructor(persistence: IndexeddbPersistence) {
		this.#persistence = persistence;
		this.#client = persistence.doc.clientID;
	}

	/**
	 * Opens a copy, or a new one, and reads it into the document; `marks` is told which origin its own writing has. Throws what the
	 * browser throws when it keeps nothing.
	 */
	static async open(
		name: CopyName,
		doc: Y.Doc,
		marks: (origin: unknown) => void = () => {}
	): Promise<LocalCopy> {
		const persistence = new IndexeddbPersistence(formatCopyName(name), doc);
		marks(persistence);
		const copy = new LocalCopy(persistence);
		// The library's own promise stays open for ever when the browser refuses; this one does not.
		await persistence._db;
		await persistence.whenSynced;
		await copy.#readEdits();
		copy.#watch();
		keepShell();
		return copy;
	}

	/** Whether there is anything in it. */
	get holdsText(): boolean {
		return this.#persistence.doc.store.clients.size > 0;
	}

	/** What a page that has nothing but the copy must know of the document. */
	note({ label, readOnly }: CopyNote): void {
		this.#write((store) => {
			store.put(label, 'label');
			store.put(readOnly ? 'read' : 'write', 'right');
		});
	}

	/** One of which nobody knows may only be read. */
	async readNote(): Promise<CopyNote> {
		const [label, right]: unknown[] = await Promise.all([
			this.#persistence.get('label'),
			this.#persistence.get('right')
		]);
		return { label: typeof label === 'string' ? label : '', readOnly: right !== 'write' };
	}

	keep(written: Edit): void {
		const key = `${editKey}${this.#client}.${++this.#last}`;
		this.#keys.set(written, key);
		this.#count(1);
		// After the library's own writing of the same change: both stores are asked for, so this one is done when that one is.
		queueMicrotask(() =>
			this.#write(
				(store) => store.put(written, key),
				['updates', 'custom'],
				() => this.#count(-1)
			)
		);
	}

	#count(more: number): void {
		this.#pending += more;
		this.onpending(this.#pending);
	}

	/** These are on the server now. */
	forget(stored: Edit[]): void {
		const keys = stored.map((written) => this.#keys.get(written)).filter((key) => key != null);
		stored.forEach((written) => this.#keys.delete(written));
		this.#write((store) => keys.forEach((key) => store.delete(key)));
	}

	/** Empties it, whoever else has it open. */
	async empty(): Promise<void> {
		const { db } = this.#persistence;
		this.close();
		if (db) await emptied(db);
	}

	close(): void {
		this.intact = false;
		// Closes the database once it has done what it was told.
		void this.#persistence.destroy();
	}

	async #readEdits(): Promise<void> {
		for (const [key, written] of await editsIn(this.#persistence.db!)) {
			this.#keys.set(written, key);
			this.found.push(written);
		}
	}

	#watch(): void {
		const { db } = this.#persistence;
		const broken = () => (this.intact = false);
		db?.addEventListener('abort', broken);
		db?.addEventListener('close', broken);
		// Another page removes it: the library would go on writing into a closed database.
		db?.addEventListener('versionchange', () => this.close());
	}

	#write(
		deed: (store: IDBObjectStore) => void,
		stores: string[] = ['custom'],
		done: () => void = () => {}
	): void {
		if (!this.intact) return;
		try {
			const transaction = this.#persistence.db!.transaction(stores, 'readwrite');
			transaction.addEventListener('complete', done);
			deed(transaction.objectStore('custom'));
		} catch {
			this.close();
		}
	}
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

/** What a copy holds that no page has open: its document, what is noted of it, and what is not known to be on the server. */
export async function peek(name: CopyName): Promise<CopyNote & { doc: Y.Doc; edits: Edit[] }> {
	const doc = new Y.Doc();
	const copy = await LocalCopy.open(name, doc);
	const note = await copy.readNote();
	copy.close();
	return { doc, ...note, edits: copy.found };
}

/**
 * The person's copies of a document from before it was erased in: what in them never reached the server, to be set aside. They are
 * removed when that is done.
 */
export async function passed({ person, document, epoch }: CopyName): Promise<SetAside[]> {
	const others = (await all()).filter(
		(one) =>
			one.person === person &&
			formatDocumentName(one.document) === formatDocumentName(document) &&
			one.epoch !== epoch
	);
	return Promise.all(
		others.map(async (old) => {
			const { doc, edits } = await peek(old);
			return { doc, edits, cause: 'erased' as const, done: () => void remove(old) };
		})
	);
}
