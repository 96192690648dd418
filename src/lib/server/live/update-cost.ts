import * as decoding from 'lib0/decoding';
import { Close } from '#lib/domain/wire.ts';
import { Rejection } from './rejection.ts';

/*
 * What an update will cost, told from its bytes before anything is made of them. A frame of 1 MiB
 * holds half a million of the smallest structs, or a handful of long texts; only their number
 * says how long the others would wait.
 */

/**
 * In the cost of a character that stands alone: about a microsecond from its arrival until
 * everybody has it.
 */
const dear = { type: 3, deletion: 3 };

/**
 * The most that one update may be: all of a text of 25,000 letters of which no two were typed one
 * after the other, or 6,000 strokes and deletions, each at another place.
 */
const mostCost = 25_000;

/** What an update burdens. Throws Rejection when it cannot be read, or is too much. */
export function weighed(update: Uint8Array): number {
	let cost: number;
	try {
		cost = costOf(update);
	} catch (cause) {
		throw new Rejection(Close.malformed, cause);
	}
	if (cost > mostCost) throw new Rejection(Close.tooLarge);
	return cost;
}

/**
 * Counts no further than a little beyond `mostBurden`. Throws when the bytes end too early, and
 * what lib0 throws.
 */
function costOf(update: Uint8Array): number {
	const decoder = decoding.createDecoder(update);
	let cost = 0;
	for (let clients = readNumber(decoder); clients > 0 && cost <= mostCost; clients--) {
		let structs = readNumber(decoder);
		skipNumbers(decoder, 2);
		for (; structs > 0 && cost <= mostCost; structs--) cost += skipStruct(decoder);
	}
	if (cost > mostCost) return cost;
	for (let clients = readNumber(decoder); clients > 0 && cost <= mostCost; clients--) {
		skipNumbers(decoder, 1);
		const deletions = readNumber(decoder);
		// Each takes two bytes at least.
		if (2 * deletions > decoder.arr.byteLength - decoder.pos)
			throw new RangeError('More deletions than there are bytes.');
		cost += deletions * dear.deletion + 1;
		if (cost <= mostCost) skipNumbers(decoder, 2 * deletions);
	}
	return cost;
}

/** A struct as Yjs writes it (its UpdateEncoderV1); returns what it burdens. */
function skipStruct(decoder: decoding.Decoder): number {
	const info = decoding.readUint8(decoder);
	const content = info & 0x1f;
	// One that is left out, and one of which nothing is left, have a length and nothing else.
	if (content === 0 || info === 10) {
		skipNumbers(decoder, 1);
		return 1;
	}
	const [hasLeft, hasRight, hasKey] = [0x80, 0x40, 0x20].map((bit) => (info & bit) !== 0);
	if (hasLeft) skipNumbers(decoder, 2);
	if (hasRight) skipNumbers(decoder, 2);
	if (!hasLeft && !hasRight) {
		if (readNumber(decoder) === 1) skipBytes(decoder);
		else skipNumbers(decoder, 2);
		if (hasKey) skipBytes(decoder);
	}
	return skipContent(decoder, content);
}

/** Types of nodes with a name of their own, by Yjs's numbers: an element, and a hook. */
const named = [3, 5];

function skipContent(decoder: decoding.Decoder, content: number): number {
	switch (content) {
		case 1: // deleted
			skipNumbers(decoder, 1);
			return 1;
		case 2: // JSON
			return skipMany(decoder, skipBytes);
		case 3: // binary
		case 4: // string
		case 5: // embedded
			skipBytes(decoder);
			return 1;
		case 6: // format
			skipBytes(decoder);
			skipBytes(decoder);
			return 1;
		case 7: // type
			if (named.includes(readNumber(decoder))) skipBytes(decoder);
			return dear.type;
		case 8: // any
			return skipMany(decoder, decoding.readAny);
		case 9: // a document
			skipBytes(decoder);
			decoding.readAny(decoder);
			return dear.type;
		default:
			throw new Error('A content that there is none of.');
	}
}

/** As many values as a number says; each is one more, and none is too few to count. */
function skipMany(decoder: decoding.Decoder, skip: (decoder: decoding.Decoder) => void): number {
	const many = readNumber(decoder);
	for (let at = 0; at < many && at <= mostCost; at++) skip(decoder);
	return many + 1;
}

function readNumber(decoder: decoding.Decoder): number {
	return decoding.readVarUint(decoder);
}

function skipNumbers(decoder: decoding.Decoder, many: number): void {
	for (let at = 0; at < many; at++) decoding.readVarUint(decoder);
}

function skipBytes(decoder: decoding.Decoder): void {
	const length = readNumber(decoder);
	decoder.pos += length;
	if (decoder.pos > decoder.arr.byteLength) throw new RangeError('Longer than its update.');
}
