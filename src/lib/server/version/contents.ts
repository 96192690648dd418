import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import { caseTextOf, readAgenda, textOf } from '#lib/domain/agenda.ts';
import { type Author, type AuthoredNode, readAuthored } from '#lib/domain/authored-text.ts';
import type { DocumentKind } from '#lib/domain/document.ts';
import { eraseAuthored } from '#lib/domain/erasing-authored.ts';
import { eraseFromWords } from '#lib/domain/erasing.ts';
import { recommendationTextOf } from '#lib/domain/recommendation-text.ts';
import type { AgendaItem } from '#lib/domain/schedule.ts';

/*
 * What a version holds of one document, as plain values: readable without Yjs, and with who wrote
 * what.
 */

/** An ordinary item as it was. Of a case item there is a place only. */
export type FrozenItem = AgendaItem & {
	text: AuthoredNode[];
	/** Its words have been erased. */
	erased?: true;
};

/** The minutes of a case item, and what the recommendation that is made there said, if anything. */
export interface FrozenCase {
	text: AuthoredNode[];
	recommendation?: AuthoredNode[];
}

/**
 * `items` of an agenda, or a case item's. Of a document whose words have been erased there is
 * nothing left.
 */
export type Contents = { items: FrozenItem[] } | FrozenCase | { erased: true };

type AuthorOf = (client: number) => Author;

/** What stands in a document now. */
export function contentsOf(kind: DocumentKind, doc: Y.Doc, authorOf: AuthorOf): Contents {
	if (kind !== 'agenda') return caseContents(doc, authorOf);
	const items = readAgenda(doc).map((item) => {
		const text = item.open ? textOf(doc, item.id) : null;
		return { ...item, text: text ? readAuthored(text, authorOf) : [] };
	});
	return { items };
}

function caseContents(doc: Y.Doc, authorOf: AuthorOf): FrozenCase {
	const text = readAuthored(caseTextOf(doc), authorOf);
	const recommendation = readAuthored(recommendationTextOf(doc), authorOf);
	return { text, ...(recommendation.length > 0 ? { recommendation } : {}) };
}

export interface Stored {
	bytes: Uint8Array;
	rendered: string;
	sha256: string;
}

/** As it is stored: the whole state, its contents, and a checksum of both. */
export function pack(bytes: Uint8Array, contents: Contents): Stored & { bytes: Buffer } {
	const rendered = JSON.stringify(contents);
	return { bytes: Buffer.from(bytes), rendered, sha256: checksum(bytes, rendered) };
}

/** Null when it is not what was stored. */
export function unpack(kind: DocumentKind, stored: Stored, authorOf: AuthorOf): Contents | null {
	if (checksum(stored.bytes, stored.rendered) !== stored.sha256) return null;
	const contents = JSON.parse(stored.rendered) as Contents & { doc?: unknown };
	const early = 'doc' in contents || ('text' in contents && typeof contents.text === 'string');
	if (!early) return contents;
	// The first versions told no authors: what they hold is read from the state beside them.
	const doc = new Y.Doc();
	Y.applyUpdate(doc, stored.bytes);
	return contentsOf(kind, doc, authorOf);
}

/** What goes: all of it, or the passages wherever they stand. */
export type Going = readonly string[] | null;

/**
 * Contents without the words that go: of the whole document, or of one item of an agenda. Null
 * when they hold nothing of it.
 */
export function without(contents: Contents, item: string | null, going: Going): Contents | null {
	if ('erased' in contents) return null;
	if ('text' in contents) return caseWithout(contents, going);
	if (item === null) return { erased: true };
	let any = false;
	const items = contents.items.map((one) => {
		const left = one.id === item ? itemWithout(one, going) : null;
		any ||= left !== null;
		return left ?? one;
	});
	return any ? { items } : null;
}

function caseWithout(contents: FrozenCase, going: Going): Contents | null {
	const { text, recommendation = [] } = contents;
	if (going === null) return text.length + recommendation.length > 0 ? { erased: true } : null;
	const left = {
		text: eraseAuthored(text, going),
		recommendation: eraseAuthored(recommendation, going)
	};
	if (!left.text && !left.recommendation) return null;
	return {
		text: left.text ?? text,
		...(recommendation.length > 0 ? { recommendation: left.recommendation ?? recommendation } : {})
	};
}

function itemWithout(item: FrozenItem, going: Going): FrozenItem | null {
	if (going === null) return item.text.length > 0 ? erase(item) : null;
	const text = eraseAuthored(item.text, going);
	const title = item.open && eraseFromWords(item.open.title, going);
	if (!text && (title === null || title === item.open?.title)) return null;
	const open = item.open && title !== null ? { ...item.open, title } : item.open;
	return { ...item, open, text: text ?? item.text };
}

function erase(item: FrozenItem): FrozenItem {
	const open = item.open && { ...item.open, title: '' };
	return { ...item, open, text: [], erased: true };
}

function checksum(bytes: Uint8Array, rendered: string): string {
	return createHash('sha256').update(bytes).update(rendered).digest('hex');
}
