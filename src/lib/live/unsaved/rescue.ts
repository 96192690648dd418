import type * as Y from 'yjs';
import type { Leftover } from './unsaved-passages.ts';
import { type Cause, shelf, type Shelf } from './unsaved-words.svelte.ts';

export interface SetAside extends Leftover {
	cause: Cause;
	/** When the words are on the shelf. */
	done?: () => void;
}

/** Whose words they are, and where they come from. */
export interface Owner {
	person: string;
	label: string;
}

/** What is set aside when a document is thrown away, until it is known how much of it the server has after all. */
export class Salvage {
	readonly #owner: Owner | undefined;
	readonly #fleeting: boolean;
	readonly #onto: Shelf | undefined;
	#waiting: SetAside[] = [];

	/** `fleeting`: the words are not to be left in the browser. */
	constructor(owner: Owner | undefined, fleeting: boolean, onto?: Shelf) {
		this.#owner = owner;
		this.#fleeting = fleeting;
		this.#onto = onto;
		// Now, while there is a net: when it is needed there may be none.
		void read().catch(() => {});
	}

	get isWaiting(): boolean {
		return this.#waiting.length > 0;
	}

	setAside(leftover: SetAside): void {
		if (leftover.edits.length > 0) this.#waiting.push(leftover);
		else leftover.done?.();
	}

	/**
	 * Puts the words on the shelf, but for those that the server has; null when nobody knows what it has. Until they are there they count
	 * as waiting.
	 */
	async reckon(stored: Y.Doc | null): Promise<void> {
		if (!this.isWaiting) return;
		const { wordsOf } = await read();
		for (const { cause, done, ...leftover } of this.#waiting.splice(0)) {
			const words = wordsOf(leftover, stored);
			const [owner, fleeting] = [this.#owner, this.#fleeting];
			if (words && owner) (this.#onto ?? shelf()).put({ ...words, ...owner, cause, fleeting });
			done?.();
		}
	}
}

/** Comes after the page: most never need it. */
const read = () => import('./unsaved-passages.ts');
