/**
 * Opens one of the browser's databases. When it is not there: `create` makes what is in it, and
 * without it none comes to be. Rejects when there is none, or when the browser will not.
 */
export function openDatabase(
	name: string,
	create?: (db: IDBDatabase) => void
): Promise<IDBDatabase> {
	return new Promise((done, failed) => {
		const request = indexedDB.open(name);
		request.onupgradeneeded = () => {
			if (create) create(request.result);
			// An empty one would be left behind that nobody can use.
			else request.transaction?.abort();
		};
		request.onsuccess = () => {
			const db = request.result;
			// Who removes it is not kept waiting.
			db.onversionchange = () => db.close();
			done(db);
		};
		request.onerror = (event) => {
			// What we have heard of is no fault of the page's.
			event.preventDefault();
			failed(request.error ?? new Error('The browser opens no database.'));
		};
	});
}
