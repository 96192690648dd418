import { generateKeyBetween } from 'fractional-indexing';
import * as Y from 'yjs';
import { agendaItems, caseTextOf } from './agenda.ts';
import { isUuid, limits } from './document.ts';
import { recommendationTextOf } from './recommendation-text.ts';
import { checkRichChange, isRichText, plainWords, richText } from './rich-text.ts';
import { itemKinds } from './schedule.ts';
import {
	demand,
	hasList,
	hasOnlyRoots,
	isLive,
	isNew,
	liveChildren,
	liveKeys,
	passes,
	pathTo,
	type Shared,
	type Test,
	valueOf
} from './structs.ts';

/*
 * What may stand in a live document. Each check looks only at what a transaction changed, from
 * inside the transaction, and throws Refusal('bad_shape'); Yjs itself leaves out what the
 * transaction deleted. With `transaction.local` it is the server that writes, and may do what a
 * client may not.
 */

type Keys = ReadonlySet<string | null>;

/** The document `agenda:<meeting>`, as domain/agenda.ts describes it. */
export function checkAgenda(doc: Y.Doc, transaction: Y.Transaction): void {
	demand(hasOnlyRoots(doc, 'items'));
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

/**
 * The document `item:<item>` of a case item: its minutes, rich text in the root `text`; and in
 * the root `recommendation` the board's text, which has paragraphs and lists only.
 */
export function checkCaseText(doc: Y.Doc, transaction: Y.Transaction): void {
	demand(hasOnlyRoots(doc, 'text', 'recommendation'));
	const minutes: Shared = caseTextOf(doc);
	const recommendation: Shared = recommendationTextOf(doc);
	for (const [type, keys] of transaction.changed) {
		const path = pathTo(type);
		const [first] = path;
		if (first) {
			const schema = first.parent === recommendation ? plainWords : richText;
			checkRichChange(type, keys, path.length, transaction, schema);
		} else {
			// Of a root that was not known as a text until now only the new one is in the document: so
			// both are looked at.
			checkRichChange(minutes, keys, 0, transaction);
			checkRichChange(recommendation, keys, 0, transaction, plainWords);
		}
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
 * Twice what a writer is let to type: two who type at the same time in a title that is nearly
 * full must not throw each other out, for each of them has kept within the limit.
 */
const longestTitle = 2 * limits.title;
/** Positions grow by a character now and then when items are always put at the same place. */
const longestPosition = 200;
/**
 * Items of one agenda, removed ones counted: far beyond any meeting, and small enough to read at
 * every keystroke.
 */
const mostItems = 600;

function checkItems(items: Shared, keys: Keys, transaction: Y.Transaction): void {
	demand(transaction.local || liveKeys(items).length <= mostItems);
	for (const key of keys) {
		const entry = key === null ? undefined : items._map.get(key);
		const gone = entry === undefined || entry.deleted;
		if (gone && key !== null && transaction.local) continue;
		demand(!gone && key !== null && isUuid(key));
		// A client adds items and flags them as removed. It neither takes one out nor puts another in
		// its place.
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

/**
 * Whether others can put items before and after it: on a bad one `fractional-indexing` throws,
 * for everybody.
 */
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
