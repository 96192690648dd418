import { type AuthoredNode, isRun } from './authored-text.ts';
import { placesIn } from './erasing.ts';
import { mentionMark } from './erasure.ts';

/** The same text without the passages, wherever they stand in it; null when it holds none. */
export function eraseAuthored(
	nodes: AuthoredNode[],
	passages: readonly string[]
): AuthoredNode[] | null {
	let any = false;
	const erased = nodes.map((node): AuthoredNode => {
		if (isRun(node)) return node;
		const children = isLine(node.children)
			? eraseFromLine(node.children, passages)
			: eraseAuthored(node.children, passages);
		if (!children) return node;
		any = true;
		return { ...node, children };
	});
	return any ? erased : null;
}

function isLine(children: AuthoredNode[]): boolean {
	return children.some(isRun);
}

function eraseFromLine(line: AuthoredNode[], passages: readonly string[]): AuthoredNode[] | null {
	const texts = line.map((node) => (isRun(node) ? node.text : mentionMark));
	const places = placesIn(texts.join(''), passages);
	if (places.length === 0) return null;
	let at = 0;
	return line.flatMap((node, index): AuthoredNode[] => {
		const from = at;
		const text = texts[index] ?? '';
		at += text.length;
		const left = outside(text, from, places);
		if (!isRun(node)) return left === text ? [node] : [];
		return left === '' ? [] : [{ ...node, text: left }];
	});
}

/** What of a text that begins at `from` lies in none of the places. */
function outside(text: string, from: number, places: [number, number][]): string {
	let left = '';
	let next = 0;
	for (const [start, end] of places) {
		left += text.slice(next, Math.max(next, start - from));
		next = Math.max(next, Math.min(text.length, end - from));
	}
	return left + text.slice(next);
}
