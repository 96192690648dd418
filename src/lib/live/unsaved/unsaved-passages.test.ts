import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { addItem, changeItem, textOf, titleOf } from '#lib/domain/agenda.ts';
import { type Edit, editOf } from './own-edits.ts';
import { wordsOf } from './unsaved-passages.ts';

const item = '11111111-2222-4333-8444-555555555555';

/**
 * An agenda with one item, as the server has it, and a page's copy that notes what is done to it.
 */
function page() {
	const server = new Y.Doc();
	addItem(server, { id: item, title: 'Budsjett', kind: 'discussion', minutes: 10 });
	const paragraph = new Y.XmlElement('paragraph');
	textOf(server, item)!.insert(0, [paragraph]);
	paragraph.insert(0, [new Y.XmlText('Rådet drøfta saka.')]);
	const doc = new Y.Doc();
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
	const edits: Edit[] = [];
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, made: Y.Transaction) => {
		updates.push(update);
		edits.push(editOf(made));
	});
	const words = () => {
		const block = textOf(doc, item)!.get(0) as Y.XmlElement;
		return block.get(0) as Y.XmlText;
	};
	return { server, doc, edits, updates, words };
}

test('only the own words are shown, by item, with a gap where others stand between', () => {
	const { doc, edits, words, server } = page();
	words().insert(18, ' Kari la fram tal.');
	words().insert(0, 'Først: ');
	titleOf(doc, item)!.insert(8, ' 2027');
	expect(wordsOf({ doc, edits }, server)).toEqual({
		passages: [{ title: 'Budsjett 2027', text: '2027\nFørst: …  Kari la fram tal.' }],
		more: false
	});
});

test('a new paragraph is a line of its own', () => {
	const { doc, edits, server } = page();
	const block = new Y.XmlElement('paragraph');
	textOf(doc, item)!.insert(1, [block]);
	block.insert(0, [new Y.XmlText('Ny linje')]);
	expect(wordsOf({ doc, edits }, server)).toEqual({
		passages: [{ title: 'Budsjett', text: 'Ny linje' }],
		more: false
	});
});

test('what the server has got after all is left out', () => {
	const { doc, edits, updates, words, server } = page();
	words().insert(0, 'Kom fram. ');
	Y.applyUpdate(server, updates[0]!);
	words().insert(0, 'Kom ikkje fram. ');
	expect(wordsOf({ doc, edits }, server)?.passages[0]?.text).toBe('Kom ikkje fram.');
	Y.applyUpdate(server, updates[1]!);
	expect(wordsOf({ doc, edits }, server)).toBeNull();
});

test('what was typed and taken back is no loss, but what was taken from the text is', () => {
	const { doc, edits, words, server } = page();
	words().insert(0, 'Feil');
	words().delete(0, 4);
	expect(wordsOf({ doc, edits }, server)).toBeNull();
	words().delete(0, 6);
	expect(wordsOf({ doc, edits }, server)).toEqual({ passages: [], more: true });
});

test('a choice cannot be shown in words, but is not kept quiet', () => {
	const { doc, edits, server } = page();
	changeItem(doc, item, { minutes: 25 });
	expect(wordsOf({ doc, edits }, server)).toEqual({ passages: [], more: true });
});
