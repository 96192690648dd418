import * as Y from 'yjs';
import { Refusal } from './refusal.ts';

/*
 * Looking into Yjs' own structures, from inside a transaction, where its public readers would
 * miss what is about to be.
 */

export type Shared = Parameters<typeof Y.findRootTypeKey>[0];
export type Test = (value: unknown) => boolean;

export function demand(holds: boolean): asserts holds {
	if (!holds) throw new Refusal('bad_shape');
}

/** Own keys only: a client may well call a key `constructor`. */
export function passes(tests: Record<string, Test>, key: string, item: Y.Item): boolean {
	return Object.hasOwn(tests, key) && tests[key]!(valueOf(item));
}

export function hasOnlyRoots(doc: Y.Doc, ...names: string[]): boolean {
	return [...doc.share.keys()].every((key) => names.includes(key));
}

/** The items from the one under the root down to the one that holds this type; none for a root. */
export function pathTo(type: Shared): Y.Item[] {
	const path: Y.Item[] = [];
	for (let item = type._item; item; item = (item.parent as Shared)._item) path.unshift(item);
	return path;
}

export function isNew(item: Y.Item, transaction: Y.Transaction): boolean {
	return item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0);
}

export function isLive(item: Y.Item | undefined): boolean {
	return item !== undefined && !item.deleted;
}

export function liveKeys(type: Shared): string[] {
	return [...type._map].filter(([, item]) => !item.deleted).map(([key]) => key);
}

export function liveChildren(type: Shared): Y.Item[] {
	const found: Y.Item[] = [];
	for (let item = type._start; item; item = item.right) if (!item.deleted) found.push(item);
	return found;
}

/** A map has no list; one that has was made by hand. */
export function hasList(type: Shared): boolean {
	return liveChildren(type).length > 0;
}

/** What a key holds: a plain value or a shared type; undefined when it is anything else. */
export function valueOf(item: Y.Item): unknown {
	const { content } = item;
	if (content instanceof Y.ContentType) return content.type;
	return content instanceof Y.ContentAny && content.arr.length === 1 ? content.arr[0] : undefined;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
	return (
		typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
	);
}
