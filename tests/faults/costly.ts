import {
	createEncoder,
	type Encoder,
	length,
	toUint8Array,
	writeUint8,
	writeUint8Array,
	writeVarString,
	writeVarUint
} from 'lib0/encoding';
import { limits } from '../../src/lib/domain/document.ts';
import type { Chance } from './chance.ts';

/*
 * Updates of a text that are sound and small, and cost as much as can be: the smallest structs
 * there are, in their tens of thousands, or fewer of them between neighbours that are far apart.
 */

/** As Yjs has them on the wire: what a struct holds, and which neighbours it names. */
const holds = { deleted: 1, text: 4, type: 7 };
const [leftIs, rightIs] = [0x80, 0x40];
const types = { element: 3, text: 6 };

type Write = (encoder: Encoder, clock: number, client: number) => void;

/**
 * One of them, of this kind, under a client id that nobody has: as many structs as a frame has
 * room for, or `most`. The id is a short one: so there are more of them.
 */
export function costlyUpdate(chance: Chance, kind: CostlyKind, most = Infinity): Uint8Array {
	return dear[kind](1 + chance.below(2 ** 20), most);
}

/** Bytes that a frame has for them. */
const full = limits.frame - 100;

const dear = {
	'nothing, half a million times': (client: number, most: number) =>
		many(client, most, (encoder) => {
			writeUint8(encoder, 0);
			writeVarUint(encoder, 1);
		}),
	'letters typed one after the other': (client: number, most: number) =>
		inText(client, most, (encoder, clock) => {
			letter(encoder, client, clock, leftIs, clock - 1);
		}),
	'letters each before the last': (client: number, most: number) =>
		inText(client, most, (encoder, clock) => {
			letter(encoder, client, clock, rightIs, clock - 1);
		}),
	'paragraphs with nothing in them': (client: number, most: number) =>
		many(client, most, (encoder, clock) => {
			head(encoder, client, holds.type, clock === 0 ? null : { [leftIs]: clock - 1 });
			writeVarUint(encoder, types.element);
			writeVarString(encoder, 'paragraph');
		}),
	'every second letter of a text taken away': (client: number, most: number) => {
		const letters = 2 * Math.min(most, 125_000);
		const encoder = createEncoder();
		for (const number of [1, 3, client, 0]) writeVarUint(encoder, number);
		writeUint8Array(encoder, beginning(client));
		head(encoder, client, holds.text, 1);
		writeVarString(encoder, 'x'.repeat(letters));
		for (const number of [1, client, letters / 2]) writeVarUint(encoder, number);
		for (let at = 0; at < letters; at += 2)
			for (const number of [2 + at, 1]) writeVarUint(encoder, number);
		return toUint8Array(encoder);
	},
	'letters whose neighbours are far apart': (client: number, most: number) => {
		const row = 4000;
		return inText(client, Math.min(most, 2 * row), (encoder, clock) => {
			if (clock < row) return letter(encoder, client, clock, leftIs, clock - 1);
			head(encoder, client, holds.text, { [leftIs]: 2, [rightIs]: row - 1 - (clock % (row - 4)) });
			writeVarString(encoder, 'x');
		});
	}
} satisfies Record<string, (client: number, most: number) => Uint8Array>;

export type CostlyKind = keyof typeof dear;
export const costlyKinds = Object.keys(dear) as CostlyKind[];

/** Structs of one client. */
function many(client: number, most: number, write: Write, first: Uint8Array = new Uint8Array()) {
	const structs = createEncoder();
	writeUint8Array(structs, first);
	let clock = first.length > 0 ? 2 : 0;
	for (; clock < most && length(structs) < full; clock++) write(structs, clock, client);
	const whole = createEncoder();
	for (const number of [1, clock, client, 0]) writeVarUint(whole, number);
	writeUint8Array(whole, toUint8Array(structs));
	writeVarUint(whole, 0);
	return toUint8Array(whole);
}

const inText = (client: number, most: number, write: Write) =>
	many(client, most, write, beginning(client));

/** A paragraph (clock 0) with an empty text (clock 1). */
function beginning(client: number): Uint8Array {
	const encoder = createEncoder();
	head(encoder, client, holds.type, null);
	writeVarUint(encoder, types.element);
	writeVarString(encoder, 'paragraph');
	head(encoder, client, holds.type, 0);
	writeVarUint(encoder, types.text);
	return toUint8Array(encoder);
}

/** The first of a text names what it stands in, the others the one beside them. */
function letter(encoder: Encoder, client: number, clock: number, side: number, beside: number) {
	head(encoder, client, holds.text, clock === 2 ? 1 : { [side]: beside });
	writeVarString(encoder, 'x');
}

/** `where`: null, in the root; a clock, in that type; or neighbours by side. */
function head(
	encoder: Encoder,
	client: number,
	content: number,
	where: number | null | Record<number, number>
): void {
	const id = (clock: number) => [client, clock].forEach((number) => writeVarUint(encoder, number));
	if (where === null) {
		writeUint8(encoder, content);
		writeVarUint(encoder, 1);
		writeVarString(encoder, 'text');
	} else if (typeof where === 'number') {
		writeUint8(encoder, content);
		writeVarUint(encoder, 0);
		id(where);
	} else {
		const sides = [leftIs, rightIs].filter((side) => where[side] !== undefined);
		writeUint8(
			encoder,
			sides.reduce((sum, side) => sum | side, content)
		);
		for (const side of sides) id(where[side]!);
	}
}
