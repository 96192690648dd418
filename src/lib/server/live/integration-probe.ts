import * as Y from 'yjs';

/*
 * Whether the steps that are counted (integration-limit.ts) are those that Yjs walks: tried on
 * small documents.
 */

type Spent = (apply: () => void) => number;

/** Clients that have written at a place, one item each: so many items are walked over there. */
const others = [2, 3, 4];
const walked = others.length;

/**
 * Applies an update for each way in which an item finds its place, whose walk is known beforehand.
 * Null when as many steps were counted as were walked.
 */
export function probeIntegration(spent: Spent): string | null {
	const walks: [place: string, write: (doc: Y.Doc) => void][] = [
		['at the beginning of a list', (doc) => doc.getArray('list').insert(0, ['new'])],
		['after a neighbour', (doc) => doc.getArray('other').insert(1, ['new'])],
		['under a key', (doc) => doc.getMap('map').set('key', 'new')]
	];
	try {
		for (const [place, write] of walks)
			if (stepsFor(write, spent) !== walked) return `steps ${place} are not counted`;
		if (stepsForRest(spent) !== walked)
			return 'steps of an item that is here in part are not counted';
	} catch {
		return 'an update of its own cannot be applied';
	}
	return null;
}

/** Steps that a peer's edit costs where three others have written at the same place meanwhile. */
function stepsFor(write: (doc: Y.Doc) => void, spent: Spent): number {
	const before = new Y.Doc();
	before.getArray('other').insert(0, ['left']);
	const base = Y.encodeStateAsUpdate(before);
	const doc = peerOf(base, 1);
	for (const client of others) Y.applyUpdate(doc, editOf(base, client, write));
	return spent(() => Y.applyUpdate(doc, editOf(base, 5, write)));
}

/**
 * As above for a run of which the first part has been received, and which others have written
 * after.
 */
function stepsForRest(spent: Spent): number {
	const peer = peerOf(null, 5);
	peer.getText('text').insert(0, 'ab');
	const begun = Y.encodeStateAsUpdate(peer);
	const doc = peerOf(begun, 1);
	for (const client of others)
		Y.applyUpdate(
			doc,
			editOf(begun, client, (of) => of.getText('text').insert(2, 'x'))
		);
	peer.getText('text').insert(2, 'cd');
	return spent(() => Y.applyUpdate(doc, Y.encodeStateAsUpdate(peer)));
}

function peerOf(base: Uint8Array | null, client: number): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = client;
	if (base) Y.applyUpdate(doc, base);
	return doc;
}

function editOf(base: Uint8Array, client: number, write: (doc: Y.Doc) => void): Uint8Array {
	const doc = peerOf(base, client);
	write(doc);
	return Y.encodeStateAsUpdate(doc, Y.encodeStateVectorFromUpdate(base));
}
