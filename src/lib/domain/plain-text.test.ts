import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { plainText } from './plain-text.ts';

/** A string is text. */
type Node = string | { name: string; children: Node[] };

const node = (name: string, ...children: Node[]): Node => ({ name, children });

function fill(parent: Y.XmlFragment, nodes: Node[]): void {
	for (const one of nodes) {
		const made = typeof one === 'string' ? new Y.XmlText(one) : new Y.XmlElement(one.name);
		parent.push([made]);
		if (made instanceof Y.XmlElement && typeof one !== 'string') fill(made, one.children);
	}
}

function fragment(...nodes: Node[]): Y.XmlFragment {
	const root = new Y.Doc().getXmlFragment('text');
	fill(root, nodes);
	return root;
}

test('a line a block, lists too, mentions as nothing', () => {
	const text = fragment(
		node('heading', 'Vedtak'),
		node('paragraph', 'Saka går til ', node('mention'), ' no.'),
		node(
			'bulletList',
			node(
				'listItem',
				node('paragraph', 'Ein'),
				node('orderedList', node('listItem', node('paragraph', 'To')))
			)
		),
		node('paragraph'),
		node('paragraph', node('mention'))
	);
	expect(plainText(text)).toBe('Vedtak\nSaka går til  no.\nEin\nTo');
});

test('marks within a word do not part it', () => {
	const root = fragment(node('paragraph', 'bustad'));
	const run = (root.get(0) as Y.XmlElement).get(0) as Y.XmlText;
	run.format(0, 3, { bold: true });
	expect(plainText(root)).toBe('bustad');
});

test('nothing is nothing', () => expect(plainText(fragment())).toBe(''));
