import { generateKeyBetween } from 'fractional-indexing';
import * as Y from 'yjs';
import { agendaItems, caseTextOf, itemKinds } from './agenda.ts';
import { isUuid, limits } from './document.ts';
import { Refusal } from './refusal.ts';

/*
 * What may stand in a live document. Each check looks only at what a transaction changed, from inside the transaction, and
 * throws Refusal('bad_shape'); Yjs itself leaves out what the transaction deleted. With `transaction.local` it is the server that writes, and may do what a client may not.
 */

type Shared = Parameters<typeof Y.findRootTypeKey>[0];
type Keys = ReadonlySet<string | null>;
type Test = (value: unknown) => boolean;

/** The document `agenda:<meeting>`, as domain/agenda.ts describes it. */
export function checkAgenda(doc: Y.Doc, transaction: Y.Transaction): void {
	demand(hasOnlyRoot(doc, 'items'));
	const items: Shared = agendaItems(doc);
	for (const [type, keys] of transaction.changed) {
		const path = pathTo(type);
		const part = path[1]?.parentSub;
		if (path.length === 0) checkItems(items, keys, transaction);
		else if (path.length === 1) checkFields(type, keys, transaction.local);
		else if (part === 'title') demand(path.length === 2 && isTitle(type));
		else checkRichChange(type, keys, path.length, transaction);
	}
}

/** The document `item:<item>`, the minutes of a case item: rich text in the root `text`. */
export function checkCaseText(doc: Y.Doc, transaction: Y.Transaction): void {
	demand(hasOnlyRoot(doc, 'text'));
	const root: Shared = caseTextOf(doc);
	for (const [type, keys] of transaction.changed) {
		const path = pathTo(type);
		checkRichChange(path.length === 0 ? root : type, keys, path.length, transaction);
	}
}

/* ── Agenda ── */

/** Every item has these. */
const place: Record<string, Test> = {
	pos: (value) => typeof value === 'string' && isPosition(value),
	parent: (value) => value === null || (typeof value === 'string' && isUuid(value)),
	minutes: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 600,
	removed: (value) => typeof value === 'boolean'
};

/** An ordinary item has these too; a case item none of them. */
const open: Record<string, Test> = {
	title: (value) => isTitle(value),
	kind: (value) => itemKinds.some((kind) => kind === value),
	responsible: (value) => value === null || isResponsible(value),
	text: (value) => isRichText(value, 3)
};

/** Of these, what a client may set anew; title and text are changed from within. */
const settable = { kind: open.kind!, responsible: open.responsible! };

/**
 * Twice what a writer is let to type: two who type at the same time in a title that is nearly full must not throw each other
 * out, for each of them has kept within the limit.
 */
const longestTitle = 2 * limits.title;
/** Positions grow by a character now and then when items are always put at the same place. */
const longestPosition = 500;

function checkItems(items: Shared, keys: Keys, transaction: Y.Transaction): void {
	for (const key of keys) {
		const entry = key === null ? undefined : items._map.get(key);
		const gone = entry === undefined || entry.deleted;
		if (gone && key !== null && transaction.local) continue;
		demand(!gone && key !== null && isUuid(key));
		// A client adds items and flags them as removed. It neither takes one out nor puts another in its place.
		demand(transaction.local || (isNew(entry, transaction) && entry.left === null));
		checkItem(valueOf(entry), transaction.local);
	}
}

function checkItem(fields: unknown, local: boolean): void {
	demand(fields instanceof Y.Map && fields.constructor === Y.Map && !hasList(fields));
	const ordinary = isLive(fields._map.get('title'));
	demand(ordinary || local);
	const due = ordinary ? { ...place, ...open } : place;
	const found = liveKeys(fields);
	demand(found.length === Object.keys(due).length);
	for (const key of found) demand(passes(due, key, fields._map.get(key)!));
}

function checkFields(fields: Shared, keys: Keys, local: boolean): void {
	if (local) return checkItem(fields, true);
	const ordinary = isLive(fields._map.get('title'));
	for (const key of keys) {
		const entry = key === null ? undefined : fields._map.get(key);
		demand(key !== null && entry !== undefined && !entry.deleted);
		demand(passes(place, key, entry) || (ordinary && passes(settable, key, entry)));
	}
}

function isTitle(type: unknown): boolean {
	if (!(type instanceof Y.Text) || type.constructor !== Y.Text) return false;
	const plain = liveChildren(type).every(({ content }) => content instanceof Y.ContentString);
	return plain && liveKeys(type).length === 0 && type.length <= longestTitle;
}

function isResponsible(value: unknown): boolean {
	const [, id] = /^(?:person|unit):(.*)$/.exec(typeof value === 'string' ? value : '') ?? [];
	return id !== undefined && isUuid(id);
}

/** Whether others can put items before and after it: on a bad one `fractional-indexing` throws, for everybody. */
function isPosition(value: string): boolean {
	if (value.length > longestPosition || !/^[0-9A-Za-z]+$/.test(value)) return false;
	try {
		generateKeyBetween(null, value);
		generateKeyBetween(value, null);
		return true;
	} catch {
		return false;
	}
}

/* ── Rich text ── */

interface NodeShape {
	children: readonly string[];
	/** Names and tests of attributes; `required` unless there is a default. */
	attributes: Record<string, Test>;
	required: boolean;
}

const text = '#text';
const blocks = ['paragraph', 'heading', 'bulletList', 'orderedList'];
const plain = { attributes: {}, required: false };

