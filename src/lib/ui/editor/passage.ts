import type { Node as DocumentNode } from '@tiptap/pm/model';
import type { EditorState } from '@tiptap/pm/state';
import type { LabelOf } from './mentions.ts';

/**
 * The selected text, or that of the paragraph where the caret is, as one line with the labels of
 * what it refers to.
 */
export function passage(state: EditorState, labelOf: LabelOf): string {
	const { $from, from, to, empty } = state.selection;
	const label = (node: DocumentNode) =>
		node.type.name === 'mention' ? labelOf(node.attrs.kind, node.attrs.id) : '';
	const text = empty
		? $from.parent.textBetween(0, $from.parent.content.size, ' ', label)
		: state.doc.textBetween(from, to, ' ', label);
	return text.replace(/\s+/g, ' ').trim();
}
