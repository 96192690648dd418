import { type Contender, dialects, type Heard } from './dialect.ts';
import { BareSocket } from './socket.ts';

/** The server that is asked, and how. */
export interface Target {
	contender: Contender;
	port: number;
	/** Of the process, for what it has cost. */
	pid: number;
	/** Cookies of people who may write; nobody asks for them elsewhere. */
	cookies: string[];
}

let dialled = 0;

/** A client's place in a document: it answers what it is asked and hands on what it hears. */
export class Seat {
	readonly document: string;
	onheard: (heard: Heard, frame: Buffer) => void = () => {};
	readonly #target: Target;
	#socket: BareSocket | null = null;

	constructor(target: Target, document: string) {
		this.#target = target;
		this.document = document;
	}

	/**
	 * Opens the document; resolves with what was in it when all of that is here. Rejects when it is
	 * closed before.
	 */
	async open(): Promise<Uint8Array> {
		const { contender, port, cookies } = this.#target;
		const dialect = dialects[contender];
		const headers: Record<string, string> = { origin: `http://127.0.0.1:${port}` };
		const cookie = cookies[dialled++ % cookies.length];
		if (cookie) headers.cookie = cookie;
		const socket = await BareSocket.open(port, dialect.path(this.document), headers);
		this.#socket = socket;
		return new Promise((resolve, reject) => {
			let isIn = false;
			socket.onclose = (code) => {
				if (!isIn) return reject(new Error(`${contender} closed with ${code}.`));
				process.stderr.write(`${contender} closed a socket with ${code}.\n`);
			};
			socket.onframe = (frame) => {
				const heard = dialect.read(frame);
				if (heard?.kind === 'asked') socket.send(dialect.nothing(this.document));
				else if (heard?.kind === 'whole' && !isIn) {
					isIn = true;
					resolve(heard.bytes.slice());
				} else if (heard) this.onheard(heard, frame);
			};
			socket.send(...dialect.hello(this.document));
		});
	}

	/** Sends an edit, with the question whether it is stored where there is one. */
	send(bytes: Uint8Array, number: number): void {
		const { update, ask } = dialects[this.#target.contender];
		const frames = [update(this.document, bytes)];
		if (ask) frames.push(ask(number));
		this.#socket?.send(...frames);
	}

	leave(): void {
		this.#socket?.destroy();
	}
}

/** Opens many, some at a time. */
export async function openAll(seats: Seat[]): Promise<Uint8Array[]> {
	const wholes: Uint8Array[] = [];
	for (let from = 0; from < seats.length; from += 25) {
		const some = seats.slice(from, from + 25);
		wholes.push(...(await Promise.all(some.map((seat) => seat.open()))));
	}
	return wholes;
}
