import { getSchema } from '@tiptap/core';
import { EditorState, TextSelection } from '@tiptap/pm/state';
import { wrapInList, splitListItem, liftListItem } from '@tiptap/pm/schema-list';
import { setBlockType, toggleMark, splitBlock, joinBackward, deleteSelection } from '@tiptap/pm/commands';
import { updateYFragment, ySyncPluginKey, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { checkCaseText } from '#lib/domain/shape.ts';
import { textExtensions } from './extensions.ts';
import { mention } from './mentions.ts';
import { undoManagerOf } from './sharing.ts';
const schema = getSchema([...textExtensions, mention(() => '…')]);
function rng(seed: number) { return () => { seed = (seed * 1664525 + 1013904223) >>> 0; return seed / 2 ** 32; }; }
test('fuzz', { timeout: 120000 }, () => {
	let bad = 0, lost = 0; const kinds: Record<string, number> = {};
	for (let seed = 1; seed < 900; seed++) {
		const r = rng(seed);
		const server = new Y.Doc(); server.getXmlFragment('text');
		const docs = [new Y.Doc(), new Y.Doc()];
		let lastOp = '';
		server.on('afterTransaction', (t: Y.Transaction) => { t.local = false; try { checkCaseText(server, t); } catch { bad++; console.log(seed, lastOp, server.getXmlFragment('text').toString().slice(0,600));  kinds[lastOp] = (kinds[lastOp] ?? 0) + 1; } });
		const sync = (i: number) => { const d = docs[i]!;
			Y.applyUpdate(server, Y.encodeStateAsUpdate(d, Y.encodeStateVector(server)), 'x');
			Y.applyUpdate(d, Y.encodeStateAsUpdate(server, Y.encodeStateVector(d)), 'remote'); };
		for (const d of docs) undoManagerOf(d.getXmlFragment('text')).captureTimeout = 0;
		for (let step = 0; step < 50; step++) {
			const i = Math.floor(r() * 2), d = docs[i]!, f = d.getXmlFragment('text');
			const edit = (fn: (s: EditorState, dispatch: (tr: any) => void) => unknown) => {
				const meta = { mapping: new Map(), isOMark: new Map() };
				let doc = yXmlFragmentToProseMirrorRootNode(f, schema);
				if (doc.childCount === 0) doc = schema.topNodeType.createAndFill()!;
				let s = EditorState.create({ doc, schema });
				const at = () => Math.floor(r() * (s.doc.content.size + 1));
				const a = at(), b = r() < 0.6 ? a : at();
				try { s = s.apply(s.tr.setSelection(TextSelection.between(s.doc.resolve(a), s.doc.resolve(b)))); } catch { return; }
				let done = false;
				fn(s, (tr) => { s = s.apply(tr); done = true; });
				if (!done) return;
				d.transact(() => updateYFragment(d, f, s.doc, meta as any), ySyncPluginKey);
			};
			const op = Math.floor(r() * 12);
			lastOp = ['type','heading','h4','bullet','ordered','split','mention','delete','bold','lift','undo','redo'][op]!;
			if (op === 0) edit((s, dis) => dis(s.tr.insertText(' w' + step)));
			if (op === 1) edit((s, dis) => setBlockType(schema.nodes.heading!, { level: 3 })(s, dis));
			if (op === 2) edit((s, dis) => setBlockType(schema.nodes.heading!, { level: 4 })(s, dis));
			if (op === 3) edit((s, dis) => wrapInList(schema.nodes.bulletList!)(s, dis));
			if (op === 4) edit((s, dis) => wrapInList(schema.nodes.orderedList!, { start: 3 })(s, dis));
			if (op === 5) edit((s, dis) => splitListItem(schema.nodes.listItem!)(s, dis) || splitBlock(s, dis));
			if (op === 6) edit((s, dis) => dis(s.tr.replaceSelectionWith(schema.nodes.mention!.create({ kind: 'person', id: '11111111-2222-4333-8444-555555555555' }))));
			if (op === 7) edit((s, dis) => deleteSelection(s, dis) || joinBackward(s, dis));
			if (op === 8) edit((s, dis) => toggleMark(schema.marks.bold!)(s, dis));
			if (op === 9) edit((s, dis) => liftListItem(schema.nodes.listItem!)(s, dis));
			if (op === 10) undoManagerOf(f).undo();
			if (op === 11) undoManagerOf(f).redo();
			if (r() < 0.4) sync(Math.floor(r() * 2));
		}
		for (const i of [0, 1, 0, 1]) sync(i);
		if (docs[0]!.getXmlFragment('text').toString() !== docs[1]!.getXmlFragment('text').toString()) lost++;
	}
	console.log(bad, kinds, lost);
});
