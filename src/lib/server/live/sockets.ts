import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { Close, type CloseCode } from '#lib/domain/wire.ts';
import * as meters from './meters.ts';

/** Somebody signed in at the other end of a socket, be it of a document or of events. */
export interface Visitor {
	/** Id. */
	person: string;
	name: string;
	/** Id of the session. */
	session: string;
	/** #rrggbb; chosen from the person's id when left out. */
	colour?: string;
}

/** An open socket, as those see it who must be able to judge it again or close it. */
export interface ClientSocket {
	readonly visitor: Visitor;
	readonly socket: LiveSocket;
	/** Rights may have changed. */
	reconsider(): void;
	close(code: CloseCode): void;
	/** From time to time: what the other end must hear to know that the connection lives. */
	sign?(): void;
}

const ties = new Set<ClientSocket>();

export function addSocket(link: ClientSocket): void {
	ties.add(link);
}

export function removeSocket(link: ClientSocket): void {
	ties.delete(link);
}

export function all(): ClientSocket[] {
	return [...ties];
}

export function count(person?: string): number {
	if (person === undefined) return ties.size;
	return all().filter(({ visitor }) => visitor.person === person).length;
}

/** Milliseconds between two looks at every socket; a peer silent from one to the next is gone. */
const beat = 20_000;
/** Milliseconds that a peer gets to answer a closing. */
const grace = 3_000;
/** Bytes that may wait for a slow reader. */
const backlog = 8 * 1024 * 1024;

/**
 * What `ws` itself finds wrong, said with our codes: to y-websocket all others mean "try again".
 */
const translated: Record<number, CloseCode> = {
	1002: Close.malformed,
	1007: Close.malformed,
	1008: Close.malformed,
	1009: Close.tooLarge
};

const codes: readonly number[] = Object.values(Close);

function isOurs(code: number | undefined): code is CloseCode {
	return code !== undefined && codes.includes(code);
}

export class LiveSocket extends WebSocket {
	#answered = true;

	/** What lies beneath, on which whole frames are put as they are. */
	wire: Duplex | null = null;

	/** Sends text unless the other end is going, or reads too slowly: then it is closed. */
	put(text: string): void {
		if (this.#takesMore()) this.send(text);
	}

	/**
	 * As `put`, for frames as frames.ts builds them. `ws` would make a header anew for every socket
	 * and hand two pieces to the system; nothing of ours is compressed or comes in parts, so that
	 * nothing of its can be under way in between.
	 */
	putFrame(frame: Uint8Array): void {
		if (this.#takesMore()) this.wire?.write(frame);
	}

	#takesMore(): boolean {
		if (this.readyState !== WebSocket.OPEN) return false;
		if (this.bufferedAmount <= backlog) return true;
		this.close(Close.readsTooSlowly);
		return false;
	}

	override close(code?: number, reason?: string | Buffer): void {
		const said = code === undefined ? code : (translated[code] ?? code);
		// With a reason it is the echo of what the other end has said.
		if (reason === undefined && this.readyState === WebSocket.OPEN && isOurs(said))
			meters.add(meters.closings, said);
		super.close(said, reason);
		setTimeout(() => this.terminate(), grace).unref();
	}

	/** Ends a peer that has not answered since the last beat, asks the others whether they live. */
	beat(): void {
		if (!this.#answered) return this.terminate();
		this.#answered = false;
		this.once('pong', () => (this.#answered = true));
		this.ping();
	}
}

let timer: NodeJS.Timeout | null = null;

/** From now on: dead peers are ended, and sockets whose session is over are closed. */
export function keepWatch(isAlive: (session: string) => boolean): void {
	restFromWatch();
	timer = setInterval(() => watch(isAlive), beat).unref();
}

export function restFromWatch(): void {
	if (timer) clearInterval(timer);
	timer = null;
}

/** One look at every socket. */
export function watch(isAlive: (session: string) => boolean): void {
	const known = new Map<string, boolean>();
	for (const link of all()) {
		const { session } = link.visitor;
		const alive = known.get(session) ?? isAlive(session);
		known.set(session, alive);
		if (!alive) {
			link.close(Close.signedOut);
			continue;
		}
		link.socket.beat();
		link.sign?.();
	}
}
