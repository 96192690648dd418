/* What waits in this browser's copies of documents (copies.ts), counted without opening the documents: light enough for every page. */

/** What the names of copies begin with. */
export const copyPrefix = 'samrad/';
/** What the keys of edits begin with that are not known to be on the server. */
export const editKey = 'edit:';

/** Whether this browser keeps a copy of anything, whosever it is. */
export async function holdsCopies(): Promise<boolean> {
	return (await names()).length > 0;
}

async function names(): Promise<string[]> {
	if (!globalThis.indexedDB?.databases) return [];
	const found = await indexedDB.databases();
	return found.flatMap(({ name }) => (name?.startsWith(copyPrefix) ? [name] : []));
}

/** How many edits of this person wait in copies of this browser. None where the browser keeps no copies. */
export async function countUnsent(person: string): Promise<number> {
	const own = (await names()).filter((name) => name.startsWith(`${copyPrefix}${person}/`));
	const counts = await Promise.all(own.map(countIn));
	return counts.reduce((sum, count) => sum + count, 0);
}

function countIn(name: string): Promise<number> {
	return new Promise((done, failed) => {
		const request = indexedDB.open(name);
		request.onerror = () => failed(request.error);
		request.onsuccess = () => {
			const db = request.result;
			const end = (count: number) => {
				db.close();
				done(count);
			};
			if (!db.objectStoreNames.contains('custom')) return end(0);
			const range = IDBKeyRange.bound(editKey, `${editKey}\uffff`);
			const counted = db.transaction('custom').objectStore('custom').count(range);
			counted.onsuccess = () => end(counted.result);
			counted.onerror = () => end(0);
		};
	});
}
