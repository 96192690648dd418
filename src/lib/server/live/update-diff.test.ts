import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { readUpdateDiff } from './update-diff.ts';

/** A document in which one client has written a word, and that client's whole state. */
function written(client: number, word = 'ordet') {
	const doc = new Y.Doc();
	doc.clientID = client;
	doc.getText('text').insert(0, word);
	return { doc, update: Y.encodeStateAsUpdate(doc) };
}

const diff = (update: Uint8Array, doc: Y.Doc) => {
	const { writers, gap, empty } = readUpdateDiff(update, doc.store);
	return { writers: [...writers], gap, empty };
};

test('who writes is who brings something that the document does not have', () => {
	const { doc, update } = written(7);
	expect(diff(update, new Y.Doc())).toEqual({ writers: [7], gap: false, empty: false });
	expect(diff(update, doc)).toEqual({ writers: [], gap: false, empty: true });
	const other = new Y.Doc();
	other.clientID = 8;
	Y.applyUpdate(other, update);
	other.getText('text').insert(2, 'x');
	expect(diff(Y.encodeStateAsUpdate(other), doc).writers).toEqual([8]);
});

test('what builds on something that neither holds has a gap', () => {
	const { doc } = written(7);
	const vector = Y.encodeStateVector(doc);
	doc.getText('text').insert(3, 'midt');
	const later = Y.encodeStateAsUpdate(doc, vector);
	expect(diff(later, new Y.Doc())).toMatchObject({ gap: true, empty: false });
	expect(diff(later, written(7).doc)).toMatchObject({ writers: [7], gap: false });
});

test('a deletion is news without a writer, once', () => {
	const { doc, update } = written(7);
	const here = new Y.Doc();
	Y.applyUpdate(here, update);
	doc.getText('text').delete(0, 2);
	const gone = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(here));
	expect(diff(gone, here)).toEqual({ writers: [], gap: false, empty: false });
	Y.applyUpdate(here, gone);
	expect(diff(gone, here)).toEqual({ writers: [], gap: false, empty: true });
	expect(diff(gone, new Y.Doc()).gap).toBe(true);
});

test('reading leaves no trace in the document', () => {
	const { update } = written(7);
	const here = new Y.Doc();
	readUpdateDiff(update, here.store);
	expect(here.store.clients.size).toBe(0);
	expect(() => readUpdateDiff(update.slice(0, -3), here.store)).toThrow();
	expect(here.store.clients.size).toBe(0);
	expect(here.store.pendingStructs).toBeNull();
});
