import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as ws from 'ws';
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

/** Digests of what writes in `ws`. */
const sender: Record<string, string> = {
	send: 'ca0327ee0f6ce8d9',
	dispatch: '00716942df17ffc3',
	sendFrame: 'e57db8dbaf94baaa',
	ping: 'c073717eccb34c1c',
	pong: '8a79854402db83b1',
	close: 'd37cc00702257dc0'
};

/** Not in the types of `ws`, though it exports it. */
const { Sender } = ws as unknown as { Sender: { prototype: Record<string, unknown> } };

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
	},
	...['send', 'dispatch', 'sendFrame', 'ping', 'pong', 'close'].map((member) => ({
		part: `ws: Sender.${member}`,
		decision: '0036-frames-beneath-ws.md',
		source: () => Sender.prototype[member],
		digest: sender[member]!
	})),
	{
		part: 'ws: WebSocket.bufferedAmount',
		decision: '0036-frames-beneath-ws.md',
		source: () => Object.getOwnPropertyDescriptor(ws.WebSocket.prototype, 'bufferedAmount')?.get,
		digest: '3fe3c4b3534fa990'
	}
];

test.each(reliedOn)('$part is as when it was read ($decision)', ({ decision, source, digest }) => {
	const decisions = join(import.meta.dirname, '../../docs/decisions');
	expect(existsSync(join(decisions, decision))).toBe(true);
	expect(createHash('sha256').update(String(source())).digest('hex').slice(0, 16)).toBe(digest);
});
