import { randomUUID } from 'node:crypto';
import {
	createEncoder,
	type Encoder,
	toUint8Array,
	write,
	writeAny,
	writeVarString,
	writeVarUint
} from 'lib0/encoding';
import * as Y from 'yjs';
import { addItem, caseTextOf } from '../../src/lib/domain/agenda.ts';
import { limits } from '../../src/lib/domain/document.ts';
import { Message, Sync } from '../../src/lib/domain/wire.ts';
import { frame, stepTwo, update } from '../peers.ts';
import type { Chance } from './chance.ts';

/*
 * Frames that no page of ours sends. None of them may change a document of the kind `item`,
 * whoever sends it: what is well-formed in them breaks the shape, is somebody else's, builds on
 * what is not there, or brings nothing.
 */

export type Frame = Uint8Array | string;

/** One of them; `state` is the document as it is, for those that are to look right. */
export function badFrame(chance: Chance, state: Uint8Array): Frame {
	return chance.of(kinds)(chance, state);
}

const kinds: ((chance: Chance, state: Uint8Array) => Frame)[] = [
	// Noise, and noise that begins well.
	(chance) => chance.bytes(chance.below(200)),
	(chance) => Uint8Array.of(chance.of([0, 1, 3, 102]), ...chance.bytes(chance.below(60))),
	(chance) => update(chance.bytes(chance.below(300))),
	(chance) => stepTwo(chance.bytes(chance.below(300))),
	(chance) => frame(Message.sync, Sync.step1, chance.bytes(chance.below(80))),
	(chance) => frame(Message.awareness, chance.bytes(chance.below(120))),
	(chance) => 'æ'.repeat(chance.below(50)),
	(chance) => frame(Message.ack, chance.below(2 ** 31), ...(chance.once(2) ? [1] : [])),
	// Whole frames cut short, and with single bits turned. What they hold would be refused as it is.
	(chance, state) => cut(whole(chance, state), chance),
	(chance, state) => cut(whole(chance, state), chance),
	(chance, state) => turned(whole(chance, state), chance),
	(chance, state) => turned(whole(chance, state), chance),
	(chance, state) => whole(chance, state),
	// Lengths and numbers that lie.
	(chance) => lying(chance),
	// Beyond the limit, and just within it.
	(chance) => (chance.once(20) ? new Uint8Array(limits.frame + 1) : lying(chance)),
	(chance) => (chance.once(20) ? update(chance.bytes(limits.frame - 99)) : lying(chance)),
	(chance) => huge(chance),
	// Deep nesting.
	(chance) => update(deepTypes(chance)),
	(chance) => update(deepValues(chance)),
	(chance) => awareness(1, [[chance.below(2 ** 32), 1, deepJson(chance)]]),
	// Presence of others, of nobody, of a million.
	(chance) =>
		awareness(chance.below(4), [[chance.below(2 ** 32), chance.below(9), '{"user":{"name":"X"}}']]),
	(chance) => awareness(2 ** 31 + chance.below(99), [[1, 1, 'null']]),
	// What the server has already.
	(_, state) => stepTwo(state)
];

/** Well-formed, and refused: wrong in more than one place, so that no single bit makes it right. */
function whole(chance: Chance, state: Uint8Array): Uint8Array {
	const doc = new Y.Doc();
	if (chance.once(2)) Y.applyUpdate(doc, state);
	const before = Y.encodeStateVector(doc);
	chance.of([
		() => doc.getMap('hidden').set('nonsense', new Y.Map([['a', chance.below(99)]])),
		() => addItem(doc, { id: randomUUID(), title: 'x', kind: 'section', minutes: 3 }),
		() => caseTextOf(doc).insert(0, [strange('image', { src: 'javascript:alert(1)' })]),
		() => caseTextOf(doc).insert(0, [strange('script', { onclick: 'x' })]),
		() => caseTextOf(doc).insert(0, [new Y.XmlText('laus'), strange('iframe', {})]),
		() => doc.getArray('items').push([chance.bytes(9), { a: [null] }]),
		() => doc.getMap('docs').set('inner', new Y.Doc())
	])();
	const bytes = Y.encodeStateAsUpdate(doc, before);
	return chance.once(2) ? update(bytes) : stepTwo(bytes);
}