/** By node name; '' is the fragment itself. */
const nodes = new Map<string, NodeShape>([
	['', { children: blocks, ...plain }],
	['paragraph', { children: [text, 'mention'], ...plain }],
	['heading', { children: [text, 'mention'], attributes: { level: isLevel }, required: true }],
	['bulletList', { children: ['listItem'], ...plain }],
	[
		'orderedList',
		{ children: ['listItem'], attributes: { start: isStart, type: isListType }, required: false }
	],
	['listItem', { children: blocks, ...plain }],
	['mention', { children: [], attributes: { kind: isMentioned, id: isId }, required: true }]
]);

/** A mark may carry a hash after its name: y-tiptap's way with marks that may overlap. */
const markName = /^(bold|italic|link)(?:--[a-zA-Z0-9+/=]{8})?$/;
const linkParts = ['target', 'rel', 'class', 'title'];

function checkRichChange(
	type: Shared,
	keys: Keys,
	depth: number,
	transaction: Y.Transaction
): void {
	demand(hasGoodAttributes(type));
	if (!keys.has(null)) return;
	for (const child of liveChildren(type)) {
		if (isNew(child, transaction)) demand(isGoodChild(child, type, depth + 1));
	}
}

/** A whole text, such as comes with a new item. */
function isRichText(type: unknown, depth: number): boolean {
	return type instanceof Y.XmlFragment && type.constructor === Y.XmlFragment && isGood(type, depth);
}

function isGood(type: Shared, depth: number): boolean {
	return (
		hasGoodAttributes(type) &&
		liveChildren(type).every((child) => isGoodChild(child, type, depth + 1))
	);
}

function isGoodChild(item: Y.Item, parent: Shared, depth: number): boolean {
	if (depth > limits.depth) return false;
	if (parent instanceof Y.XmlText) return isGoodRun(item.content);
	const child = item.content instanceof Y.ContentType ? item.content.type : null;
	const name = child && nameOf(child);
	const allowed = nodes.get(nameOf(parent) ?? '?')?.children ?? [];
	return child !== null && name !== null && allowed.includes(name) && isGood(child, depth);
}

/** Of a piece of text: characters, or the beginning or end (null) of a mark. */
function isGoodRun(content: Y.Item['content']): boolean {
	if (content instanceof Y.ContentString) return true;
	if (!(content instanceof Y.ContentFormat)) return false;
	const mark = markName.exec(content.key)?.[1];
	const value: unknown = content.value;
	if (mark === undefined) return false;
	if (value === null) return true;
	if (mark === 'link') return isLink(value);
	return value === true || (isPlainObject(value) && Object.keys(value).length === 0);
}

function isLink(value: unknown): boolean {
	if (!isPlainObject(value)) return false;
	return Object.entries(value).every(([key, part]) =>
		key === 'href'
			? isAddress(part)
			: linkParts.includes(key) &&
				(part === null || (typeof part === 'string' && part.length <= 200))
	);
}

/** Parsed as a browser does: `java\nscript:` is a script to it. */
function isAddress(value: unknown): boolean {
	if (value === null) return true;
	if (typeof value !== 'string' || value.length > 2000 || !URL.canParse(value)) return false;
	return ['http:', 'https:', 'mailto:', 'tel:'].includes(new URL(value).protocol);
}

function hasGoodAttributes(type: Shared): boolean {
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
	return Number.isInteger(value) && Number(value) >= 0 && Number(value) < 1_000_000;
}

function isListType(value: unknown): boolean {
	return value === null || (typeof value === 'string' && /^[1aAiI]$/.test(value));
}

function isMentioned(value: unknown): boolean {
	return value === 'person' || value === 'unit' || value === 'case';
}

function isId(value: unknown): boolean {
	return typeof value === 'string' && isUuid(value);
}

/* ── Yjs ── */

function demand(holds: boolean): asserts holds {
	if (!holds) throw new Refusal('bad_shape');
}

/** Own keys only: a client may well call a key `constructor`. */
function passes(tests: Record<string, Test>, key: string, item: Y.Item): boolean {
	return Object.hasOwn(tests, key) && tests[key]!(valueOf(item));
}

function hasOnlyRoot(doc: Y.Doc, name: string): boolean {
	return [...doc.share.keys()].every((key) => key === name);
}

/** The items from the one under the root down to the one that holds this type; none for a root. */
function pathTo(type: Shared): Y.Item[] {
	const path: Y.Item[] = [];
	for (let item = type._item; item; item = (item.parent as Shared)._item) path.unshift(item);
	return path;
}

function isNew(item: Y.Item, transaction: Y.Transaction): boolean {
	return item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0);
}

function isLive(item: Y.Item | undefined): boolean {
	return item !== undefined && !item.deleted;
}

function liveKeys(type: Shared): string[] {
	return [...type._map].filter(([, item]) => !item.deleted).map(([key]) => key);
}

function liveChildren(type: Shared): Y.Item[] {
	const found: Y.Item[] = [];
	for (let item = type._start; item; item = item.right) if (!item.deleted) found.push(item);
	return found;
}

/** A map has no list; one that has was made by hand. */
function hasList(type: Shared): boolean {
	return liveChildren(type).length > 0;
}

/** What a key holds: a plain value or a shared type; undefined when it is anything else. */
function valueOf(item: Y.Item): unknown {
	const { content } = item;
	if (content instanceof Y.ContentType) return content.type;
	return content instanceof Y.ContentAny && content.arr.length === 1 ? content.arr[0] : undefined;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
	return (
		typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
	);
}
