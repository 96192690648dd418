import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import {
	addItem,
	agendaItems,
	caseTextOf,
	changeItem,
	moveItem,
	nestItem,
	readAgenda,
	readAll,
	textOf,
	titleOf
} from '../../src/lib/domain/agenda.ts';
import type { Chance } from './chance.ts';

/* What people do to a document, at random, keeping to its shape. */

const letters = 'abcdefghijklmnopqrstuvwxyzæøå';
/** From here on an agenda is not made longer, and a text or a title is made shorter. */
const enough = { items: 60, title: 120, blocks: 40, run: 400 };

/** One command in the document `agenda:…` or `item:…`. */
export function doSomething(kind: string, doc: Y.Doc, chance: Chance): void {
	if (kind === 'item') return write(caseTextOf(doc), chance);
	const items = readAgenda(doc).filter((item) => item.open !== null);
	if (items.length === 0) return add(doc, chance, null);
	const { id } = chance.of(items);
	const verbs = [
		() => type(titleOf(doc, id)!, enough.title, chance),
		() => type(titleOf(doc, id)!, enough.title, chance),
		() => write(textOf(doc, id)!, chance),
		() => write(textOf(doc, id)!, chance),
		() => moveItem(doc, id, chance.once(2) ? 1 : -1),
		() => moveItem(doc, id, chance.once(2) ? 1 : -1),
		() => changeItem(doc, id, { minutes: chance.below(60) }),
		() => nestItem(doc, id, chance.once(2) ? null : chance.of(items).id),
		() => (agendaItems(doc).size < enough.items ? add(doc, chance, id) : hide(doc, chance)),
		() => hide(doc, chance)
	];
	chance.of(verbs)();
}

function add(doc: Y.Doc, chance: Chance, after: string | null): void {
	const title = word(chance);
	addItem(doc, { id: randomUUID(), title, kind: 'discussion', minutes: 5, after });
}

/** Takes an item away, or brings one back. */
function hide(doc: Y.Doc, chance: Chance): void {
	const item = chance.of(readAll(doc));
	if (item.open) changeItem(doc, item.id, { removed: !item.removed && chance.once(3) });
}

function type(text: Y.Text, longest: number, chance: Chance): void {
	const { length } = text;
	const isFull = length > longest;
	if (isFull || (length > 0 && chance.once(4))) {
		const from = chance.below(length);
		text.delete(from, Math.min(length - from, isFull ? 40 : 1 + chance.below(4)));
	} else text.insert(chance.below(length + 1), word(chance));
}

function write(text: Y.XmlFragment, chance: Chance): void {
	const blocks = text.toArray().filter((block) => block instanceof Y.XmlElement);
	if (blocks.length > enough.blocks || (blocks.length > 1 && chance.once(10)))
		return text.delete(chance.below(text.length), 1);
	if (blocks.length === 0 || chance.once(8)) {
		const paragraph = new Y.XmlElement('paragraph');
		paragraph.insert(0, [new Y.XmlText(word(chance))]);
		return text.insert(chance.below(text.length + 1), [paragraph]);
	}
	const block = chance.of(blocks);
	const run = block.toArray().find((node) => node instanceof Y.XmlText);
	if (!run) return;
	if (run.length > 4 && chance.once(6)) {
		run.format(chance.below(run.length - 3), 3, { bold: chance.once(2) ? {} : null });
	} else type(run, enough.run, chance);
}

function word(chance: Chance): string {
	return Array.from({ length: 1 + chance.below(8) }, () => chance.of([...letters])).join('');
}
