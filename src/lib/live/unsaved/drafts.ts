/*
 * Forms that somebody has begun and not sent. They outlive the form in this page, and the page
 * itself where the browser may keep them: what is written about a case only where the person has
 * said so (docs/decisions/0020, 0033). Signing out empties the browser's storage.
 */

/** The values of a form's fields, by name. */
export type Values = Record<string, string[]>;

export interface Draft {
	values: Values;
	/** What the form began with. */
	begun: Values;
	/** Whether it is of a case. */
	ofCase: boolean;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const prefix = 'samrad.drafts.';

export class Drafts {
	/** By person, then by place: those that the browser does not keep. */
	readonly #here = new Map<string, Map<string, Draft>>();
	readonly #storage: Store | null;
	#ended = false;

	constructor(storage: Store | null) {
		this.#storage = storage;
	}

	/** Undefined when there is none. */
	find(person: string, place: string): Draft | undefined {
		return this.#here.get(person)?.get(place) ?? this.#read(person)[place];
	}

	/** Keeps it in this page, and beyond it when the browser may. */
	put(person: string, place: string, draft: Draft, mayStay: boolean): void {
		if (this.#ended) return;
		const own = this.#here.get(person) ?? new Map<string, Draft>();
		this.#here.set(person, own.set(place, draft));
		const { [place]: before, ...others } = this.#read(person);
		if (mayStay) this.#write(person, { ...others, [place]: draft });
		else if (before) this.#write(person, others);
	}

	remove(person: string, place: string): void {
		this.#here.get(person)?.delete(place);
		const { [place]: gone, ...others } = this.#read(person);
		if (gone) this.#write(person, others);
	}

	/**
	 * Whoever is here signs out: nothing stays, and what a page that is left still has is not kept.
	 */
	end(): void {
		this.keepOnly('');
		this.#ended = true;
	}

	/** The person keeps nothing of cases in this browser any more. */
	dropCases(person: string): void {
		const stay = Object.entries(this.#read(person)).filter(([, { ofCase }]) => !ofCase);
		this.#write(person, Object.fromEntries(stay));
	}

	/** Somebody else's have no business where this person is. */
	keepOnly(person: string): void {
		for (const other of this.#here.keys()) if (other !== person) this.#here.delete(other);
		try {
			const names = Array.from({ length: this.#storage?.length ?? 0 }, (_, at) =>
				this.#storage?.key(at)
			);
			for (const name of names)
				if (name?.startsWith(prefix) && name !== prefix + person) this.#storage?.removeItem(name);
		} catch {
			// A browser that lets nobody look keeps nothing either.
		}
	}

	#read(person: string): Record<string, Draft> {
		try {
			const found: unknown = JSON.parse(this.#storage?.getItem(prefix + person) ?? '{}');
			return Object.fromEntries(Object.entries(found as object).filter(isEntry));
		} catch {
			return {};
		}
	}

	#write(person: string, drafts: Record<string, Draft>): void {
		try {
			if (Object.keys(drafts).length === 0) this.#storage?.removeItem(prefix + person);
			else this.#storage?.setItem(prefix + person, JSON.stringify(drafts));
		} catch {
			// A full or forbidden storage: the draft is in this page all the same.
		}
	}
}

function isEntry(entry: [string, unknown]): entry is [string, Draft] {
	const draft = entry[1] as Draft | null;
	return areValues(draft?.values) && areValues(draft?.begun);
}

function areValues(values: unknown): values is Values {
	return (
		typeof values === 'object' &&
		values !== null &&
		Object.values(values).every(
			(list) => Array.isArray(list) && list.every((value) => typeof value === 'string')
		)
	);
}

let shared: Drafts | null = null;

/** The page's own. Browser only. */
export function drafts(): Drafts {
	return (shared ??= new Drafts(storageHere()));
}

function storageHere(): Store | null {
	try {
		return globalThis.localStorage ?? null;
	} catch {
		return null;
	}
}
