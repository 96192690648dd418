import { afterEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';

/* The limit wraps a method of Yjs for the whole process (docs/decisions/0035). */

const untouched = Object.getOwnPropertyDescriptor(Y.Item.prototype, 'integrate')!;

afterEach(() => {
	Object.defineProperty(Y.Item.prototype, 'integrate', untouched);
	vi.resetModules();
});

/** The module, evaluated anew as at start. */
const start = () => import('./integration-limit.ts');

/** What `peers` send who write between two neighbours that have 1,000 items between them by now. */
function integrationHeavyUpdate(doc: Y.Doc, peers: number): Uint8Array {
	const list = doc.getArray('list');
	list.insert(0, ['first', 'last']);
	const base = Y.encodeStateAsUpdate(doc);
	for (let at = 0; at < 1000; at++) list.insert(1, ['x']);
	const updates = Array.from({ length: peers }, () => {
		const peer = new Y.Doc();
		Y.applyUpdate(peer, base);
		peer.getArray('list').insert(1, ['between']);
		return Y.encodeStateAsUpdate(peer, Y.encodeStateVector(doc));
	});
	return Y.mergeUpdates(updates);
}

test('an update that walks over more than it may is refused, and others are not', async () => {
	const { counted, IntegrationLimitExceeded } = await start();
	const doc = new Y.Doc();
	const few = integrationHeavyUpdate(doc, 100);
	counted(() => Y.applyUpdate(doc, few));
	expect(doc.getArray('list').length).toBe(1102);

	const other = new Y.Doc();
	const many = integrationHeavyUpdate(other, 251);
	expect(() => counted(() => Y.applyUpdate(other, many))).toThrow(IntegrationLimitExceeded);
});

test('what is not counted may walk as far as it must', async () => {
	await start();
	const doc = new Y.Doc();
	const many = integrationHeavyUpdate(doc, 251);
	Y.applyUpdate(doc, many);
	expect(doc.getArray('list').length).toBe(1253);
});

test('the limit is not installed on a method with other arguments', async () => {
	const other = function (_transaction: unknown, _offset: unknown, _more: unknown) {};
	Object.defineProperty(Y.Item.prototype, 'integrate', { ...untouched, value: other });
	await expect(start()).rejects.toMatchObject({
		name: 'IncompatibleLibrary',
		message: expect.stringContaining('yjs')
	});
	expect(Y.Item.prototype.integrate).toBe(other);
});

test('the limit is not installed where Yjs finds places without the method that is wrapped', async () => {
	Object.defineProperty(Y.Item.prototype, 'integrate', {
		configurable: true,
		get: () => untouched.value,
		// Whatever is put in its place is never called.
		set: () => {}
	});
	await expect(start()).rejects.toMatchObject({
		name: 'IncompatibleLibrary',
		message: expect.stringContaining('not counted')
	});
});

test('the limit is not installed where neighbours are known only within the method', async () => {
	const { getMissing } = Y.Item.prototype;
	const lefts = new WeakMap<Y.Item, Y.Item | null>();
	Y.Item.prototype.getMissing = function (...rest) {
		const missing = getMissing.apply(this, rest);
		lefts.set(this, this.left);
		this.left = null;
		return missing;
	};
	Y.Item.prototype.integrate = function (transaction, offset) {
		this.left = lefts.get(this) ?? this.left;
		untouched.value.call(this, transaction, offset);
	};
	try {
		await expect(start()).rejects.toMatchObject({
			name: 'IncompatibleLibrary',
			message: expect.stringContaining('after a neighbour')
		});
	} finally {
		Y.Item.prototype.getMissing = getMissing;
	}
});
