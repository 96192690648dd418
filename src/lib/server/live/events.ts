import * as v from 'valibot';
import { Close, type CloseCode } from '#lib/domain/wire.ts';
import { afterCommit } from '#lib/server/db/index.ts';
import { Bucket } from './bucket.ts';
import { fault } from './faults.ts';
import * as sockets from './sockets.ts';

/*
 * "This fact in the database has changed": one socket a tab, ids only, never content. JSON in text frames.
 * Client: {"subscribe":["meeting:<id>"]}, {"unsubscribe":[…]}. Server: {"changed":[…]}, {"refused":[…]}.
 */

type Judge = (person: string, id: string) => boolean;

const judges = new Map<string, Judge>();
const streams = new Set<EventStream>();
let pending = new Set<string>();
let scheduled = false;

/** Topics `kind:id`, and who may hear of them. */
export function registerTopic(kind: string, allowed: Judge): void {
	judges.set(kind, allowed);
}

/** Tells subscribers, once a turn and after the commit when inside a transaction. */
export function changed(...topics: string[]): void {
	afterCommit(() => {
		for (const topic of topics) pending.add(topic);
		if (scheduled || pending.size === 0) return;
		scheduled = true;
		setImmediate(tell);
	});
}

function tell(): void {
	const topics = pending;
	pending = new Set();
	scheduled = false;
	for (const stream of streams) stream.tell(topics);
}

/** Frames a second, and at once. */
const frames = { rate: 20, size: 100 };
/** UTF-16 units of a frame, and topics of a socket. */
const most = { frame: 64 * 1024, topics: 500 };

const Topics = v.array(v.pipe(v.string(), v.regex(/^[a-z-]{1,32}:[\w.-]{1,64}$/)));
const Wish = v.strictObject({ subscribe: v.optional(Topics), unsubscribe: v.optional(Topics) });

export class EventStream implements sockets.Tie {
	readonly visitor: sockets.Visitor;
	readonly socket: sockets.LiveSocket;
	readonly #topics = new Set<string>();
	readonly #bucket = new Bucket(frames.rate, frames.size);
	#cut = false;

	constructor(socket: sockets.LiveSocket, visitor: sockets.Visitor) {
		this.socket = socket;
		this.visitor = visitor;
	}

	open(): void {
		sockets.tie(this);
		streams.add(this);
		this.socket.on('close', () => {
			sockets.untie(this);
			streams.delete(this);
		});
		this.socket.on('message', (data, isBinary) => this.#hear(data as Buffer, isBinary));
	}

	close(code: CloseCode): void {
		if (this.#cut) return;
		this.#cut = true;
		streams.delete(this);
		this.socket.close(code);
	}

	/** Drops, and says so, what the person may not hear of any more. */
	reconsider(): void {
		this.#refuse([...this.#topics].filter((topic) => !this.#may(topic)));
	}

	/** Of these, those that it has subscribed to; judged again each time. */
	tell(topics: ReadonlySet<string>): void {
		const wanted = [...topics].filter((topic) => this.#topics.has(topic));
		const allowed = wanted.filter((topic) => this.#may(topic));
		this.#refuse(wanted.filter((topic) => !allowed.includes(topic)));
		if (allowed.length > 0) this.#say({ changed: allowed });
	}

	#hear(data: Buffer, isBinary: boolean): void {
		if (this.#cut) return;
		if (!this.#bucket.take(1)) return this.close(Close.tooFast);
		if (data.byteLength > most.frame) return this.close(Close.tooLarge);
		const wish = isBinary ? null : parse(data.toString());
		if (!wish) return this.close(Close.malformed);
		for (const topic of wish.unsubscribe ?? []) this.#topics.delete(topic);
		const asked = wish.subscribe ?? [];
		const allowed = asked.filter((topic) => this.#may(topic));
		for (const topic of allowed) this.#topics.add(topic);
		this.#refuse(asked.filter((topic) => !allowed.includes(topic)));
		if (this.#topics.size > most.topics) this.close(Close.tooFast);
	}

	#refuse(topics: string[]): void {
		for (const topic of topics) this.#topics.delete(topic);
		if (topics.length > 0) this.#say({ refused: topics });
	}

	#say(message: { changed: string[] } | { refused: string[] }): void {
		if (!this.#cut) this.socket.put(JSON.stringify(message));
	}

	/** A judge that fails says no. */
	#may(topic: string): boolean {
		const colon = topic.indexOf(':');
		try {
			const judge = judges.get(topic.slice(0, colon));
			return judge?.(this.visitor.person, topic.slice(colon + 1)) ?? false;
		} catch (error) {
			fault('live.topic', error);
			return false;
		}
	}
}

function parse(text: string): v.InferOutput<typeof Wish> | null {
	try {
		const wish = v.safeParse(Wish, JSON.parse(text));
		return wish.success ? wish.output : null;
	} catch {
		return null;
	}
}
