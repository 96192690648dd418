import * as Y from 'yjs';
import { liveChildren } from './structs.ts';

/**
 * What somebody reads in a rich text, a line a block. A mention is nothing here: whom or what it
 * names is for those to read who may.
 */
export function plainText(fragment: Y.XmlFragment): string {
	return fragment
		.toArray()
		.map((node) => (node instanceof Y.XmlElement ? blockText(node) : runText(node)))
		.filter((line) => line.trim() !== '')
		.join('\n');
}

/** Of a paragraph, a list … : lines of the blocks in it, or the line that it is. */
function blockText(block: Y.XmlElement): string {
	const children = block.toArray();
	if (children.some((child) => child instanceof Y.XmlText)) return children.map(runText).join('');
	return plainText(block);
}

/** Of a piece of text within a line; of a mention nothing. */
function runText(node: unknown): string {
	if (!(node instanceof Y.XmlText)) return '';
	// Not toDelta: it works the marks out in a transaction of its own, and this runs at every
	// keystroke.
	return liveChildren(node)
		.map(({ content }) => (content instanceof Y.ContentString ? content.str : ''))
		.join('');
}
