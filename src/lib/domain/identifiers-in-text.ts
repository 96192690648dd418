import type * as Y from 'yjs';
import { type AuthoredNode, isRun, readAuthored } from './authored-text.ts';
import { firstBlocked } from './identifiers.ts';
import { plainText } from './plain-text.ts';

/**
 * Whether a rich text points to one person, in a line of it or by where a link leads. Read as the
 * editor's guard reads it.
 */
export function pointsToPerson(fragment: Y.XmlFragment): boolean {
	const lines = plainText(fragment).split('\n');
	const links = hrefsIn(readAuthored(fragment, () => null));
	return [...lines, ...links].some((line) => firstBlocked(line) !== null);
}

function hrefsIn(nodes: AuthoredNode[]): string[] {
	return nodes.flatMap((node) => {
		if (!isRun(node)) return hrefsIn(node.children);
		const { href } = (node.marks?.link ?? {}) as { href?: unknown };
		return typeof href === 'string' ? [href] : [];
	});
}
