import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { blocksOf, readAuthored, sameness, toShared } from './authored-text.ts';

/** A text in which two have written, by client id. */
function written(): Y.Doc {
	const doc = new Y.Doc();
	doc.clientID = 1;
	const list = new Y.XmlElement('orderedList');
	const item = new Y.XmlElement('listItem');
	const line = new Y.XmlElement('paragraph');
	line.insert(0, [new Y.XmlText('Vi møtest tysdag')]);
	item.insert(0, [line, new Y.XmlElement('paragraph')]);
	list.insert(0, [item]);
	doc.getXmlFragment('text').insert(0, [list]);
	const other = new Y.Doc();
	other.clientID = 2;
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	const text = ((other.getXmlFragment('text').get(0) as Y.XmlElement).get(0) as Y.XmlElement).get(
		0
	) as Y.XmlElement;
	(text.get(0) as Y.XmlText).insert(10, 'kvar ', { bold: {} });
	return other;
}

const read = (doc: Y.Doc) =>
	readAuthored(doc.getXmlFragment('text'), (client) => (client === 1 ? 'anna' : 'bo'));

test('each run tells who wrote it, and what it looks like', () => {
	const [first, second] = blocksOf(read(written()));
	expect(first).toMatchObject({ kind: 'number', level: 1 });
	expect(first!.pieces).toEqual([
		{ text: 'Vi møtest ', by: 'anna' },
		{ text: 'kvar ', by: 'bo' },
		{ text: 'tysdag', by: 'anna' }
	]);
	// Only the first line of an item of a list has its mark.
	expect(second).toMatchObject({ kind: 'paragraph', level: 1, pieces: [] });
});

test('what was deleted is not there', () => {
	const doc = written();
	doc.getXmlFragment('text').delete(0, 1);
	expect(read(doc)).toEqual([]);
});

test('written again it is the same to a reader, though one person has written it all', () => {
	const nodes = read(written());
	const copy = new Y.Doc();
	copy.getXmlFragment('text').insert(0, toShared(nodes));
	const again = readAuthored(copy.getXmlFragment('text'), () => 'eve');
	expect(again.map(sameness)).toEqual(nodes.map(sameness));
	expect(JSON.stringify(again)).toContain('eve');
	expect(JSON.stringify(again)).not.toContain('anna');
});

test('what looks different is not the same', () => {
	const [node] = read(written());
	const plain = JSON.parse(JSON.stringify(node).replace(/,"marks":\{[^}]*\{\}\}/, ''));
	expect(sameness(plain)).not.toBe(sameness(node!));
});
