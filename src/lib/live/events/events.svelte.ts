import { Close, eventsPath } from '#lib/domain/wire.ts';
import { socketAddress } from './address.ts';

export interface EventsOptions {
	/** For tests: the address of the socket, and the class that opens it. */
	url?: string;
	WebSocketPolyfill?: typeof WebSocket;
}

type Watcher = (topic: string) => void;

const shortestWait = 250;
const longestWait = 5000;

/**
 * The tab's one socket for "this has changed". It carries topics, never content; whoever watches
 * one loads anew. Nothing is remembered for a socket that was away, so whenever it opens every
 * topic counts as changed.
 */
export class Events {
	readonly #options: EventsOptions;
	readonly #watchers = new Map<string, Set<Watcher>>();
	#socket: WebSocket | null = null;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#failures = 0;
	#destroyed = false;
	#connected = $state(false);
	#signedOut = $state(false);

	constructor(options: EventsOptions = {}) {
		this.#options = options;
	}

	get connected(): boolean {
		return this.#connected;
	}

	/** The session has ended: the socket stays closed. */
	get signedOut(): boolean {
		return this.#signedOut;
	}

	/**
	 * Calls `onChange` with each of the topics that changes, until the returned function is called.
	 */
	watch(topics: string[], onChange: Watcher): () => void {
		// A watcher of its own, so that two with the same function end separately.
		const watcher: Watcher = (topic) => onChange(topic);
		const fresh = topics.filter((topic) => !this.#watchers.has(topic));
		for (const topic of topics) {
			const watchers = this.#watchers.get(topic) ?? new Set();
			this.#watchers.set(topic, watchers.add(watcher));
		}
		if (this.#connected) {
			this.#send('subscribe', fresh);
			// What changed between the page's load and this subscription was told to nobody.
			for (const topic of fresh) watcher(topic);
		} else this.#open();
		return () => this.#stop(topics, watcher);
	}

	destroy(): void {
		this.#destroyed = true;
		clearTimeout(this.#timer);
		this.#socket?.close();
		this.#watchers.clear();
	}

	#stop(topics: string[], watcher: Watcher): void {
		const left: string[] = [];
		for (const topic of topics) {
			const watchers = this.#watchers.get(topic);
			if (!watchers?.delete(watcher) || watchers.size > 0) continue;
			this.#watchers.delete(topic);
			left.push(topic);
		}
		if (this.#connected) this.#send('unsubscribe', left);
	}

	#open(): void {
		if (this.#socket || this.#signedOut || this.#destroyed || this.#watchers.size === 0) return;
		clearTimeout(this.#timer);
		const Socket = this.#options.WebSocketPolyfill ?? WebSocket;
		const socket = new Socket(this.#options.url ?? socketAddress(eventsPath));
		this.#socket = socket;
		socket.onopen = () => this.#begin();
		socket.onmessage = (event) => this.#take(event.data);
		socket.onclose = (event) => this.#end(event.code);
	}

	#begin(): void {
		this.#connected = true;
		const topics = [...this.#watchers.keys()];
		this.#send('subscribe', topics);
		topics.forEach((topic) => this.#tell(topic));
	}

	#take(data: unknown): void {
		const changed = readChanged(data);
		// Only a socket that is of use puts an end to the waiting: one that is closed right after it
		// opened is not.
		this.#failures = 0;
		changed.forEach((topic) => this.#tell(topic));
	}

	#end(code: number): void {
		this.#socket = null;
		this.#connected = false;
		if (code === Close.signedOut) this.#signedOut = true;
		if (this.#signedOut || this.#destroyed) return;
		const wait = Math.min(longestWait, shortestWait * 2 ** this.#failures++);
		// Spread, so that a restart is not met by everybody at once.
		this.#timer = setTimeout(() => this.#open(), wait * (0.5 + Math.random() / 2));
	}

	#send(verb: 'subscribe' | 'unsubscribe', topics: string[]): void {
		if (topics.length > 0) this.#socket?.send(JSON.stringify({ [verb]: topics }));
	}

	#tell(topic: string): void {
		for (const watcher of [...(this.#watchers.get(topic) ?? [])]) watcher(topic);
	}
}

/** The topics of `{"changed": […]}`; none for every other frame. */
function readChanged(data: unknown): string[] {
	try {
		const frame: unknown = JSON.parse(String(data));
		if (typeof frame !== 'object' || frame === null || !('changed' in frame)) return [];
		return Array.isArray(frame.changed)
			? frame.changed.filter((topic): topic is string => typeof topic === 'string')
			: [];
	} catch {
		return [];
	}
}

let ofThisTab: Events | undefined;

/** The tab's own. In the browser only: on the server it would be everybody's. */
export function events(): Events {
	if (typeof window === 'undefined') throw new Error('events() is for the browser');
	return (ofThisTab ??= new Events());
}
