import * as encoding from 'lib0/encoding';
import { Message, Sync } from '#lib/domain/wire.ts';

/* What the server sends, as bytes. A frame for many is built once. */

export function stepOne(stateVector: Uint8Array): Uint8Array {
	return sync(Sync.step1, stateVector);
}

export function stepTwo(update: Uint8Array): Uint8Array {
	return sync(Sync.step2, update);
}

export function update(bytes: Uint8Array): Uint8Array {
	return sync(Sync.update, bytes);
}

export function ack(number: number): Uint8Array {
	return build((encoder) => {
		encoding.writeVarUint(encoder, Message.ack);
		encoding.writeVarUint(encoder, number);
	});
}

/** State as JSON; `null` says that the client is gone. */
export interface PresenceEntry {
	client: number;
	clock: number;
	state: string;
}

export function awareness(entries: PresenceEntry[]): Uint8Array {
	const content = build((encoder) => {
		encoding.writeVarUint(encoder, entries.length);
		for (const { client, clock, state } of entries) {
			encoding.writeVarUint(encoder, client);
			encoding.writeVarUint(encoder, clock);
			encoding.writeVarString(encoder, state);
		}
	});
	return build((encoder) => {
		encoding.writeVarUint(encoder, Message.awareness);
		encoding.writeVarUint8Array(encoder, content);
	});
}

function sync(kind: number, bytes: Uint8Array): Uint8Array {
	return build((encoder) => {
		encoding.writeVarUint(encoder, Message.sync);
		encoding.writeVarUint(encoder, kind);
		encoding.writeVarUint8Array(encoder, bytes);
	});
}

function build(write: (encoder: encoding.Encoder) => void): Uint8Array {
	const encoder = encoding.createEncoder();
	write(encoder);
	return encoding.toUint8Array(encoder);
}
