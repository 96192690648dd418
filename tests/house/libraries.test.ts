import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as Y from 'yjs';

/*
 * What we rely on within libraries, beyond what they promise. When a library moves, its part fails here: read
 * the decision, go through the code that it names, and only then note the new digest.
 */

interface Reliance {
	/** Library and member. */
	part: string;
	/** File under docs/decisions. */
	decision: string;
	source: () => unknown;
	/** The beginning of the SHA-256 of its source. */
	digest: string;
}

const reliedOn: Reliance[] = [
	{
		part: 'yjs: Item.integrate',
		decision: '0035-steps-counted-inside-yjs.md',
		source: () => Y.Item.prototype.integrate,
		digest: 'e1840302775981b0'
	},
	{
		part: 'yjs: Item.getMissing',
		decision: '0035-steps-counted-inside-yjs.md',
		source: () => Y.Item.prototype.getMissing,
		digest: 'bd28eb128520c1b7'
	},
	{
		part: 'yjs: getItem',
		decision: '0035-steps-counted-inside-yjs.md',
		source: () => Y.getItem,
		digest: '6d0b4c003ae95de9'
	}
];

test.each(reliedOn)('$part is as when it was read ($decision)', ({ decision, source, digest }) => {
	const decisions = join(import.meta.dirname, '../../docs/decisions');
	expect(existsSync(join(decisions, decision))).toBe(true);
	expect(createHash('sha256').update(String(source())).digest('hex').slice(0, 16)).toBe(digest);
});
