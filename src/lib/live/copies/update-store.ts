import * as Y from 'yjs';
import { openDatabase } from './databases.ts';

/*
 * The updates of one document in one of the browser's own databases. Laid out as y-indexeddb did,
 * which made the copies that browsers have: `updates` numbers its rows by itself, `custom` is for
 * what is kept beside them (docs/decisions/0038).
 */

/** From so many rows on, they are put together into one. */
const trimSize = 500;

/** What it reads into its document has the store itself as its origin. */
export class UpdateStore {
	readonly db: IDBDatabase;
	readonly doc: Y.Doc;
	/** Key of the last row that is in the document. */
	#last = 0;
	#rows = 0;
	#closed = false;

	/** Opens a database, or makes it. Rejects when the browser keeps none. */
	static async open(name: string, doc: Y.Doc): Promise<UpdateStore> {
		return new UpdateStore(await openDatabase(name, createStores), doc);
	}

	private constructor(db: IDBDatabase, doc: Y.Doc) {
		this.db = db;
		this.doc = doc;
	}

	/**
	 * Puts into the database what the document holds already, and into the document what the
	 * database does.
	 */
	read(): Promise<void> {
		return this.#catchUp((updates, apply) => {
			if (this.doc.store.clients.size > 0) updates.add(Y.encodeStateAsUpdate(this.doc));
			apply();
		});
	}

	/** Throws when the database is closing. */
	add(update: Uint8Array): void {
		this.db.transaction('updates', 'readwrite').objectStore('updates').add(update);
		if (++this.#rows >= trimSize) this.#trim().catch(() => undefined);
	}

	/** Ends it once what it was told is done. */
	close(): void {
		this.#closed = true;
		this.db.close();
	}

	/**
	 * Other pages may have written meanwhile: only what is in the document by now is replaced by
	 * its state.
	 */
	#trim(): Promise<void> {
		return this.#catchUp((updates, apply) => {
			apply();
			updates.add(Y.encodeStateAsUpdate(this.doc));
			updates.delete(IDBKeyRange.upperBound(this.#last));
		});
	}

	/**
	 * Fetches rows that are not in the document; `take` then says what comes of them, in the same
	 * transaction.
	 */
	#catchUp(take: (updates: IDBObjectStore, apply: () => void) => void): Promise<void> {
		return new Promise((done, failed) => {
			const transaction = this.db.transaction('updates', 'readwrite');
			transaction.oncomplete = () => done();
			transaction.onabort = () => failed(transaction.error ?? new Error('The copy has gone.'));
			const updates = transaction.objectStore('updates');
			const unread = IDBKeyRange.lowerBound(this.#last, true);
			const rows: IDBRequest<Uint8Array[]> = updates.getAll(unread);
			const keys = updates.getAllKeys(unread);
			keys.onsuccess = () => {
				if (this.#closed) return transaction.abort();
				try {
					take(updates, () => this.#apply(rows.result, keys.result));
					const count = updates.count();
					count.onsuccess = () => (this.#rows = count.result);
				} catch (error) {
					failed(error);
					transaction.abort();
				}
			};
		});
	}

	#apply(updates: Uint8Array[], keys: IDBValidKey[]): void {
		const read = () => updates.forEach((update) => Y.applyUpdate(this.doc, update));
		Y.transact(this.doc, read, this, false);
		this.#last = (keys.at(-1) as number | undefined) ?? this.#last;
	}
}

function createStores(db: IDBDatabase): void {
	db.createObjectStore('updates', { autoIncrement: true });
	db.createObjectStore('custom');
}
