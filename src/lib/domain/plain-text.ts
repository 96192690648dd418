import * as Y from 'yjs';

/**
 * What somebody reads in a rich text, a line a block. A mention is nothing here: whom or what it names is for those to read who
 * may.
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
	return (node.toDelta() as { insert?: unknown }[])
		.map(({ insert }) => (typeof insert === 'string' ? insert : ''))
		.join('');
}
