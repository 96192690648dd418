import * as v from 'valibot';
import type { Topic, TopicKind } from '#lib/domain/topic.ts';
import { Close, type CloseCode } from '#lib/domain/wire.ts';
import { afterCommit } from '#lib/server/db/index.ts';
import { fault } from './faults.ts';
import { RateLimit } from './rate-limit.ts';
import * as sockets from './sockets.ts';

/*
 * "This fact in the database has changed": one socket a tab, ids only, never content. JSON in
 * text frames. Client: {"subscribe":["meeting:<id>"]}, {"unsubscribe":[…]}. Server:
 * {"changed":[…]}, {"refused":[…]}.
 */

type Judge = (person: string, id: string) => boolean;

const judges = new Map<string, Judge>();
const streams = new Set<EventStream>();
let pending = new Set<string>();
let scheduled = false;

/** Topics `kind:id`, and who may hear of them. */
export function registerTopic(kind: TopicKind, allowed: Judge): void {
	judges.set(kind, allowed);
}

/** Tells subscribers, once a turn and after the commit when inside a transaction. */
export function changed(...topics: Topic[]): void {
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

/**
 * Streams with topics that are not judged yet. Those of all together have so many milliseconds of
 * a turn.
 */
const asking = new Set<EventStream>();
const longest = 10;

function queue(stream: EventStream): void {
	if (asking.size === 0) setImmediate(judgeSome);
	asking.add(stream);
}

/** Each in its turn: who asks for much does not keep the others waiting. */
function judgeSome(): void {
	const until = performance.now() + longest;
	for (const stream of [...asking]) {
		asking.delete(stream);
		if (!stream.judge(until)) asking.add(stream);
		if (performance.now() >= until) break;
	}
	if (asking.size > 0) setImmediate(judgeSome);
}

/** Frames a second, and at once. */
const frames = { rate: 20, size: 100 };
/** Bytes a second, and at once: every one of them is parsed. */
const bytes = { rate: 16 * 1024, size: 96 * 1024 };
/** Topics a second, and at once: each is judged, which asks the database. A page has a handful. */
const judged = { rate: 50, size: 200 };
/** Bytes of a frame, and topics of a socket. */
const most = { frame: 64 * 1024, topics: 200 };

const Topics = v.array(v.pipe(v.string(), v.regex(/^[a-z-]{1,32}:[\w.-]{1,64}$/)));
const Wish = v.strictObject({ subscribe: v.optional(Topics), unsubscribe: v.optional(Topics) });

export class EventStream implements sockets.ClientSocket {
	readonly visitor: sockets.Visitor;
	readonly socket: sockets.LiveSocket;
	readonly #topics = new Set<string>();
	/** Not judged yet. */
	readonly #asked = new Set<string>();
	readonly #frames = new RateLimit(frames.rate, frames.size);
	readonly #bytes = new RateLimit(bytes.rate, bytes.size);
	readonly #judged = new RateLimit(judged.rate, judged.size);
	#cut = false;

	constructor(socket: sockets.LiveSocket, visitor: sockets.Visitor) {
		this.socket = socket;
		this.visitor = visitor;
	}

	open(): void {
		sockets.addSocket(this);
		streams.add(this);
		this.socket.on('close', () => {
			sockets.removeSocket(this);
			streams.delete(this);
			this.#asked.clear();
		});
		this.socket.on('message', (data, isBinary) => this.#hear(data as Buffer, isBinary));
	}

	close(code: CloseCode): void {
		if (this.#cut) return;
		this.#cut = true;
		streams.delete(this);
		this.#asked.clear();
		this.socket.close(code);
	}

	/** Drops, and says so, what the person may not hear of any more. */
	reconsider(): void {
		this.#refuse([...this.#topics].filter((topic) => !this.#may(topic)));
	}

	/** Of these, those that it has subscribed to; judged again each time. */
	tell(topics: ReadonlySet<string>): void {
		const wanted = [...topics].filter((topic) => this.#topics.has(topic) || this.#asked.has(topic));
		const allowed = wanted.filter((topic) => this.#may(topic));
		this.#refuse(wanted.filter((topic) => !allowed.includes(topic)));
		if (allowed.length > 0) this.#say({ changed: allowed });
	}

	#hear(data: Buffer, isBinary: boolean): void {
		if (this.#cut) return;
		if (data.byteLength > most.frame) return this.close(Close.tooLarge);
		if (!this.#frames.take(1) || !this.#bytes.take(data.byteLength))
			return this.close(Close.tooFast);
		const wish = isBinary ? null : parse(data.toString());
		if (!wish) return this.close(Close.malformed);
		for (const topic of wish.unsubscribe ?? []) {
			this.#topics.delete(topic);
			this.#asked.delete(topic);
		}
		const asked = [...new Set(wish.subscribe)];
		if (!this.#judged.take(asked.length)) return this.close(Close.tooFast);
		for (const topic of asked) this.#asked.add(topic);
		if (this.#asked.size > 0) queue(this);
	}

	/**
	 * Judges what was asked for until that time (`performance.now()`), one at least. False when
	 * some is left.
	 */
	judge(until: number): boolean {
		const refused: string[] = [];
		for (const topic of this.#asked) {
			this.#asked.delete(topic);
			if (this.#may(topic)) this.#topics.add(topic);
			else refused.push(topic);
			if (performance.now() >= until) break;
		}
		this.#refuse(refused);
		if (this.#topics.size > most.topics) this.close(Close.tooFast);
		return this.#cut || this.#asked.size === 0;
	}

	#refuse(topics: string[]): void {
		for (const topic of topics) {
			this.#topics.delete(topic);
			this.#asked.delete(topic);
		}
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
