import { Extension, type Extensions } from '@tiptap/core';
import { Document } from '@tiptap/extension-document';
import { Heading } from '@tiptap/extension-heading';
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { Text } from '@tiptap/extension-text';
import { headingLevels } from './formats.ts';
import { Link } from './links.ts';
import { marksFromPaste } from './pasting.ts';

/**
 * Without `type`: letters and Roman numerals come in with what is pasted, and nobody asked for
 * them.
 */
export const Numbers = OrderedList.extend({
	addAttributes() {
		return { start: { default: 1, parseHTML: readStart } };
	}
});

/**
 * What a text can consist of, besides mentions. The server's check of a document's shape has to
 * allow the same.
 */
export const textExtensions: Extensions = [
	Document,
	Paragraph,
	Text,
	Heading.configure({ levels: [...headingLevels] }),
	...marksFromPaste,
	BulletList,
	Numbers,
	ListItem,
	ListKeymap,
	Link
];

function readStart(element: HTMLElement): number {
	const start = Number(element.getAttribute('start') ?? 1);
	return Number.isInteger(start) && start >= 0 && start < 10_000 ? start : 1;
}

/**
 * Keys that do what the page wants; a command that answers true keeps the key from everything
 * else.
 */
export function shortcuts(keys: Record<string, () => boolean>) {
	return Extension.create({ name: 'shortcuts', priority: 1050, addKeyboardShortcuts: () => keys });
}
