import { Extension, type Extensions } from '@tiptap/core';
import { Document } from '@tiptap/extension-document';
import { BulletList, ListItem, ListKeymap } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { firstBlocked } from '#lib/domain/identifiers.ts';
import { Numbers } from './extensions.ts';

/** Plain words in paragraphs and lists. The server's check of a recommendation's text has to allow the same. */
export const plainExtensions: Extensions = [
	Document,
	Paragraph,
	Text,
	BulletList,
	Numbers,
	ListItem,
	ListKeymap
];

/**
 * Takes nothing in, typed or pasted here, that completes what leads to one person; of each edit `ontold` hears whether it did. What others
 * write, and what stood there before, is not judged: neither could be put right by stopping somebody else.
 */
export function guard(ontold: (stopped: boolean) => void) {
	return Extension.create({
		name: 'guard',
		addProseMirrorPlugins: () => [
			new Plugin({
				filterTransaction(transaction, state) {
					if (!transaction.docChanged || transaction.getMeta(ySyncPluginKey)) return true;
					const before = linesOf(state.doc);
					const fresh = linesOf(transaction.doc).filter((line) => !before.includes(line));
					const completed = fresh.some((line) => {
						const found = firstBlocked(line);
						const words = found && line.slice(found.start, found.end);
						return words !== null && !before.some((old) => old.includes(words));
					});
					ontold(completed);
					return !completed;
				}
			})
		]
	});
}

function linesOf(doc: Node): string[] {
	const lines: string[] = [];
	doc.descendants((node) => {
		if (node.isTextblock) lines.push(node.textContent);
		return !node.isTextblock;
	});
	return lines;
}