function strange(name: string, attributes: Record<string, string>): Y.XmlElement {
	const node = new Y.XmlElement(name);
	for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
	return node;
}

function cut(bytes: Uint8Array, chance: Chance): Uint8Array {
	return bytes.slice(0, chance.below(bytes.length));
}

function turned(bytes: Uint8Array, chance: Chance): Uint8Array {
	const changed = bytes.slice();
	for (let times = 1 + chance.below(3); times > 0; times--)
		changed[chance.below(changed.length)]! ^= 1 << chance.below(8);
	return changed;
}

/** A length that is not there; a number beyond what can be counted. */
function lying(chance: Chance): Uint8Array {
	const length = chance.of([2 ** 10, 2 ** 20, 2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER]);
	return build((encoder) => {
		writeVarUint(encoder, chance.of([0, 1]));
		if (chance.once(2)) writeVarUint(encoder, chance.below(3));
		writeVarUint(encoder, length);
		for (const byte of chance.bytes(chance.below(40))) write(encoder, byte);
	});
}

/** Structs and deletions at impossible places, and more of them than there are. */
function huge(chance: Chance): Uint8Array {
	const many = chance.of([1, 2 ** 16, 2 ** 31, 2 ** 40]);
	const clock = chance.of([0, 2 ** 31, 2 ** 53 - 1]);
	const client = chance.below(2 ** 32);
	return update(
		build((encoder) => {
			const structs = chance.below(2);
			writeVarUint(encoder, structs);
			if (structs > 0) [many, client, clock].forEach((number) => writeVarUint(encoder, number));
			if (structs > 0) for (const byte of chance.bytes(20)) write(encoder, byte);
			writeVarUint(encoder, chance.once(2) ? 1 : many);
			[client, many, clock, many].forEach((number) => writeVarUint(encoder, number));
		})
	);
}

/** Types within types, far beyond what a text may have. */
function deepTypes(chance: Chance): Uint8Array {
	const doc = new Y.Doc();
	const levels = limits.depth + 1 + chance.below(chance.once(50) ? 20_000 : 200);
	doc.transact(() => {
		let place: Y.XmlFragment = caseTextOf(doc);
		for (let level = 0; level < levels; level++) {
			const node = new Y.XmlElement(level % 2 === 0 ? 'bulletList' : 'listItem');
			place.insert(0, [node]);
			place = node;
		}
	});
	return Y.encodeStateAsUpdate(doc);
}

/** One attribute with a value of lists within lists. */
function deepValues(chance: Chance): Uint8Array {
	const levels = 100 + chance.below(chance.once(50) ? 200_000 : 2000);
	return build((encoder) => {
		// One struct: client, clock 0, any value under the root `text`, key 'a'.
		[1, 1, chance.below(2 ** 32), 0, 0x28, 1].forEach((number) => writeVarUint(encoder, number));
		writeVarString(encoder, 'text');
		writeVarString(encoder, 'a');
		writeVarUint(encoder, 1);
		for (let level = 0; level < levels; level++) {
			// A list of one.
			write(encoder, 117);
			writeVarUint(encoder, 1);
		}
		writeAny(encoder, null);
		writeVarUint(encoder, 0);
	});
}

function deepJson(chance: Chance): string {
	const levels = 1 + chance.below(1800);
	return `{"cursor":${'['.repeat(levels)}${']'.repeat(levels)}}`;
}

function awareness(count: number, entries: [number, number, string][]): Uint8Array {
	const content = build((encoder) => {
		writeVarUint(encoder, count);
		for (const [client, clock, state] of entries) {
			writeVarUint(encoder, client);
			writeVarUint(encoder, clock);
			writeVarString(encoder, state);
		}
	});
	return frame(Message.awareness, content);
}

function build(fill: (encoder: Encoder) => void): Uint8Array {
	const encoder = createEncoder();
	fill(encoder);
	return toUint8Array(encoder);
}
