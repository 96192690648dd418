import type { Words } from './unsaved-passages.ts';

/** Why the words could not be stored. */
export type Cause = 'reader' | 'no_access' | 'signed_out' | 'erased' | 'refused' | 'left';

/** Own words that were not stored, to be taken over by hand. */
export interface Kept extends Words {
	id: string;
	/** Whose: id of the person. */
	person: string;
	/** Where they belong: «Bustadrådet 22/26». */
	label: string;
	cause: Cause;
	/**
	 * They are here until the page is closed, and nowhere else: the words of a case are not left in
	 * a browser.
	 */
	fleeting: boolean;
}

const place = 'samrad.unsent';

/**
 * The words of a person that the server would not have, whatever page one is on, until they say
 * that they have taken them over. All but the fleeting ones outlive the page, in the browser's
 * own storage, which signing out empties.
 */
export class UnsavedWords {
	#all: Kept[] = $state.raw([]);
	readonly #storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null;

	constructor(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null) {
		this.#storage = storage;
		this.#all = this.#read();
	}

	of(person: string): Kept[] {
		return this.#all.filter((kept) => kept.person === person);
	}

	/** Whether leaving the page would lose some. */
	get holdsFleeting(): boolean {
		return this.#all.some(({ fleeting }) => fleeting);
	}

	put(kept: Omit<Kept, 'id'>): void {
		const same = (one: Kept) =>
			one.label === kept.label &&
			JSON.stringify(one.passages) === JSON.stringify(kept.passages) &&
			one.person === kept.person;
		// Two tabs, or a tab and the copy that it left, may tell of the same words.
		if (this.#all.some(same)) return;
		this.#all = [...this.#all, { ...kept, id: crypto.randomUUID() }];
		this.#write();
	}

	takeAway(id: string): void {
		this.#all = this.#all.filter((kept) => kept.id !== id);
		this.#write();
	}

	/** Somebody else's words have no business in what this person sees or keeps. */
	keepOnly(person: string): void {
		if (this.#all.every((kept) => kept.person === person)) return;
		this.#all = this.of(person);
		this.#write();
	}

	#read(): Kept[] {
		try {
			const found: unknown = JSON.parse(this.#storage?.getItem(place) ?? '[]');
			return Array.isArray(found) ? found.filter(isKept) : [];
		} catch {
			return [];
		}
	}

	#write(): void {
		const lasting = this.#all.filter(({ fleeting }) => !fleeting);
		try {
			if (lasting.length > 0) this.#storage?.setItem(place, JSON.stringify(lasting));
			else this.#storage?.removeItem(place);
		} catch {
			// A full or forbidden storage: they are on the page all the same, and it warns before it is
			// left.
			this.#all = this.#all.map((kept) => ({ ...kept, fleeting: true }));
		}
	}
}

function isKept(value: unknown): value is Kept {
	const kept = value as Kept | null;
	return (
		typeof kept?.id === 'string' &&
		typeof kept.person === 'string' &&
		Array.isArray(kept.passages) &&
		kept.passages.every(({ title, text }) => typeof title === 'string' && typeof text === 'string')
	);
}

let shared: UnsavedWords | null = null;

/** The page's one shelf. */
export function unsavedWords(): UnsavedWords {
	return (shared ??= new UnsavedWords(storageHere()));
}

function storageHere(): Storage | null {
	try {
		return globalThis.localStorage ?? null;
	} catch {
		return null;
	}
}
