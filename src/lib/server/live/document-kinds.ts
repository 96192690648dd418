import type * as Y from 'yjs';
import type { DocumentKind } from '#lib/domain/document.ts';

export type Access = 'write' | 'read';

/**
 * What a kind of document must tell the engine. Keepers register theirs at init; the engine knows
 * no keeper.
 */
export interface DocumentHandler {
	/** The right of this person (id) to this document now; null = it does not exist for them. */
	access(person: string, id: string): Access | null;
	/** Makes the roots exist with their types, before anything is loaded. */
	open?(doc: Y.Doc): void;
	/**
	 * Throws a Refusal when what the transaction changed breaks the document's shape. Runs inside
	 * the Yjs transaction, so nothing is garbage-collected yet; `transaction.local` is true when
	 * the server itself writes. `id` is the document's, for a part of it that takes no edits at
	 * times.
	 */
	check(doc: Y.Doc, transaction: Y.Transaction, id: string): void;
	/**
	 * Runs in the flush's own SQL transaction. `changed` holds the keys directly under a root that
	 * is a map (e.g. item ids), and the name of a root that is a list or a text.
	 */
	project?(doc: Y.Doc, id: string, changed: ReadonlySet<string>): void;
	/** Something of the document has been found damaged: those who look at it are to be told. */
	damaged?(id: string): void;
}

const handlers = new Map<DocumentKind, DocumentHandler>();

export function register(kind: DocumentKind, handler: DocumentHandler): void {
	handlers.set(kind, handler);
}

/** Null when nobody keeps that kind (yet): then no such document exists for anyone. */
export function handlerOf(kind: DocumentKind): DocumentHandler | null {
	return handlers.get(kind) ?? null;
}
