import * as Y from 'yjs';
import { type DocumentName, formatDocumentName, limits } from '#lib/domain/document.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { Close } from '#lib/domain/wire.ts';
import { assemble, hasGap } from './assemble.ts';
import type { DocumentHandler } from './document-kinds.ts';
import { fault } from './faults.ts';
import { counted, IntegrationLimitExceeded } from './integration-limit.ts';
import * as log from './log.ts';
import { Rejection } from './rejection.ts';
import { readUpdateDiff, type UpdateDiff } from './update-diff.ts';

/** An update as the document took it in: only what was new in it. */
export interface Fresh {
	person: string | null;
	bytes: Uint8Array;
}

type Shared = Parameters<typeof Y.findRootTypeKey>[0];

/**
 * Structs of one document: a text of 60,000 letters of which no two were typed one after the
 * other, and more. They cost everybody who opens it, and the server whenever it reads it anew,
 * far more than the bytes that `limits.document` counts.
 */
const mostStructs = 80_000;
/**
 * Beyond this an update is looked at for room before it is taken in: one that has none would cost
 * twice.
 */
const large = 5_000;

/** From how many rows of the log they are put together into one state, even while people write. */
const longLog = 5000;

/**
 * A document in memory: what the log holds, and what is about to be put there. It is disposable:
 * whenever something has gone wrong with it (`spoiled`), throw it away and read the log again.
 */
export class Copy {
	readonly doc: Y.Doc;
	readonly epoch: number;
	/** An update was refused after it had touched the document. */
	spoiled = false;

	readonly #name: DocumentName;
	readonly #handler: DocumentHandler;
	readonly #authors: Map<number, string | null>;
	#bound = new Map<number, string | null>();
	#fresh: Fresh[] = [];
	#changed = new Set<string>();
	#emitted: Uint8Array[] = [];
	#rows: number;
	/** What is damaged and could not be set aside yet: until then the log is left as it is. */
	#damage: log.Damage[] = [];
	/** Upper bound: what the rows of the log and the state weigh together. */
	#weight: number;
	/** The client ids with which the server writes for each person; new for every copy. */
	readonly #pens = new Map<string | null, number>();

