import { HocuspocusProvider } from '@hocuspocus/provider';
import { Editor } from '@tiptap/core';
import { Bold } from '@tiptap/extension-bold';
import { Collaboration } from '@tiptap/extension-collaboration';
import { CollaborationCaret } from '@tiptap/extension-collaboration-caret';
import { Document } from '@tiptap/extension-document';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import * as Y from 'yjs';

/* The barest page on which several write together: an editor, its provider, carets with names. */

const query = new URLSearchParams(location.search);
const doc = new Y.Doc();
const provider = new HocuspocusProvider({
	url: `ws://127.0.0.1:${query.get('port')}`,
	name: 'page',
	document: doc,
	onSynced: () => document.body.setAttribute('data-synced', '')
});
new Editor({
	element: document.querySelector('#editor'),
	extensions: [
		Document,
		Paragraph,
		Text,
		Bold,
		Collaboration.configure({ document: doc }),
		CollaborationCaret.configure({
			provider,
			user: { name: query.get('name') ?? '', color: '#0b5fa5' }
		})
	]
});
