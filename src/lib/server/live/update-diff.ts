import * as Y from 'yjs';

/** What an update brings to a document, found out before the document is touched. */
export interface UpdateDiff {
	/** Clients of which it holds structs that the document does not have: those who write. */
	writers: Set<number>;
	/** It builds on something that neither it nor the document holds. */
	gap: boolean;
	/** Nothing in it is new, neither structs nor deletions. */
	empty: boolean;
}

/**
 * Reads an update without applying it. Throws when it is malformed: a truncated one would throw
 * half-way *and* leave traces.
 */
export function readUpdateDiff(update: Uint8Array, store: Y.Doc['store']): UpdateDiff {
	const { structs, ds } = Y.decodeUpdate(update);
	const ends = new Map<number, number>();
	const endOf = (client: number) => ends.get(client) ?? Y.getState(store, client);
	const writers = new Set<number>();
	let gap = false;
	for (const struct of structs) {
		const { client, clock } = struct.id;
		const end = clock + struct.length;
		if (!Number.isSafeInteger(end)) throw new Error('A clock beyond all bounds.');
		const known = endOf(client);
		// Those of one client stand in order, so what ends before the last did is known too.
		if (end <= known || struct instanceof Y.Skip) continue;
		writers.add(client);
		if (clock > known) gap = true;
		ends.set(client, end);
	}
	for (const struct of structs) {
		if (!(struct instanceof Y.Item)) continue;
		const { id, origin, rightOrigin, parent } = struct;
		// A parent is an id here unless it is a root, which is named by a string.
		for (const ground of [origin, rightOrigin, parent]) {
			if (!(ground instanceof Y.ID)) continue;
			if (ground.client === id.client && ground.clock >= id.clock)
				throw new Error('A struct that builds on what comes after it.');
			if (ground.clock >= endOf(ground.client)) gap = true;
		}
	}
	let deletes = false;
	for (const [client, ranges] of ds.clients) {
		let last = 0;
		for (const { clock, len } of ranges) {
			// Yjs sorts and joins what it sends. A small frame that names the same thousand structs a
			// thousand times takes minutes.
			if (clock < last) throw new Error('Deletions that overlap.');
			last = clock + len;
			if (last > endOf(client)) gap = true;
			else deletes ||= !allDeleted(store, client, clock, clock + len);
		}
	}
	return { writers, gap, empty: writers.size === 0 && !deletes && !gap };
}

function allDeleted(store: Y.Doc['store'], client: number, from: number, to: number): boolean {
	const structs = store.clients.get(client);
	if (!structs || from >= to || from >= Y.getState(store, client)) return from >= to;
	for (let index = Y.findIndexSS(structs, from); index < structs.length; index++) {
		const struct = structs[index]!;
		if (struct.id.clock >= to) break;
		if (!struct.deleted) return false;
	}
	return true;
}
