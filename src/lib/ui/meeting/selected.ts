import { mentionMark } from '#lib/domain/erasure.ts';
import { mentionAttribute } from '#lib/ui/editor/mention-attribute.ts';

/**
 * What is selected in the text under `root`, a line for each block; empty when it is nothing
 * there.
 */
export function selectedLines(root: Element): string {
	const selection = getSelection();
	const text = root.querySelector('.ProseMirror, [data-words]');
	if (!text || !selection || selection.rangeCount === 0) return '';
	const range = selection.getRangeAt(0);
	if (range.collapsed || !text.contains(range.commonAncestorContainer)) return '';
	return [...text.querySelectorAll('p, h1, h2, h3, h4')]
		.filter((block) => range.intersectsNode(block))
		.map((block) => partOf(block, range))
		.join('\n');
}

function partOf(node: Node, range: Range): string {
	if (!range.intersectsNode(node)) return '';
	if (node instanceof Text) {
		const from = node === range.startContainer ? range.startOffset : 0;
		const to = node === range.endContainer ? range.endOffset : node.length;
		return node.data.slice(from, to);
	}
	if (node instanceof Element) {
		if (node.hasAttribute(mentionAttribute)) return mentionMark;
		// A colleague's name at their caret is not in the text.
		if (node.classList.contains('caret')) return '';
	}
	return [...node.childNodes].map((child) => partOf(child, range)).join('');
}
