import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { livePath, Message, Sync } from '../../src/lib/domain/wire.ts';
import { type Caller, dial } from '../callers.ts';
import { frame } from '../peers.ts';
import type { Frame } from './frames.ts';

/**
 * How the server answered a frame: closed with a code, acknowledged what came with it, asked for
 * the whole, or nothing.
 */
export type Answer = number | 'acknowledged' | 'asked' | 'silence';

/** Milliseconds after which no answer will come. */
const patience = 20_000;

/**
 * One who sends a frame at a time and waits for what the server makes of it; comes back whenever
 * it is thrown out.
 */
export class Attacker {
	readonly #who: Caller;
	readonly #room: string;
	#socket: WebSocket | null = null;
	/** Frames on this connection: the server counts how fast they come. */
	#sent = 0;
	#asked = 0;

	constructor(who: Caller, room: string) {
		this.#who = who;
		this.#room = room;
	}

	async send(bad: Frame): Promise<Answer> {
		const socket = await this.#open();
		const number = ++this.#asked;
		const answer = answerTo(socket, number);
		socket.send(bad);
		socket.send(frame(Message.ack, number));
		this.#sent++;
		const got = await answer;
		// One that has been asked for what it lacks gets no more acks here.
		if (got !== 'acknowledged' || this.#sent >= 30) this.leave();
		return got;
	}

	leave(): void {
		this.#socket?.terminate();
		this.#socket = null;
	}

	async #open(): Promise<WebSocket> {
		if (this.#socket?.readyState === 1) return this.#socket;
		const socket = dial(this.#who, `${livePath}/${this.#room}`).on('error', () => {});
		this.#socket = socket;
		this.#sent = 0;
		// The server begins by asking for what one has.
		await once(socket, 'message');
		return socket;
	}
}

function answerTo(socket: WebSocket, number: number): Promise<Answer> {
	return new Promise((resolve) => {
		const timer = setTimeout(() => settle('silence'), patience);
		const settle = (answer: Answer) => {
			clearTimeout(timer);
			socket.off('message', hear).off('close', settle);
			resolve(answer);
		};
		const hear = (data: Buffer) => {
			const [kind, detail] = data;
			if (kind === Message.ack && data.equals(frame(Message.ack, number))) settle('acknowledged');
			if (kind === Message.sync && detail === Sync.step1) settle('asked');
		};
		socket.on('message', hear).on('close', settle);
	});
}
