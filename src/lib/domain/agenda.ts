import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import * as Y from 'yjs';
import { limits } from './document.ts';
import { type AgendaItem, byPlace, type ItemKind, itemKinds } from './schedule.ts';

/**
 * The agenda of a meeting, as it lives in the document `agenda:<meeting>`.
 *
 * Root `items`: Y.Map<item id, Y.Map>, each with pos string, a fractional index; the list is
 * sorted by (pos, id) parent id of the section it stands under, or null minutes whole number,
 * 0–600 removed boolean; a removed item stays, so that an undo brings back what others typed
 * meanwhile and, unless it is a case item, title Y.Text kind one of itemKinds responsible
 * `person:<id>`, `unit:<id>` or null text Y.XmlFragment, the minutes of the item
 *
 * A case item has the first four only: what the case is, is no business of everybody who may read
 * the agenda. Its title, case and responsible are in the database, its minutes in `item:<item>`.
 */
type Fields = Y.Map<unknown>;

export function agendaItems(doc: Y.Doc): Y.Map<Fields> {
	return doc.getMap<Fields>('items');
}

/**
 * Peers may write anything, so what does not parse is left out rather than thrown. Sorted by
 * place; removed items left out.
 */
export function readAgenda(doc: Y.Doc): AgendaItem[] {
	return readAll(doc)
		.filter((item) => !item.removed)
		.map(({ removed: _, ...item }) => item);
}

/** As readAgenda, but with the removed ones, marked. */
export function readAll(doc: Y.Doc): (AgendaItem & { removed: boolean })[] {
	return readSome(doc, agendaItems(doc).keys()).sort(byPlace);
}

/** As readAll, of these items only and in their order. */
export function readSome(doc: Y.Doc, ids: Iterable<string>): (AgendaItem & { removed: boolean })[] {
	const items = agendaItems(doc);
	return [...ids].flatMap((id) => {
		const fields = items.get(id);
		return fields instanceof Y.Map ? (readItem(id, fields) ?? []) : [];
	});
}

function readItem(id: string, fields: Fields): (AgendaItem & { removed: boolean }) | null {
	const pos = fields.get('pos');
	if (typeof pos !== 'string') return null;
	const parent = fields.get('parent');
	const minutes = fields.get('minutes');
	const title = fields.get('title');
	const kind = fields.get('kind');
	const responsible = fields.get('responsible');
	return {
		id,
		pos,
		parent: typeof parent === 'string' ? parent : null,
		minutes: typeof minutes === 'number' && minutes >= 0 ? Math.min(Math.round(minutes), 600) : 0,
		removed: fields.get('removed') === true,
		open:
			title instanceof Y.Text
				? {
						title: title.toString(),
						kind: itemKinds.includes(kind as ItemKind) ? (kind as ItemKind) : 'discussion',
						responsible: typeof responsible === 'string' ? responsible : null
					}
				: null
	};
}

export interface NewItem {
	id: string;
	title: string;
	kind: ItemKind;
	minutes: number;
	responsible?: string | null;
	parent?: string | null;
	/** Put it after this item; at the end when null or unknown. */
	after?: string | null;
}

/** Adds an ordinary item. Runs inside the caller's transaction when there is one. */
export function addItem(doc: Y.Doc, item: NewItem, origin?: unknown): void {
	doc.transact(() => {
		const fields: Fields = new Y.Map();
		fields.set('pos', placeAfter(doc, item.parent ?? null, item.after ?? null));
		fields.set('parent', item.parent ?? null);
		fields.set('minutes', item.minutes);
		fields.set('removed', false);
		fields.set('title', new Y.Text(item.title.slice(0, limits.title)));
		fields.set('kind', item.kind);
		fields.set('responsible', item.responsible ?? null);
		fields.set('text', new Y.XmlFragment());
		agendaItems(doc).set(item.id, fields);
	}, origin);
}

/**
 * Adds a case item: a place and a length, nothing else. At the top when its section is gone. The
 * server's command only.
 */
export function addCaseItem(
	doc: Y.Doc,
	item: { id: string; minutes: number; parent: string | null; after?: string | null }
): void {
	const known = readAgenda(doc).some((top) => top.id === item.parent && top.parent === null);
	const parent = known ? item.parent : null;
	doc.transact(() => {
		const fields: Fields = new Y.Map();
		fields.set('pos', placeAfter(doc, parent, item.after ?? null));
		fields.set('parent', parent);
		fields.set('minutes', item.minutes);
		fields.set('removed', false);
		agendaItems(doc).set(item.id, fields);
	});
}

/** What an item is, for the two rules below. */
interface Standing {
	title: string;
	kind: ItemKind;
	isCase: boolean;
}

const frames: readonly ItemKind[] = ['section', 'fixed', 'break', 'plenary', 'group', 'form'];

/**
 * Whether an item belongs to every meeting anyhow: by its kind, or because it stands on the
 * forum's template.
 */
export function isStanding(item: Standing, template: ReadonlySet<string>): boolean {
	return !item.isCase && (frames.includes(item.kind) || template.has(item.title));
}

/**
 * Whether an item gets a number of the forum's series: a matter, with a title, that is not a
 * standing item or a talk.
 */
export function isNumbered(item: Standing, template: ReadonlySet<string>): boolean {
	if (item.isCase) return true;
	const isTalk = item.kind === 'talk' || item.kind === 'conversation';
	return item.title !== '' && !isTalk && !isStanding(item, template);
}

