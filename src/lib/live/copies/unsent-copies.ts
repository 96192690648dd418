import { openDatabase } from './databases.ts';

/*
 * What waits in this browser's copies of documents (copies.ts), counted without opening the
 * documents: light enough for every page.
 */

/** What the names of copies begin with. */
export const copyPrefix = 'samrad/';
/** What the keys of edits begin with that are not known to be on the server. */
export const editKey = 'edit:';

/** Whether this browser keeps a copy of anything, whosever it is. */
export async function holdsCopies(): Promise<boolean> {
	return (await names()).length > 0;
}

/** Names of all copies. None where the browser keeps no databases, or tells nobody of them. */
export async function names(): Promise<string[]> {
	try {
		const found = await globalThis.indexedDB.databases();
		return found.flatMap(({ name }) => (name?.startsWith(copyPrefix) ? [name] : []));
	} catch {
		return [];
	}
}

/**
 * How many edits of this person wait in copies of this browser. None where the browser keeps no
 * copies.
 */
export async function countUnsent(person: string): Promise<number> {
	const own = (await names()).filter((name) => name.startsWith(`${copyPrefix}${person}/`));
	const counts = await Promise.all(own.map(countIn));
	return counts.reduce((sum, count) => sum + count, 0);
}

/** None in one that another page has just removed. */
async function countIn(name: string): Promise<number> {
	try {
		const db = await openDatabase(name);
		try {
			return await countEdits(db);
		} finally {
			db.close();
		}
	} catch {
		return 0;
	}
}

function countEdits(db: IDBDatabase): Promise<number> {
	return new Promise((done, failed) => {
		const range = IDBKeyRange.bound(editKey, `${editKey}\uffff`);
		const transaction = db.transaction('custom');
		const counted = transaction.objectStore('custom').count(range);
		transaction.oncomplete = () => done(counted.result);
		transaction.onabort = () => failed(transaction.error);
	});
}
