import type * as Y from 'yjs';
import type { UnsavedEdits } from './unsaved-passages.ts';
import { type Cause, unsavedWords, type UnsavedWords } from './unsaved-words.svelte.ts';

export interface SetAside extends UnsavedEdits {
	cause: Cause;
	/** When the words are on the unsaved words. */
	done?: () => void;
}

/** Whose words they are, and where they come from. */
export interface Owner {
	person: string;
	label: string;
}

/**
 * What is set aside when a document is thrown away, until it is known how much of it the server
 * has after all.
 */
export class Rescue {
	readonly #owner: Owner | undefined;
	readonly #fleeting: boolean;
	readonly #onto: UnsavedWords | undefined;
	#waiting: SetAside[] = [];

	/** `fleeting`: the words are not to be left in the browser. */
	constructor(owner: Owner | undefined, fleeting: boolean, onto?: UnsavedWords) {
		this.#owner = owner;
		this.#fleeting = fleeting;
		this.#onto = onto;
		// Now, while there is a net: when it is needed there may be none.
		void read().catch(() => {});
	}

	get isWaiting(): boolean {
		return this.#waiting.length > 0;
	}

	setAside(unsavedEdits: SetAside): void {
		if (unsavedEdits.edits.length > 0) this.#waiting.push(unsavedEdits);
		else unsavedEdits.done?.();
	}

	/**
	 * Puts the words on the unsaved words, but for those that the server has; null when nobody
	 * knows what it has. Until they are there they count as waiting.
	 */
	async reckon(stored: Y.Doc | null): Promise<void> {
		if (!this.isWaiting) return;
		const { wordsOf } = await read();
		for (const { cause, done, ...unsavedEdits } of this.#waiting.splice(0)) {
			const words = wordsOf(unsavedEdits, stored);
			const [owner, fleeting] = [this.#owner, this.#fleeting];
			if (words && owner)
				(this.#onto ?? unsavedWords()).put({ ...words, ...owner, cause, fleeting });
			done?.();
		}
	}
}

/** Comes after the page: most never need it. */
const read = () => import('./unsaved-passages.ts');
