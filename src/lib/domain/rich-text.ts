import * as Y from 'yjs';
import { isUuid, limits } from './document.ts';
import {
	demand,
	isNew,
	isPlainObject,
	liveChildren,
	liveKeys,
	passes,
	type Shared,
	type Test
} from './structs.ts';

/*
 * What the minutes of an item may hold: the editor's schema, as y-tiptap writes it into a
 * Y.XmlFragment.
 */

interface NodeShape {
	children: readonly string[];
	/** Names and tests of attributes; `required` unless there is a default. */
	attributes: Record<string, Test>;
	required: boolean;
}

const text = '#text';
const blocks = ['paragraph', 'heading', 'bulletList', 'orderedList'];
const plain = { attributes: {}, required: false };

/** What a text may consist of. */
interface TextSchema {
	/** By node name; '' is the fragment itself. */
	nodes: ReadonlyMap<string, NodeShape>;
	/**
	 * A mark may carry a hash after its name: y-tiptap's way with marks that may overlap. Null when
	 * there are none.
	 */
	marks: RegExp | null;
}

const listStart = { attributes: { start: isStart }, required: false };

/** Minutes, and whatever else is written with the whole editor. */
export const richText: TextSchema = {
	nodes: new Map<string, NodeShape>([
		['', { children: blocks, ...plain }],
		['paragraph', { children: [text, 'mention'], ...plain }],
		['heading', { children: [text, 'mention'], attributes: { level: isLevel }, required: true }],
		['bulletList', { children: ['listItem'], ...plain }],
		['orderedList', { children: ['listItem'], ...listStart }],
		['listItem', { children: blocks, ...plain }],
		['mention', { children: [], attributes: { kind: isMentioned, id: isId }, required: true }]
	]),
	marks: /^(bold|italic|link)(?:--[a-zA-Z0-9+/=]{8})?$/
};

const plainBlocks = ['paragraph', 'bulletList', 'orderedList'];

/** Words in paragraphs and lists, of which nothing is lost when they are read as plain text. */
export const plainWords: TextSchema = {
	nodes: new Map<string, NodeShape>([
		['', { children: plainBlocks, ...plain }],
		['paragraph', { children: [text], ...plain }],
		['bulletList', { children: ['listItem'], ...plain }],
		['orderedList', { children: ['listItem'], ...listStart }],
		['listItem', { children: plainBlocks, ...plain }]
	]),
	marks: null
};

/** What a transaction changed at this type, `depth` levels down. Throws Refusal('bad_shape'). */
export function checkRichChange(
	type: Shared,
	keys: ReadonlySet<string | null>,
	depth: number,
	transaction: Y.Transaction,
	schema: TextSchema = richText
): void {
	demand(hasGoodAttributes(type, schema));
	if (!keys.has(null)) return;
	for (const child of liveChildren(type)) {
		if (isNew(child, transaction)) demand(isGoodChild(child, type, depth + 1, schema));
	}
}

/** A whole text, such as comes with a new item. */
export function isRichText(type: unknown, depth: number): boolean {
	const isFragment = type instanceof Y.XmlFragment && type.constructor === Y.XmlFragment;
	return isFragment && isGood(type, depth, richText);
}

function isGood(type: Shared, depth: number, schema: TextSchema): boolean {
	return (
		hasGoodAttributes(type, schema) &&
		liveChildren(type).every((child) => isGoodChild(child, type, depth + 1, schema))
	);
}

function isGoodChild(item: Y.Item, parent: Shared, depth: number, schema: TextSchema): boolean {
	if (depth > limits.depth) return false;
	if (parent instanceof Y.XmlText) return isGoodRun(item.content, schema);
	const child = item.content instanceof Y.ContentType ? item.content.type : null;
	const name = child && nameOf(child);
	const allowed = schema.nodes.get(nameOf(parent) ?? '?')?.children ?? [];
	return child !== null && name !== null && allowed.includes(name) && isGood(child, depth, schema);
}

/** Of a piece of text: characters, or the beginning or end (null) of a mark. */
function isGoodRun(content: Y.Item['content'], { marks }: TextSchema): boolean {
	if (content instanceof Y.ContentString) return true;
	if (!(content instanceof Y.ContentFormat)) return false;
	const mark = marks?.exec(content.key)?.[1];
	const value: unknown = content.value;
	if (mark === undefined) return false;
	if (value === null) return true;
	if (mark === 'link') return isLink(value);
	return value === true || (isPlainObject(value) && Object.keys(value).length === 0);
}

function isLink(value: unknown): boolean {
	if (!isPlainObject(value)) return false;
	return Object.entries(value).every(([key, part]) => key === 'href' && isAddress(part));
}

/** Parsed as a browser does: `java\nscript:` is a script to it. */
function isAddress(value: unknown): boolean {
	if (value === null) return true;
	if (typeof value !== 'string' || value.length > 2000 || !URL.canParse(value)) return false;
	return ['http:', 'https:', 'mailto:', 'tel:'].includes(new URL(value).protocol);
}

function hasGoodAttributes(type: Shared, { nodes }: TextSchema): boolean {
	const name = nameOf(type);
	if (name === text) return liveKeys(type).length === 0;
	const shape = name === null ? undefined : nodes.get(name);
	if (!shape) return false;
	const found = liveKeys(type);
	const known = found.every((key) => passes(shape.attributes, key, type._map.get(key)!));
	return known && (!shape.required || found.length === Object.keys(shape.attributes).length);
}

/** A node's name, '#text', or '' for a fragment; null for what has no business in a text. */
function nameOf(type: Shared): string | null {
	if (type instanceof Y.XmlElement) return type.constructor === Y.XmlElement ? type.nodeName : null;
	if (type.constructor === Y.XmlText) return text;
	return type.constructor === Y.XmlFragment ? '' : null;
}

function isLevel(value: unknown): boolean {
	return value === 2 || value === 3 || value === 4;
}

function isStart(value: unknown): boolean {
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 10_000;
}

function isMentioned(value: unknown): boolean {
	return value === 'person' || value === 'unit' || value === 'case';
}

function isId(value: unknown): boolean {
	return typeof value === 'string' && isUuid(value);
}
