import * as Y from 'yjs';
import { liveChildren } from './structs.ts';

/*
 * A rich text as plain values, with who wrote each piece of it: what a version holds, what can be
 * compared, and what can be written again. Nothing here judges whether a text is sound;
 * domain/rich-text.ts does, whenever one is written.
 */

/** Id of a person; null for the server itself, and for somebody of whom nothing is known. */
export type Author = string | null;

/**
 * A piece of a line that one person wrote. Marks are as y-tiptap has them: `{ bold: {} }`, `{
 * link: { href } }`.
 */
export interface AuthoredRun {
	text: string;
	by: Author;
	marks?: Record<string, unknown>;
}

/** A paragraph, a list, a mention … */
export interface AuthoredElement {
	name: string;
	by: Author;
	attributes?: Record<string, unknown>;
	children: AuthoredNode[];
}

export type AuthoredNode = AuthoredRun | AuthoredElement;

export function isRun(node: AuthoredNode): node is AuthoredRun {
	return 'text' in node;
}

/**
 * Reads a text. `authorOf` says whose a Yjs client id is: who wrote a character follows from its
 * own.
 */
export function readAuthored(
	fragment: Y.XmlFragment,
	authorOf: (client: number) => Author
): AuthoredNode[] {
	return liveChildren(fragment).flatMap((item): AuthoredNode[] => {
		const child = item.content instanceof Y.ContentType ? item.content.type : null;
		if (child instanceof Y.XmlText) return readRuns(child, authorOf);
		if (!(child instanceof Y.XmlElement)) return [];
		const attributes = child.getAttributes() as Record<string, unknown>;
		return [
			{
				name: child.nodeName,
				by: authorOf(item.id.client),
				...(Object.keys(attributes).length > 0 ? { attributes } : {}),
				children: readAuthored(child, authorOf)
			}
		];
	});
}

function readRuns(text: Y.XmlText, authorOf: (client: number) => Author): AuthoredRun[] {
	const runs: AuthoredRun[] = [];
	const marks = new Map<string, unknown>();
	for (const { content, id } of liveChildren(text)) {
		if (content instanceof Y.ContentFormat) {
			if (content.value === null) marks.delete(content.key);
			else marks.set(content.key, content.value);
		} else if (content instanceof Y.ContentString) {
			const run: AuthoredRun = { text: content.str, by: authorOf(id.client) };
			if (marks.size > 0) run.marks = Object.fromEntries(marks);
			const last = runs.at(-1);
			if (last && last.by === run.by && sameMarks(last, run)) last.text += run.text;
			else runs.push(run);
		}
	}
	return runs;
}

function sameMarks(a: AuthoredRun, b: AuthoredRun): boolean {
	return JSON.stringify(a.marks ?? {}) === JSON.stringify(b.marks ?? {});
}

/**
 * The shared types that these nodes become, ready to be put into a fragment. Pieces of a line
 * become one text.
 */
export function toShared(nodes: AuthoredNode[]): (Y.XmlElement | Y.XmlText)[] {
	const made: (Y.XmlElement | Y.XmlText)[] = [];
	let line: AuthoredRun[] = [];
	const endLine = () => {
		if (line.length > 0) made.push(textOf(line));
		line = [];
	};
	for (const node of nodes) {
		if (isRun(node)) {
			line.push(node);
			continue;
		}
		endLine();
		const element = new Y.XmlElement<Record<string, never>>(node.name);
		for (const [key, value] of Object.entries(node.attributes ?? {}))
			element.setAttribute(key, value as never);
		element.insert(0, toShared(node.children));
		made.push(element as unknown as Y.XmlElement);
	}
	endLine();
	return made;
}

function textOf(runs: AuthoredRun[]): Y.XmlText {
	const text = new Y.XmlText();
	text.applyDelta(runs.map((run) => ({ insert: run.text, attributes: run.marks ?? {} })));
	return text;
}

/**
 * What a node says and how it looks, whoever wrote it: equal for two that a reader could not tell
 * apart.
 */
export function sameness(node: AuthoredNode): string {
	return JSON.stringify(essence([node]));
}

/** Without authors, and pieces that differ in nothing else put together. */
function essence(nodes: AuthoredNode[]): unknown[] {
	const parts: unknown[] = [];
	let last: AuthoredRun | null = null;
	for (const node of nodes) {
		if (!isRun(node)) {
			last = null;
			parts.push([node.name, node.attributes ?? {}, essence(node.children)]);
		} else if (last && sameMarks(last, node)) {
			last.text += node.text;
		} else {
			last = { ...node, by: null };
			parts.push(last);
		}
	}
	return parts;
}

/** A line of a text as a reader sees it. */
export interface Block {
	kind: 'paragraph' | 'heading' | 'bullet' | 'number';
	/** Of a heading its level; else how deep in lists it stands, 0 outside of any. */
	level: number;
	pieces: Piece[];
}

/** Words, or a reference to something that is named by whoever may see it. */
export type Piece = { by: Author } & ({ text: string } | { mention: string; id: string });

/** The lines of a text, one after the other. */
export function blocksOf(nodes: AuthoredNode[]): Block[] {
	return linesOf(nodes, { kind: 'paragraph', level: 0 });
}

function linesOf(nodes: AuthoredNode[], at: Pick<Block, 'kind' | 'level'>): Block[] {
	return nodes.flatMap((node, index): Block[] => {
		if (isRun(node)) return [];
		if (node.name === 'bulletList' || node.name === 'orderedList') {
			const kind = node.name === 'bulletList' ? 'bullet' : 'number';
			return linesOf(node.children, { kind, level: at.level + 1 });
		}
		if (node.name === 'listItem') return linesOf(node.children, at);
		// Only the first line of a list's item has its mark.
		const inner = index > 0 && at.level > 0 ? ({ ...at, kind: 'paragraph' } as const) : at;
		const pieces = node.children.flatMap(pieceOf);
		if (node.name !== 'heading') return [{ ...inner, pieces }];
		return [{ kind: 'heading', level: Number(node.attributes?.level ?? 2), pieces }];
	});
}

function pieceOf(node: AuthoredNode): Piece[] {
	if (isRun(node)) return [{ text: node.text, by: node.by }];
	if (node.name !== 'mention') return [];
	const { kind, id } = node.attributes ?? {};
	return [{ mention: String(kind), id: String(id), by: node.by }];
}
