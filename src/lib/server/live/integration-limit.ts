import * as Y from 'yjs';
import { IncompatibleLibrary } from './incompatible-library.ts';
import { probeIntegration } from './integration-probe.ts';

/*
 * Where several have written at the same place, Yjs walks over everything that stands between an
 * item's two neighbours. A page's item had nothing between them when it was written, so the walk
 * is over what others have written there meanwhile. Items made by hand may name neighbours that
 * are a whole document apart: ten thousand of them, in a frame of 100 kB, take minutes. Nothing
 * in an update tells beforehand how far apart two neighbours will be, so the steps are counted as
 * they are about to be taken.
 */

/**
 * Steps that one update may cost, a tenth of a microsecond each: two hundred and fifty passages,
 * each among a thousand of others at the same place.
 */
const mostSteps = 250_000;

/** An update that would walk further than any page's does. */
export class IntegrationLimitExceeded extends Error {
	constructor() {
		super('More steps than an update may take to find its places.');
		this.name = 'TooContested';
	}
}

/** Null while nothing is counted: the server's own writing and what is read from the disk. */
let left: number | null = null;

/**
 * Runs what applies a peer's update. Throws TooContested before that becomes dear; the document
 * is spoiled then.
 */
export function counted(apply: () => void): void {
	left = mostSteps;
	try {
		apply();
	} finally {
		left = null;
	}
}

install();

/**
 * The one place where an item's neighbours are known and nothing has been walked over yet is
 * inside Yjs, so its own method is wrapped. Throws IncompatibleLibrary, with nothing wrapped,
 * when what was wrapped would not count what Yjs walks.
 */
function install(): void {
	const integrate: unknown = Y.Item.prototype.integrate;
	if (typeof integrate !== 'function' || integrate.length !== 2)
		throw new IncompatibleLibrary('yjs', 'Item.integrate takes other arguments', '0035');
	Y.Item.prototype.integrate = function (transaction, offset) {
		if (left !== null) left = afterWalk(this, left, offset, transaction.doc.store);
		integrate.call(this, transaction, offset);
	};
	const finding = probeIntegration(spent);
	if (finding === null) return;
	Y.Item.prototype.integrate = integrate as typeof Y.Item.prototype.integrate;
	throw new IncompatibleLibrary('yjs', finding, '0035');
}

/** Steps that were counted while something was applied. */
function spent(apply: () => void): number {
	let steps = 0;
	counted(() => {
		apply();
		steps = mostSteps - (left ?? mostSteps);
	});
	return steps;
}

function afterWalk(item: Y.Item, steps: number, offset: number, store: Y.Doc['store']): number {
	let at = firstBetween(item, offset, store);
	while (at !== null && at !== item.right) {
		if (--steps < 0) throw new IntegrationLimitExceeded();
		at = at.right;
	}
	return steps;
}

/**
 * What stands after an item's left neighbour. Of one that is here in part, that is its own
 * beginning.
 */
function firstBetween(item: Y.Item, offset: number, store: Y.Doc['store']): Y.Item | null {
	if (offset > 0) {
		const begun = Y.getItem(store, Y.createID(item.id.client, item.id.clock + offset - 1));
		return begun instanceof Y.Item ? begun.right : null;
	}
	// What was written in something that is gone has no place to find, and what is left of its
	// neighbour is no item.
	if (!(item.parent instanceof Y.AbstractType)) return null;
	if (item.left !== null) return item.left.right;
	if (item.parentSub === null) return item.parent._start;
	let first = item.parent._map.get(item.parentSub) ?? null;
	while (first !== null && first.left !== null) first = first.left;
	return first;
}
