import type { Awareness } from 'y-protocols/awareness';

/**
 * Somebody else who has the document open, in one of their tabs. The server vouches for id, name
 * and colour.
 */
export interface Present {
	client: number;
	id: string;
	name: string;
	/** `#rrggbb`. */
	colour: string;
	/** The item they are at, or null. */
	item: string | null;
	/** Whether their caret stands in the text. */
	writing: boolean;
}

/** Who else is here, and where. */
export class Presence {
	readonly #awareness: Awareness;
	readonly #me: string | null;
	#people: Present[] = $state.raw([]);

	/** Each person once; the one of their tabs that is at an item counts before one that is not. */
	readonly persons: Present[] = $derived(oncePerPerson(this.#people));

	/** `me`: one's own other tabs are not somebody else. */
	constructor(awareness: Awareness, me: string | null = null) {
		this.#me = me;
		this.#awareness = awareness;
		awareness.on('change', this.#read);
		this.#read();
	}

	/** One for every open tab of everybody else. */
	get people(): Present[] {
		return this.#people;
	}

	/** Who is at this item; each person once. */
	at(item: string): Present[] {
		return oncePerPerson(this.#people.filter((present) => present.item === item));
	}

	/** Tells the others which item is being looked at here. */
	goTo(item: string | null): void {
		this.#awareness.setLocalStateField('item', item);
	}

	destroy(): void {
		this.#awareness.off('change', this.#read);
	}

	#read = (): void => {
		const people: Present[] = [];
		for (const [client, state] of this.#awareness.getStates()) {
			if (client === this.#awareness.clientID) continue;
			const present = readPresent(client, state);
			if (present && present.id !== this.#me) people.push(present);
		}
		people.sort((a, b) => a.name.localeCompare(b.name) || a.client - b.client);
		// Carets move all the time; the list changes seldom.
		if (JSON.stringify(people) !== JSON.stringify(this.#people)) this.#people = people;
	};
}

/** The colour as it may be given to a style property; null when it is none. */
export function readColour(value: unknown): string | null {
	return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value) ? value : null;
}

function readPresent(client: number, state: Record<string, unknown>): Present | null {
	const user = state.user as Record<string, unknown> | null | undefined;
	if (typeof user?.id !== 'string' || typeof user.name !== 'string') return null;
	const item = typeof state.item === 'string' ? state.item : null;
	const colour = readColour(user.colour) ?? '';
	const writing = state.cursor !== null && state.cursor !== undefined;
	return { client, id: user.id, name: user.name, colour, item, writing };
}

function oncePerPerson(people: Present[]): Present[] {
	const found = new Map<string, Present>();
	for (const present of people) {
		const known = found.get(present.id);
		if (!known || (known.item === null && present.item !== null)) found.set(present.id, present);
	}
	return [...found.values()];
}
