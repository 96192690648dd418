import * as Y from 'yjs';
import { titleOf } from '#lib/domain/agenda.ts';
import { liveChildren, liveKeys, type Shared } from '#lib/domain/structs.ts';

/* What somebody wrote that the server has not stored and never will: as words that can be taken over by hand. */

/** Edits that will not be stored, with the copy of the document that they were made in. */
export interface Leftover {
	doc: Y.Doc;
	edits: Uint8Array[];
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

/** From and to, of what one client has written. */
type Ranges = Map<number, [number, number][]>;

/**
 * The own words of the edits, a passage for each text: nothing of what others wrote, and nothing of what `stored` (the document
 * as the server has it) holds after all. Null when nothing is left over.
 */
export function wordsOf({ doc, edits }: Leftover, stored: Y.Doc | null): Words | null {
	const own: Ranges = new Map();
	let more = false;
	for (const edit of edits) if (read(edit, stored, own)) more = true;
	const passages = [...doc.share].flatMap(([, root]) => passagesOf(doc, root, own));
	return passages.length > 0 || more ? { passages, more } : null;
}

/** Notes what the edit wrote and the server lacks. True when it did something that no words show. */
function read(edit: Uint8Array, stored: Y.Doc | null, own: Ranges): boolean {
	const { structs, ds } = Y.decodeUpdate(edit);
	let wordless = false;
	for (const struct of structs) {
		if (!(struct instanceof Y.Item)) continue;
		const { client, clock } = struct.id;
		const from = Math.max(clock, stored ? Y.getState(stored.store, client) : 0);
		const to = clock + struct.length;
		if (from >= to) continue;
		own.set(client, [...(own.get(client) ?? []), [from, to]]);
		if (!hasWords(struct)) wordless = true;
	}
	return wordless || takesAway(ds, stored, own);
}

/** A piece of text, or the paragraph that it needs. */
function hasWords({ content }: Y.Item): boolean {
	return content instanceof Y.ContentString || content instanceof Y.ContentType;
}

/** Whether it deletes something that the server has; its own unsent words are nobody else's loss. */
function takesAway(ds: Deletions, stored: Y.Doc | null, own: Ranges): boolean {
	const gone = stored && Y.createDeleteSetFromStructStore(stored.store);
	return [...ds.clients].some(([client, deletions]) =>
		deletions.some(({ clock, len }) => {
			const within = ([from, to]: [number, number]) => from <= clock && clock + len <= to;
			if (own.get(client)?.some(within)) return false;
			const already = gone?.clients.get(client) ?? [];
			return !already.some((one) => within([one.clock, one.clock + one.len]));
		})
	);
}

type Deletions = ReturnType<typeof Y.decodeUpdate>['ds'];

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
			const isOwn = own.get(client)?.some(([from, to]) => from <= clock + at && clock + at < to);
			if (isOwn)
				line += gap && line !== '' ? `${line.endsWith(' ') ? '' : ' '}… ${str[at]}` : str[at];
			gap = !isOwn;
		}
	};
	items.forEach(add);
	return line.trim();
}
