import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { Message, Sync } from '../../../src/lib/domain/wire.ts';

/* What is said to each of the three servers for the same thing, and what they say. */

export const contenders = ['ours', 'y-websocket', 'hocuspocus'] as const;
export type Contender = (typeof contenders)[number];

export type Heard =
	/** What was missing here when the document was opened. */
	| { kind: 'whole'; bytes: Uint8Array }
	| { kind: 'update'; bytes: Uint8Array }
	/** The server asks for what it lacks. */
	| { kind: 'asked' }
	/** Our own words for "it is stored": the number that was sent. */
	| { kind: 'ack'; number: number }
	/** Hocuspocus' word for "synced": one for each update, in order. */
	| { kind: 'synced' };

export interface Dialect {
	path(document: string): string;
	/** What a client says when its socket has opened: it has nothing yet. */
	hello(document: string): Uint8Array[];
	update(document: string, bytes: Uint8Array): Uint8Array;
	/** The answer to being asked: nothing that the server lacks. */
	nothing(document: string): Uint8Array;
	/** The question whether everything before it is stored, where there is one. */
	ask?(number: number): Uint8Array;
	/** Null for what a load generator does not care about. */
	read(frame: Uint8Array): Heard | null;
}

const nothingYet = Uint8Array.of(0);
const noUpdate = Uint8Array.of(0, 0);

function build(...parts: (number | string | Uint8Array)[]): Uint8Array {
	return encoding.encode((encoder) => {
		for (const part of parts) {
			if (typeof part === 'number') encoding.writeVarUint(encoder, part);
			else if (typeof part === 'string') encoding.writeVarString(encoder, part);
			else encoding.writeVarUint8Array(encoder, part);
		}
	});
}

function readSync(decoder: decoding.Decoder): Heard {
	const kind = decoding.readVarUint(decoder);
	if (kind === Sync.step1) return { kind: 'asked' };
	const bytes = decoding.readVarUint8Array(decoder);
	return { kind: kind === Sync.step2 ? 'whole' : 'update', bytes };
}

const yWebsocket: Dialect = {
	path: (document) => `/${document}`,
	hello: () => [build(Message.sync, Sync.step1, nothingYet)],
	update: (_, bytes) => build(Message.sync, Sync.update, bytes),
	nothing: () => build(Message.sync, Sync.step2, noUpdate),
	read(frame) {
		const decoder = decoding.createDecoder(frame);
		const kind = decoding.readVarUint(decoder);
		if (kind === Message.sync) return readSync(decoder);
		return kind === Message.ack ? { kind: 'ack', number: decoding.readVarUint(decoder) } : null;
	}
};

const ours: Dialect = {
	...yWebsocket,
	path: (document) => `/live/${encodeURIComponent(`agenda:${document}@1`)}`,
	ask: (number) => build(Message.ack, number)
};

/** Kinds of messages, as Hocuspocus 4 numbers them; each begins with the document's name. */
const Hocuspocus = { sync: 0, auth: 2, syncReply: 4, syncStatus: 8 } as const;

const hocuspocus: Dialect = {
	path: () => '/',
	hello: (document) => [
		build(document, Hocuspocus.auth, 0, 'nobody', '4.7.0'),
		build(document, Hocuspocus.sync, Sync.step1, nothingYet)
	],
	update: (document, bytes) => build(document, Hocuspocus.sync, Sync.update, bytes),
	nothing: (document) => build(document, Hocuspocus.sync, Sync.step2, noUpdate),
	read(frame) {
		const decoder = decoding.createDecoder(frame);
		// The name; not made into a string, since nobody looks at it.
		decoding.readVarUint8Array(decoder);
		const kind = decoding.readVarUint(decoder);
		if (kind === Hocuspocus.sync || kind === Hocuspocus.syncReply) return readSync(decoder);
		return kind === Hocuspocus.syncStatus ? { kind: 'synced' } : null;
	}
};

export const dialects: Record<Contender, Dialect> = { ours, 'y-websocket': yWebsocket, hocuspocus };
