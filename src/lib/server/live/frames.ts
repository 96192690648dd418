import * as encoding from 'lib0/encoding';
import { Message, Sync } from '#lib/domain/wire.ts';

/*
 * What the server sends, as bytes on the wire: WebSocket's own header is in front already. What
 * the server sends is not masked, so a frame for many is the same for all: it is built once, and
 * each socket costs one call to the system.
 */

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
	return frame((encoder) => {
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
	return frame((encoder) => {
		encoding.writeVarUint(encoder, Message.awareness);
		encoding.writeVarUint8Array(encoder, content);
	});
}

function sync(kind: number, bytes: Uint8Array): Uint8Array {
	return frame((encoder) => {
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

/**
 * A message with the header of an unmasked binary frame that is whole in itself (RFC 6455, 5.2).
 */
function frame(write: (encoder: encoding.Encoder) => void): Uint8Array {
	const message = build(write);
	const size = message.byteLength;
	const head = size < 126 ? 2 : size < 65_536 ? 4 : 10;
	const whole = Buffer.allocUnsafe(head + size);
	whole[0] = 0x82;
	if (head === 2) whole[1] = size;
	else if (head === 4) {
		whole[1] = 126;
		whole.writeUInt16BE(size, 2);
	} else {
		whole[1] = 127;
		whole.writeBigUInt64BE(BigInt(size), 2);
	}
	whole.set(message, head);
	return whole;
}

/** Several frames for one socket, to be sent as one. */
export function together(frames: Uint8Array[]): Uint8Array {
	return frames.length === 1 ? frames[0]! : Buffer.concat(frames);
}
