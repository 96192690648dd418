import { createHash } from 'node:crypto';
import * as decoding from 'lib0/decoding';
import { Close } from '#lib/domain/wire.ts';
import * as frames from './frames.ts';
import { Rejection } from './rejection.ts';

/** Who speaks. */
export interface Speaker {
	readonly person: string;
	readonly name: string;
	readonly colour?: string | undefined;
}

interface Present {
	speaker: Speaker;
	clock: number;
	/** JSON as the others get it; null when the client has taken it back. */
	state: string | null;
}

/** UTF-16 units of what one client may say of itself. */
const largest = 4 * 1024;
const colours = [
	'#0b5fa5',
	'#a1343c',
	'#1f7a4d',
	'#7b4bb3',
	'#a15c00',
	'#00707a',
	'#8a3a7e',
	'#4d6217'
];

/**
 * Who is in a document and where. y-protocols' wire without its Awareness: a peer speaks for one
 * client id, its own, and who that is, the server says. Foreign ids are passed over in silence:
 * y-websocket re-sends what it has heard of others.
 */
export class Presence {
	readonly #present = new Map<number, Present>();
	readonly #diff = new Map<number, frames.PresenceEntry>();
	/** Who has brought the news: when it is one alone, they need not hear it. */
	readonly #bringers = new Set<Speaker>();

	/** The person who speaks with a client id now. */
	personOf(client: number): string | undefined {
		return this.#present.get(client)?.speaker.person;
	}

	/**
	 * Takes in an awareness message. `isForeign` tells whether somebody else has written with an
	 * id. Throws Rejection.
	 */
	take(speaker: Speaker, message: Uint8Array, isForeign: (client: number) => boolean): void {
		for (const { client, clock, state } of read(message)) {
			if (state.length > largest) continue;
			if (!this.#mayClaim(speaker, client) || isForeign(client)) continue;
			const known = this.#present.get(client);
			const stale = known && (clock < known.clock || (clock === known.clock && state !== 'null'));
			if (stale && known.speaker === speaker) continue;
			const stamped = stamp(speaker, state);
			if (stamped === null && !known?.state) continue;
			this.#present.set(client, { speaker, clock, state: stamped });
			this.#diff.set(client, { client, clock, state: stamped ?? 'null' });
			this.#bringers.add(speaker);
		}
	}

	/** Its socket is gone, and with it where they were. */
	leave(speaker: Speaker): void {
		for (const [client, { speaker: owner, clock, state }] of this.#present) {
			if (owner !== speaker) continue;
			this.#present.delete(client);
			if (state !== null) this.#diff.set(client, { client, clock, state: 'null' });
			this.#bringers.add(speaker);
		}
	}

	/** What has changed since last asked, for everybody but `except`; null when nothing has. */
	takeNews(): { frame: Uint8Array; except: Speaker | null } | null {
		if (this.#diff.size === 0) return null;
		const frame = frames.awareness([...this.#diff.values()]);
		const [first] = this.#bringers;
		const except = this.#bringers.size === 1 && first ? first : null;
		this.#diff.clear();
		this.#bringers.clear();
		return { frame, except };
	}

	/** Everybody present, for a newcomer; null when nobody is. */
	all(): Uint8Array | null {
		const entries = [...this.#present]
			.filter(([, { state }]) => state !== null)
			.map(([client, { clock, state }]) => ({ client, clock, state: state! }));
		return entries.length > 0 ? frames.awareness(entries) : null;
	}

	/**
	 * One id a socket; an id may pass to another socket of the same person, whose old one may be
	 * dead without our knowing.
	 */
	#mayClaim(speaker: Speaker, client: number): boolean {
		const owner = this.#present.get(client)?.speaker;
		if (owner === speaker) return true;
		if (owner && owner.person !== speaker.person) return false;
		return ![...this.#present.values()].some((present) => present.speaker === speaker);
	}
}

function read(message: Uint8Array): frames.PresenceEntry[] {
	try {
		const decoder = decoding.createDecoder(message);
		const count = decoding.readVarUint(decoder);
		const entries: frames.PresenceEntry[] = [];
		for (let index = 0; index < count; index++) {
			const client = decoding.readVarUint(decoder);
			const clock = decoding.readVarUint(decoder);
			entries.push({ client, clock, state: decoding.readVarString(decoder) });
		}
		return entries;
	} catch (cause) {
		throw new Rejection(Close.malformed, cause);
	}
}

/** Keeps the cursor and the item, and says who it is; null when the client takes its state back. */
function stamp(speaker: Speaker, json: string): string | null {
	const said = parse(json);
	if (typeof said !== 'object' || said === null) return null;
	const { cursor, item } = said as { cursor?: unknown; item?: unknown };
	return JSON.stringify({
		user: {
			id: speaker.person,
			name: speaker.name,
			colour: speaker.colour ?? colourOf(speaker.person)
		},
		cursor: typeof cursor === 'object' ? cursor : undefined,
		item: typeof item === 'string' && item.length <= 64 ? item : undefined
	});
}

function parse(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch (cause) {
		throw new Rejection(Close.malformed, cause);
	}
}

/** The same for a person wherever they write; a caret needs it as #rrggbb. */
function colourOf(person: string): string {
	const hash = createHash('sha256').update(person).digest()[0]!;
	return colours[hash % colours.length]!;
}
