import * as decoding from 'lib0/decoding';
import { type DocumentName, limits } from '#lib/domain/document.ts';
import { Close, type CloseCode, Message, Sync } from '#lib/domain/wire.ts';
import { type Access, handlerOf } from './document-kinds.ts';
import { fault } from './faults.ts';
import { ack } from './frames.ts';
import { RateLimit } from './rate-limit.ts';
import { Rejection } from './rejection.ts';
import type { Peer, Room } from './room.ts';
import * as rooms from './rooms.ts';
import * as sockets from './sockets.ts';
import { weighed } from './update-cost.ts';

/**
 * Frames a second, and at once. Somebody who holds a key down sends about 90: an edit, an ack and
 * a cursor, thirty times.
 */
const frames = { rate: 200, size: 1000 };
/** Bytes a second, and at once. */
const bytes = { rate: limits.frame, size: 4 * limits.frame };
/**
 * An answer to a step 1 costs as much as so many frames, and one more for so many structs: the
 * whole document is encoded.
 */
const answers = { cost: 20, structs: 250 };
/** Burden a second, and at once (burden.ts): twice what one update may be. */
const cost = { rate: 15_000, size: 50_000 };
/**
 * Milliseconds of a second that taking in may cost the others, and at once: much, since on a busy
 * machine everything takes longer.
 */
const work = { rate: 400, size: 3000 };

/** One socket of one visitor to one document: reads its frames and hands them to the room. */
export class Connection implements Peer, sockets.ClientSocket {
	readonly visitor: sockets.Visitor;
	readonly socket: sockets.LiveSocket;
	access: Access;
	cut = false;
	readonly #name: DocumentName;
	readonly #frames = new RateLimit(frames.rate, frames.size);
	readonly #bytes = new RateLimit(bytes.rate, bytes.size);
	readonly #cost = new RateLimit(cost.rate, cost.size);
	readonly #work = new RateLimit(work.rate, work.size);
	#room: Room | null = null;

	constructor(
		socket: sockets.LiveSocket,
		visitor: sockets.Visitor,
		name: DocumentName,
		access: Access
	) {
		this.socket = socket;
		this.visitor = visitor;
		this.access = access;
		this.#name = name;
	}

	get person(): string {
		return this.visitor.person;
	}

	get name(): string {
		return this.visitor.name;
	}

	get colour(): string | undefined {
		return this.visitor.colour;
	}

	/** Enters the room and begins to listen. */
	open(): void {
		sockets.addSocket(this);
		this.socket.on('close', () => this.#left());
		this.socket.on('message', (data, isBinary) => this.#hear(data as Buffer, isBinary));
		try {
			this.#room = rooms.join(this.#name, this);
		} catch (error) {
			fault('live.join', error, `${this.#name.kind}:${this.#name.id}`);
			this.close(Close.storageRefuses);
		}
	}

	send(frame: Uint8Array): void {
		if (!this.cut) this.socket.putFrame(frame);
	}

	/**
	 * y-websocket gives a connection up that has been silent for 30 seconds, and hears no pings. An
	 * echo of nothing breaks the silence also for a hidden tab, whose own timers the browser slows
	 * down.
	 */
	sign(): void {
		this.send(ack(0));
	}

	/** Told to go: nothing more of what it sends is heeded. */
	close(code: CloseCode): void {
		if (this.cut) return;
		this.cut = true;
		this.socket.close(code);
	}

	/** Whoever is sent away comes back with what it has, and is heard again. */
	charge(milliseconds: number): void {
		if (!this.#work.take(milliseconds)) this.close(Close.tooFast);
	}

	reconsider(): void {
		if (this.cut) return;
		try {
			const access = handlerOf(this.#name.kind)?.access(this.person, this.#name.id) ?? null;
			if (access === null) this.close(Close.rightLost);
			else this.#room?.allow(this, access);
		} catch (error) {
			fault('live.reconsider', error);
			this.close(Close.storageRefuses);
		}
	}

	#left(): void {
		sockets.removeSocket(this);
		if (this.#room) rooms.leave(this.#room, this);
	}

	#hear(data: Buffer, isBinary: boolean): void {
		if (this.cut || !this.#room) return;
		if (!this.#frames.take(1) || !this.#bytes.take(data.byteLength))
			return this.close(Close.tooFast);
		try {
			if (!isBinary) throw new Rejection(Close.malformed);
			this.#read(this.#room, decoding.createDecoder(data));
		} catch (error) {
			if (error instanceof Rejection) this.close(error.code);
			else this.#fail(error);
		}
	}

	#read(room: Room, decoder: decoding.Decoder): void {
		const kind = readNumber(decoder);
		if (kind === Message.sync) this.#readSync(room, decoder);
		else if (kind === Message.ack) room.acknowledge(this, readNumber(decoder));
		else if (kind === Message.awareness) room.present(this, readBytes(decoder));
		else if (kind === Message.queryAwareness) room.tellPresence(this);
		else throw new Rejection(Close.malformed);
		if (decoding.hasContent(decoder)) throw new Rejection(Close.malformed);
		rooms.wake(room);
	}

	#readSync(room: Room, decoder: decoding.Decoder): void {
		const kind = readNumber(decoder);
		const content = readBytes(decoder);
		if (kind === Sync.step2 || kind === Sync.update) {
			const weight = weighed(content);
			if (!this.#cost.take(weight)) throw new Rejection(Close.tooFast);
			return room.receive(this, content, kind === Sync.step2, weight);
		}
		if (kind !== Sync.step1) throw new Rejection(Close.malformed);
		const cost = answers.cost + room.copy.structs / answers.structs;
		if (!this.#frames.take(cost)) throw new Rejection(Close.tooFast);
		room.answer(this, content);
	}

	#fail(error: unknown): void {
		fault('live.frame', error, this.#room?.id);
		this.close(Close.storageRefuses);
	}
}

function readNumber(decoder: decoding.Decoder): number {
	return orMalformed(() => decoding.readVarUint(decoder));
}

/**
 * Bytes in memory of their own. lib0 does not mind reading past the end of a view, and a frame is
 * a view of a block that other people's frames and cookies lie in too: a length that lies would
 * write those into the document.
 */
function readBytes(decoder: decoding.Decoder): Uint8Array {
	return orMalformed(() => {
		const view = decoding.readVarUint8Array(decoder);
		if (decoder.pos > decoder.arr.byteLength) throw new RangeError('Longer than its frame.');
		return view.slice();
	});
}

function orMalformed<Result>(read: () => Result): Result {
	try {
		return read();
	} catch (cause) {
		throw new Rejection(Close.malformed, cause);
	}
}
