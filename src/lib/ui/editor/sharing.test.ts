import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { checkCaseText } from '#lib/domain/shape.ts';
import { undoManagerOf } from './sharing.ts';

function list(fragment: Y.XmlFragment, text: string, origin: unknown): Y.XmlText {
	const inner = new Y.XmlText(text);
	const wrapped = ['paragraph', 'listItem', 'bulletList'].reduce<Y.XmlElement | Y.XmlText>(
		(child, name) => {
			const element = new Y.XmlElement(name);
			element.insert(0, [child]);
			return element;
		},
		inner
	);
	fragment.doc!.transact(() => fragment.insert(0, [wrapped]), origin);
	return inner;
}

test('one text has one undo, for as long as its document lives', () => {
	const doc = new Y.Doc();
	const text = doc.getXmlFragment('text');
	const undo = undoManagerOf(text);
	expect(undoManagerOf(text)).toBe(undo);
	list(text, 'referat', ySyncPluginKey);
	// As y-tiptap does when the editor is taken away.
	undo.destroy();
	list(text, 'meir', ySyncPluginKey);
	expect(undo.undo()).not.toBeNull();
	expect(text.toString()).toBe('');
	undo.redo();
	expect(text.toString()).toContain('referat');
});

test('an editor that is taken away leaves no listeners behind', () => {
	const undo = undoManagerOf(new Y.Doc().getXmlFragment('text'));
	let heard = 0;
	undo.on('stack-item-added', () => heard++);
	undo.destroy();
	list(undo.scope[0] as Y.XmlFragment, 'a', ySyncPluginKey);
	expect(heard).toBe(0);
	expect(undo.canUndo()).toBe(true);
});

test('what others write is not undone, nor what happens in another text', () => {
	const doc = new Y.Doc();
	const text = doc.getXmlFragment('text');
	const undo = undoManagerOf(text);
	list(text, 'frå nettet', {});
	list(doc.getXmlFragment('other'), 'anna punkt', ySyncPluginKey);
	expect(undo.canUndo()).toBe(false);
});

test('undoing a list of one’s own leaves what another wrote in it', () => {
	const doc = new Y.Doc();
	const text = doc.getXmlFragment('text');
	const undo = undoManagerOf(text);
	const inner = list(text, 'mitt', ySyncPluginKey);
	doc.transact(() => inner.insert(4, ' og ditt'), {});
	undo.undo();
	expect(text.toString()).toBe(
		'<bulletlist><listitem><paragraph> og ditt</paragraph></listitem></bulletlist>'
	);
});

test('a heading that is left for another’s sake keeps its level, without which the server refuses it', () => {
	const doc = new Y.Doc();
	const text = doc.getXmlFragment('text');
	const undo = undoManagerOf(text);
	const heading = new Y.XmlElement('heading');
	const inner = new Y.XmlText('Mitt');
	heading.insert(0, [inner]);
	heading.setAttribute('level', 3 as unknown as string);
	doc.transact(() => text.insert(0, [heading]), ySyncPluginKey);
	doc.transact(() => inner.insert(4, ' og ditt'), {});
	doc.once('afterTransaction', (transaction) => checkCaseText(doc, transaction));
	undo.undo();
	expect(text.toString()).toBe('<heading level="3"> og ditt</heading>');
});
