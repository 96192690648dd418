import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as ws from 'ws';
import {
	applyAwarenessUpdate,
	Awareness,
	encodeAwarenessUpdate,
	removeAwarenessStates
} from 'y-protocols/awareness';
import * as Y from 'yjs';
import config from '../../svelte.config.js';

/*
 * What we rely on within libraries, beyond what they promise. When a library moves, its part
 * fails here: read the decision, go through the code that it names, and only then note the new
 * digest.
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
	},
	{
		part: 'y-websocket: the whole provider',
		decision: '0039-inside-libraries.md',
		source: () => readFileSync(fileURLToPath(import.meta.resolve('y-websocket')), 'utf8'),
		digest: '82a3809200d80bcc'
	},
	{
		part: 'y-protocols: applyAwarenessUpdate',
		decision: '0039-inside-libraries.md',
		source: () => applyAwarenessUpdate,
		digest: 'be841ad9fdff469d'
	},
	{
		part: 'yjs: UndoManager.destroy',
		decision: '0039-inside-libraries.md',
		source: () => Y.UndoManager.prototype.destroy,
		digest: '434ab97610c06967'
	}
];

test.each(reliedOn)('$part is as when it was read ($decision)', ({ decision, source, digest }) => {
	const decisions = join(import.meta.dirname, '../../docs/decisions');
	expect(existsSync(join(decisions, decision))).toBe(true);
	expect(createHash('sha256').update(String(source())).digest('hex').slice(0, 16)).toBe(digest);
});

test('y-protocols hears a peer again that was lost only once its clock is forgotten', () => {
	const [peer, here] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())];
	peer.setLocalState({ at: 1 });
	const said = encodeAwarenessUpdate(peer, [peer.clientID]);
	const hears = () => {
		applyAwarenessUpdate(here, said, null);
		return here.states.has(peer.clientID);
	};
	expect(hears()).toBe(true);
	removeAwarenessStates(here, [peer.clientID], null);
	expect(hears()).toBe(false);
	here.meta.delete(peer.clientID);
	expect(hears()).toBe(true);
	[peer, here].forEach((awareness) => awareness.destroy());
});

test("the content policy lets through the style of Kit's announcer, as Kit writes it now", () => {
	const kit = fileURLToPath(
		new URL('../core/sync/write_root.js', import.meta.resolve('@sveltejs/kit'))
	);
	const style = /id="svelte-announcer"[^>]* style="([^"]*)"/.exec(readFileSync(kit, 'utf8'))?.[1];
	const hash = createHash('sha256').update(style!).digest('base64');
	expect(config.kit?.csp?.directives?.['style-src-attr']).toContain(`sha256-${hash}`);
});