/** The title as shared text, for an ordinary item. */
export function titleOf(doc: Y.Doc, id: string): Y.Text | null {
	const title = agendaItems(doc).get(id)?.get('title');
	return title instanceof Y.Text ? title : null;
}

/** The minutes of an ordinary item. */
export function textOf(doc: Y.Doc, id: string): Y.XmlFragment | null {
	const text = agendaItems(doc).get(id)?.get('text');
	return text instanceof Y.XmlFragment ? text : null;
}

/** The minutes of a case item, in its own document. */
export function caseTextOf(doc: Y.Doc): Y.XmlFragment {
	return doc.getXmlFragment('text');
}

/**
 * Ids of the people whom the agenda names: as responsible, or mentioned in the minutes of an
 * ordinary item.
 */
export function peopleIn(doc: Y.Doc): Set<string> {
	const found = new Set<string>();
	for (const item of readAgenda(doc)) {
		const [kind, id] = item.open?.responsible?.split(':') ?? [];
		if (kind === 'person' && id) found.add(id);
		for (const node of textOf(doc, item.id)?.createTreeWalker(isMention) ?? []) {
			const mentioned = node instanceof Y.XmlElement ? node.getAttribute('id') : null;
			if (mentioned) found.add(mentioned);
		}
	}
	return found;
}

function isMention(node: unknown): boolean {
	return (
		node instanceof Y.XmlElement &&
		node.nodeName === 'mention' &&
		node.getAttribute('kind') === 'person'
	);
}

export type ItemChange = Partial<{
	minutes: number;
	kind: ItemKind;
	responsible: string | null;
	removed: boolean;
}>;

/** Sets what is given and leaves the rest; an unknown item is left alone. */
export function changeItem(doc: Y.Doc, id: string, change: ItemChange, origin?: unknown): void {
	const fields = agendaItems(doc).get(id);
	if (!fields) return;
	doc.transact(() => {
		for (const [key, value] of Object.entries(change)) {
			if (fields.get(key) !== value) fields.set(key, value);
		}
	}, origin);
}

/**
 * Moves an item one line up (-1) or down (+1) among those it stands with. Returns whether it
 * moved.
 */
export function moveItem(doc: Y.Doc, id: string, direction: -1 | 1, origin?: unknown): boolean {
	const among = siblings(doc, id);
	const place = among.findIndex((other) => other.id === id);
	const target = place + direction;
	if (place < 0 || target < 0 || target >= among.length) return false;
	const order = among.filter((other) => other.id !== id);
	order.splice(target, 0, among[place]!);
	doc.transact(() => settle(doc, order, target), origin);
	return true;
}

/** Puts an item last under a section, or after the section it stood under when `parent` is null. */
export function nestItem(doc: Y.Doc, id: string, parent: string | null, origin?: unknown): boolean {
	const fields = agendaItems(doc).get(id);
	const items = readAgenda(doc);
	const stays = (fields?.get('parent') ?? null) === parent;
	if (!fields || stays || id === parent || items.some((item) => item.parent === id)) return false;
	if (parent !== null && !items.some((item) => item.id === parent && item.parent === null))
		return false;
	const left = fields.get('parent');
	const pos = placeAfter(doc, parent, parent === null && typeof left === 'string' ? left : null);
	doc.transact(() => {
		fields.set('parent', parent);
		fields.set('pos', pos);
	}, origin);
	return true;
}

/** The visible items that stand beside this one, itself among them, in order. */
function siblings(doc: Y.Doc, id: string): AgendaItem[] {
	const items = readAgenda(doc);
	const tops = new Set(items.filter(({ parent }) => parent === null).map((top) => top.id));
	const parentOf = (item: AgendaItem) =>
		item.parent !== null && tops.has(item.parent) ? item.parent : null;
	const item = items.find((candidate) => candidate.id === id);
	return item ? items.filter((other) => parentOf(other) === parentOf(item)) : [];
}

/**
 * Gives the item at `place` a position between its new neighbours. Two people who add at the same
 * place at once get equal positions, and nothing fits between equals: then the whole row gets new
 * ones.
 */
function settle(doc: Y.Doc, order: AgendaItem[], place: number): void {
	const before = order[place - 1]?.pos ?? null;
	const after = order[place + 1]?.pos ?? null;
	const fits = before === null || after === null || before < after;
	const fresh = fits
		? [generateKeyBetween(before, after)]
		: generateNKeysBetween(null, null, order.length);
	const moved = fits ? [order[place]!] : order;
	moved.forEach((item, index) => agendaItems(doc).get(item.id)?.set('pos', fresh[index]));
}

/**
 * A place after the given item within its section, or at the end. Positions grow when items are
 * always put at the same place (or when somebody has made a long one by hand): then the whole row
 * gets new, short ones first.
 */
function placeAfter(doc: Y.Doc, parent: string | null, after: string | null): string {
	const among = readAgenda(doc).filter((item) => item.parent === parent);
	const key = keyAfter(among, after);
	if (key.length <= longestKey) return key;
	const fresh = generateNKeysBetween(null, null, among.length);
	among.forEach((item, index) => agendaItems(doc).get(item.id)?.set('pos', fresh[index]));
	return keyAfter(
		among.map((item, index) => ({ ...item, pos: fresh[index]! })),
		after
	);
}

const longestKey = 60;

function keyAfter(among: AgendaItem[], after: string | null): string {
	const index = among.findIndex((item) => item.id === after);
	const at = index < 0 ? among.length - 1 : index;
	const before = among[at]?.pos ?? null;
	const next = among.slice(at + 1).find((item) => before === null || item.pos > before);
	return generateKeyBetween(before, next?.pos ?? null);
}
