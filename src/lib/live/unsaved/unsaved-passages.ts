import * as Y from 'yjs';
import { titleOf } from '#lib/domain/agenda.ts';
import { liveChildren, liveKeys, type Shared } from '#lib/domain/structs.ts';
import type { Edit, Stretch } from './own-edits.ts';

/*
 * What somebody wrote that the server has not stored and never will: as words that can be taken
 * over by hand.
 */

/** Edits that will not be stored, with the copy of the document that they were made in. */
export interface UnsavedEdits {
	doc: Y.Doc;
	edits: Edit[];
}

export interface Passage {
	/** Of an agenda, the title of the item that it stands in; else empty. */
	title: string;
	text: string;
}

export interface Words {
	passages: Passage[];
	/** Something was moved, chosen or taken away as well, which words cannot show. */
	more: boolean;
}

/** From and to, by client. */
type Ranges = Map<number, [number, number][]>;

/**
 * The own words of the edits, a passage for each text: nothing of what others wrote, and nothing
 * of what `stored` (the document as the server has it) holds after all. Null when nothing is left
 * over.
 */
export function wordsOf({ doc, edits }: UnsavedEdits, stored: Y.Doc | null): Words | null {
	const own: Ranges = new Map();
	let more = false;
	for (const [client, clock, to] of edits.flatMap(({ wrote }) => wrote)) {
		const from = Math.max(clock, stored ? Y.getState(stored.store, client) : 0);
		if (from >= to) continue;
		own.set(client, [...(own.get(client) ?? []), [from, to]]);
		if (structsIn(doc, [client, from, to]).some(isWordless)) more = true;
	}
	for (const took of edits.flatMap((edit) => edit.took)) {
		if (!isOwn(own, took) && !isGone(stored, took)) more = true;
	}
	const passages = [...doc.share].flatMap(([, root]) => passagesOf(doc, root, own));
	return passages.length > 0 || more ? { passages, more } : null;
}

function structsIn(doc: Y.Doc, [client, from, to]: Stretch) {
	const all = doc.store.clients.get(client) ?? [];
	return all.filter(({ id, length }) => id.clock < to && from < id.clock + length);
}

/** Neither a piece of text, nor the paragraph that it needs, nor gone again. */
function isWordless(struct: { deleted: boolean }): boolean {
	if (struct.deleted || !(struct instanceof Y.Item)) return false;
	const { content } = struct;
	return !(content instanceof Y.ContentString || content instanceof Y.ContentType);
}

/** Own words that were taken back are nobody's loss. */
function isOwn(own: Ranges, [client, from, to]: Stretch): boolean {
	return own.get(client)?.some(([first, last]) => first <= from && to <= last) ?? false;
}

/** The server knows that it has been taken away. */
function isGone(stored: Y.Doc | null, took: Stretch): boolean {
	return stored !== null && structsIn(stored, took).every(({ deleted }) => deleted);
}

function passagesOf(doc: Y.Doc, root: Shared, own: Ranges): Passage[] {
	const here = { title: '', text: linesOf(root, own).join('\n') };
	const parts = liveKeys(root).map((key) => {
		const content = root._map.get(key)?.content;
		const lines = content instanceof Y.ContentType ? deepLines(content.type, own) : [];
		return { title: titleOf(doc, key)?.toString() ?? '', text: lines.join('\n') };
	});
	return [here, ...parts].filter(({ text }) => text !== '');
}

/** Of a map, its texts one after the other. */
function deepLines(type: Shared, own: Ranges): string[] {
	const parts = liveKeys(type).flatMap((key) => {
		const content = type._map.get(key)?.content;
		return content instanceof Y.ContentType ? deepLines(content.type, own) : [];
	});
	return [...parts, ...linesOf(type, own)];
}

/** A line for each block that holds own words. */
function linesOf(type: Shared, own: Ranges): string[] {
	const children = liveChildren(type);
	const isLine =
		type instanceof Y.Text ||
		children.some(
			({ content }) => content instanceof Y.ContentType && content.type instanceof Y.XmlText
		);
	if (isLine) return [lineOf(children, own)].filter((line) => line !== '');
	return children.flatMap(({ content }) =>
		content instanceof Y.ContentType ? linesOf(content.type, own) : []
	);
}

/** Own words of one line; a gap where somebody else's stand between them. */
function lineOf(items: Y.Item[], own: Ranges): string {
	let line = '';
	let gap = false;
	const add = (item: Y.Item): void => {
		if (item.content instanceof Y.ContentType) {
			const inside = liveChildren(item.content.type);
			return inside.forEach(add);
		}
		if (!(item.content instanceof Y.ContentString)) return;
		const { client, clock } = item.id;
		const { str } = item.content;
		for (let at = 0; at < str.length; at++) {
			const mine = isOwn(own, [client, clock + at, clock + at + 1]);
			if (mine)
				line += gap && line !== '' ? `${line.endsWith(' ') ? '' : ' '}… ${str[at]}` : str[at];
			gap = !mine;
		}
	};
	items.forEach(add);
	return line.trim();
}