	/**
	 * Reads the document from the log: of a damaged one what is sound, and what is not is set aside
	 * and reported. Throws DamagedDocument when nothing is sound enough to begin from, or what the
	 * database throws.
	 */
	constructor(name: DocumentName, handler: DocumentHandler) {
		this.#name = name;
		this.#handler = handler;
		const stored = log.read(name);
		const assembled = assemble(stored, handler.open);
		if (!assembled) throw new log.DamagedDocument(formatDocumentName(name), 'a hole in the state');
		this.doc = assembled.doc;
		this.epoch = stored.epoch;
		this.#authors = stored.authors;
		this.#rows = stored.rows.length;
		const lying = stored.state ? [stored.state, ...stored.rows] : stored.rows;
		this.#weight = lying.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
		const after = assembled.unfounded.map(({ seq }) => ({ part: 'after' as const, seq }));
		this.#setAside([...stored.damage, ...after]);
		this.doc.on('update', (bytes: Uint8Array) => this.#emitted.push(bytes));
		this.doc.on('afterTransaction', (transaction: Y.Transaction) =>
			namesOfChanged(transaction, this.#changed)
		);
	}

	/** Whose a client id is: undefined when nobody has written with it. */
	authorOf(client: number): string | null | undefined {
		const author = this.#authors.get(client);
		if (author !== undefined || this.#authors.has(client)) return author;
		return Y.getState(this.doc.store, client) > 0 ? null : undefined;
	}

	/** What an update would bring. Throws Rejection when it cannot be read. */
	inspect(update: Uint8Array): UpdateDiff {
		try {
			return readUpdateDiff(update, this.doc.store);
		} catch (cause) {
			throw new Rejection(Close.malformed, cause);
		}
	}

	/**
	 * Takes in what a person's client has sent; `news` must be without a gap, `burden` is what it
	 * costs (burden.ts). Throws Rejection; then look at `spoiled`.
	 */
	take(update: Uint8Array, diff: UpdateDiff, cost: number, person: string): void {
		if (cost > large && this.structs + cost > mostStructs) throw new Rejection(Close.tooLarge);
		try {
			this.#guarded(person, diff.writers, () =>
				this.doc.transact((transaction) => {
					counted(() => Y.applyUpdate(this.doc, update));
					if (hasGap(this.doc)) throw new Rejection(Close.malformed);
					this.#handler.check(this.doc, transaction, this.#name.id);
				})
			);
		} catch (error) {
			throw this.#asRejection(error);
		}
	}

	/**
	 * The server's own writing, on behalf of a person or (null) of itself. Passes on what `work`
	 * and the shape's check throw.
	 */
	write<Result>(person: string | null, work: (doc: Y.Doc) => Result): Result {
		const pen = this.#penOf(person);
		this.doc.clientID = pen;
		return this.#guarded(person, [pen], () =>
			this.doc.transact((transaction) => {
				const result = work(this.doc);
				this.#handler.check(this.doc, transaction, this.#name.id);
				return result;
			})
		);
	}

	/** Takes over from a spoiled copy what it had accepted and not yet stored. */
	inherit(former: Copy): void {
		for (const { person, bytes } of former.#fresh) {
			this.#guarded(person, [], () => Y.applyUpdate(this.doc, bytes));
		}
		this.#bound = former.#bound;
		this.#bound.forEach((person, client) => this.#authors.set(client, person));
	}

	/** How many structs it is made of: what it costs to encode. */
	get structs(): number {
		let count = 0;
		for (const structs of this.doc.store.clients.values()) count += structs.length;
		return count;
	}

	get hasFresh(): boolean {
		return this.#fresh.length > 0;
	}

	/**
	 * Puts what is new into the log and into the projection, in the caller's SQL transaction, and
	 * returns it.
	 */
	store(): Fresh[] {
		const [fresh, bound, changed] = [this.#fresh, this.#bound, this.#changed];
		if (fresh.length === 0) return [];
		[this.#fresh, this.#bound, this.#changed] = [[], new Map(), new Set()];
		for (const { person, bytes } of byPerson(fresh)) {
			log.append(this.#name, this.epoch, person, bytes);
			this.#rows++;
		}
		for (const [client, person] of bound) log.bind(this.#name, this.epoch, client, person);
		this.#handler.project?.(this.doc, this.#name.id, changed);
		return fresh;
	}

	/**
	 * Puts the document as it is, without its past, in the place of all that was stored of it, at
	 * the next epoch; in the caller's SQL transaction. This copy is of no use afterwards.
	 */
	renew(): void {
		this.store();
		// Yjs has let go of what was deleted: only what can be read, and ids, are in here.
		log.renew(this.#name, this.epoch, Y.encodeStateAsUpdate(this.doc));
	}

	/**
	 * Puts one state in the place of the log, when the log is long or, `always`, has anything in
	 * it.
	 */
	compact(always: boolean): void {
		if (this.hasFresh || this.#rows === 0 || (!always && this.#rows < longLog)) return;
		if (this.#damage.length > 0) this.#setAside(this.#damage);
		if (this.#damage.length > 0) return;
		const state = Y.encodeStateAsUpdate(this.doc);
		log.compact(this.#name, this.epoch, state);
		this.#rows = 0;
		this.#weight = state.byteLength;
	}

	/** A disk that takes nothing does not keep anybody from reading what is sound. */
	#setAside(damage: log.Damage[]): void {
		this.#damage = damage;
		if (damage.length === 0) return;
		const id = formatDocumentName(this.#name);
		const parts = damage.map(({ part, seq }) => `${part} ${seq}`).join(', ');
		fault('live.damaged', new log.DamagedDocument(id, parts), id);
		try {
			log.setAside(this.#name, this.epoch, damage);
			this.#damage = [];
			this.#handler.damaged?.(this.#name.id);
		} catch (error) {
			fault('live.set-aside', error, id);
		}
	}

	/**
	 * Runs a command that writes; keeps what came of it, or marks the copy as spoiled and passes
	 * the throw on.
	 */
	#guarded<Result>(person: string | null, writers: Iterable<number>, work: () => Result): Result {
		this.#emitted = [];
		try {
			const result = work();
			this.#weigh();
			for (const bytes of this.#emitted) this.#fresh.push({ person, bytes });
			for (const client of writers) this.#bind(client, person);
			return result;
		} catch (error) {
			this.spoiled = true;
			throw error;
		} finally {
			this.#emitted = [];
		}
	}

	#bind(client: number, person: string | null): void {
		if (this.#authors.has(client) || Y.getState(this.doc.store, client) === 0) return;
		this.#authors.set(client, person);
		this.#bound.set(client, person);
	}

	/**
	 * Refuses a document that has grown too large; the exact size is worked out only when the bound
	 * has been passed.
	 */
	#weigh(): void {
		if (this.structs > mostStructs) throw new Refusal('document_too_large');
		this.#weight += this.#emitted.reduce((sum, bytes) => sum + bytes.byteLength, 0);
		if (this.#weight <= limits.document) return;
		this.#weight = Y.encodeStateAsUpdate(this.doc).byteLength;
		if (this.#weight > limits.document) throw new Refusal('document_too_large');
	}

	/**
	 * What is neither a Rejection nor a Refusal was thrown by Yjs, on a frame made to hurt, or is a
	 * fault in the check.
	 */
	#asRejection(error: unknown): Rejection {
		if (error instanceof Rejection) return error;
		if (error instanceof IntegrationLimitExceeded) return new Rejection(Close.tooLarge, error);
		if (!(error instanceof Refusal)) {
			fault('live.take', error, formatDocumentName(this.#name));
			return new Rejection(Close.malformed, error);
		}
		const large = error.reason === 'document_too_large';
		return new Rejection(large ? Close.tooLarge : Close.badShape, error);
	}

	/**
	 * Another client id for each person, so that who wrote a character follows from its client id
	 * here too.
	 */
	#penOf(person: string | null): number {
		let pen = this.#pens.get(person);
		while (pen === undefined || (this.#authors.has(pen) && !this.#pens.has(person)))
			pen = new Y.Doc().clientID;
		this.#pens.set(person, pen);
		return pen;
	}
}

/** One row for each person who wrote, in the order in which they began. */
function byPerson(fresh: Fresh[]): Fresh[] {
	if (fresh.length === 1) return fresh;
	const groups = new Map<string | null, Uint8Array[]>();
	for (const { person, bytes } of fresh) groups.set(person, [...(groups.get(person) ?? []), bytes]);
	return [...groups].map(([person, all]) => ({ person, bytes: merge(all) }));
}

export function merge(updates: Uint8Array[]): Uint8Array {
	return updates.length === 1 ? updates[0]! : Y.mergeUpdates(updates);
}

/**
 * Adds the names under which something has changed: keys of the roots that are maps, else the
 * root's own name.
 */
function namesOfChanged(transaction: Y.Transaction, names: Set<string>): void {
	for (const [type, keys] of transaction.changed) {
		const item = topOf(type);
		if (item?.parentSub != null) names.add(item.parentSub);
		else if (item) names.add(Y.findRootTypeKey(item.parent as Shared));
		else for (const key of keys) names.add(key ?? Y.findRootTypeKey(type));
	}
}

/** The item directly under a root within which a type lies; null for a root. */
function topOf(type: Shared): Y.Item | null {
	let item = type._item;
	while (item) {
		const above: Y.Item | null = (item.parent as Shared)._item;
		if (!above) return item;
		item = above;
	}
	return null;
}
