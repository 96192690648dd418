import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import type { DocumentName } from '#lib/domain/document.ts';
import { Close, Message, Sync } from '#lib/domain/wire.ts';
import { UnsavedWords } from '#lib/live/unsaved/unsaved-words.svelte.ts';
import { LiveDocument } from './connection.svelte.ts';
import { ScriptedServer } from './testing.ts';

const name: DocumentName = { kind: 'agenda', id: '11111111-2222-4333-8444-555555555555' };
const opened: { destroy(): void }[] = [];

async function start(): Promise<ScriptedServer> {
	const server = await ScriptedServer.start();
	opened.push(server);
	return server;
}

function open(server: ScriptedServer, options: { readOnly?: boolean } = {}): LiveDocument {
	const live = new LiveDocument(name, 3, {
		...options,
		url: server.url,
		WebSocketPolyfill: NodeWebSocket as unknown as typeof WebSocket
	});
	opened.push(live);
	return live;
}

/** A page of somebody, with a shelf of its own. */
function openOwned(server: ScriptedServer) {
	const unsavedWords = new UnsavedWords(null);
	const renewed = vi.fn();
	const live = new LiveDocument(name, 3, {
		owner: { person: 'P03', label: 'Bustadrådet 22/26' },
		unsavedWords,
		onrenew: renewed,
		url: server.url,
		WebSocketPolyfill: NodeWebSocket as unknown as typeof WebSocket
	});
	opened.push(live);
	return { live, unsavedWords, renewed };
}

const wordsOn = (unsavedWords: UnsavedWords) =>
	unsavedWords
		.of('P03')
		.map(({ cause, passages }) => [cause, passages.map(({ text }) => text).join('|')]);

const type = (live: LiveDocument, text = 'a') => live.doc.getText('t').insert(0, text);
const until = (check: () => void) => vi.waitFor(check, { timeout: 8000, interval: 5 });
const becomes = (live: LiveDocument, saved: LiveDocument['saved']) =>
	until(() => expect(live.saved).toEqual(saved));

afterEach(() => opened.splice(0).forEach((open) => open.destroy()));

test('a document opens in the room of its epoch and is saved once the server has said so', async () => {
	const server = await start();
	server.doc.getText('t').insert(0, 'frå før');
	server.holding = true;
	const live = open(server);
	expect(live.saved).toEqual({ state: 'opening' });
	await until(() => expect(live.loaded).toBe(true));
	await until(() => expect(server.held).toHaveLength(1));
	expect(live.saved).toEqual({ state: 'opening' });
	server.release();
	await becomes(live, { state: 'saved' });
	expect(live.doc.getText('t').toString()).toBe('frå før');
	expect(server.paths).toEqual([`/live/agenda:${name.id}@3`]);
});

test('an edit is being sent until the server has echoed what was asked after it', async () => {
	const server = await start();
	const live = open(server);
	await becomes(live, { state: 'saved' });
	server.holding = true;
	type(live);
	type(live);
	expect(live.saved).toEqual({ state: 'sending', waiting: 2 });
	await until(() => expect(server.held.length).toBeGreaterThan(0));
	type(live);
	expect(live.saved).toEqual({ state: 'sending', waiting: 3 });
	server.release();
	await becomes(live, { state: 'saved' });
	expect(server.doc.getText('t').toString()).toBe('aaa');
});

test('edits of one turn are asked about once', async () => {
	const server = await start();
	const live = open(server);
	await becomes(live, { state: 'saved' });
	const before = server.asked.length;
	for (let count = 0; count < 20; count++) type(live);
	await becomes(live, { state: 'saved' });
	expect(server.asked.length).toBe(before + 1);
});

test('an older echo does not save a newer edit', async () => {
	const server = await start();
	const live = open(server);
	await becomes(live, { state: 'saved' });
	server.holding = true;
	type(live);
	await until(() => expect(server.held).toHaveLength(1));
	type(live);
	await until(() => expect(server.held).toHaveLength(2));
	server.release(1);
	await becomes(live, { state: 'sending', waiting: 1 });
	server.release();
	await becomes(live, { state: 'saved' });
});

test('a deletion counts as an edit, though no state vector moves', async () => {
	const server = await start();
	server.doc.getText('t').insert(0, 'hemmeleg');
	const live = open(server);
	await becomes(live, { state: 'saved' });
	server.holding = true;
	live.doc.getText('t').delete(0, 8);
	expect(live.saved).toEqual({ state: 'sending', waiting: 1 });
	await until(() => expect(server.held).toHaveLength(1));
	server.release();
	await becomes(live, { state: 'saved' });
	expect(server.doc.getText('t').toString()).toBe('');
});

test('what others write does not wait here', async () => {
	const server = await start();
	const [one, other] = [open(server), open(server)];
	await becomes(one, { state: 'saved' });
	await becomes(other, { state: 'saved' });
	server.holding = true;
	type(one, 'hei');
	await until(() => expect(other.doc.getText('t').toString()).toBe('hei'));
	expect(other.saved).toEqual({ state: 'saved' });
	expect(one.waiting).toBe(1);
});

test('edits before the server has asked for ours are not believed saved', async () => {
	const server = await start();
	server.mute = true;
	const live = open(server);
	const ofKind = (kind: number) => server.frames.filter((frame) => frame[0] === kind);
	// The page's own end is open once it has asked: what it writes earlier goes with its answer.
	await until(() => expect(ofKind(Message.sync)).toHaveLength(1));
	type(live);
	await becomes(live, { state: 'sending', waiting: 1 });
	const updates = () => ofKind(Message.sync).filter((frame) => frame[1] === Sync.update);
	await until(() => expect(updates()).toHaveLength(1));
	type(live);
	// What had been sent along with the first is here when the second is.
	await until(() => expect(updates()).toHaveLength(2));
	expect(ofKind(Message.ack)).toEqual([]);
	expect(live.saved).toEqual({ state: 'sending', waiting: 2 });
	server.mute = false;
	server.askForTheirs();
	await becomes(live, { state: 'saved' });
});

test('offline counts exactly, and after the reconnect the echo must come anew', async () => {
	const server = await start();
	const live = open(server);
	await becomes(live, { state: 'saved' });
	server.accepting = false;
	server.cut();
	await becomes(live, { state: 'offline', waiting: 0 });
	type(live);
	type(live);
	live.doc.getText('t').delete(0, 1);
	expect(live.saved).toEqual({ state: 'offline', waiting: 3 });
	server.holding = true;
	server.accepting = true;
	await becomes(live, { state: 'sending', waiting: 3 });
	await until(() => expect(server.held).toHaveLength(1));
	expect(server.doc.getText('t').toString()).toBe('a');
	expect(live.saved).toEqual({ state: 'sending', waiting: 3 });
	server.release();
	await becomes(live, { state: 'saved' });
});

test('an edit whose echo was lost with the connection waits until the next one confirms it', async () => {
	const server = await start();
	const live = open(server);
	await becomes(live, { state: 'saved' });
	server.holding = true;
	type(live);
	await until(() => expect(server.held).toHaveLength(1));
	server.cut();
	await becomes(live, { state: 'offline', waiting: 1 });
	server.holding = false;
	await becomes(live, { state: 'saved' });
});

test('with nothing waiting, a new connection is called saved only when it has answered', async () => {
	const server = await start();
	const live = open(server);
	await becomes(live, { state: 'saved' });
	server.holding = true;
	server.cut();
	await becomes(live, { state: 'offline', waiting: 0 });
	await until(() => expect(server.held).toHaveLength(1));
	expect(live.saved).toEqual({ state: 'opening' });
	server.release();
	await becomes(live, { state: 'saved' });
});

test('when the server asks again, answers to what was asked before prove nothing', async () => {
	const server = await start();
	const live = open(server);
	await becomes(live, { state: 'saved' });
	server.holding = true;
	type(live);
	await until(() => expect(server.held).toHaveLength(1));
	server.askForTheirs();
	await until(() => expect(server.held).toHaveLength(2));
	server.release(1);
	server.doc.getText('other').insert(0, 'kom fram');
	await until(() => expect(live.doc.getText('other').toString()).toBe('kom fram'));
	expect(live.saved).toEqual({ state: 'sending', waiting: 1 });
	server.release();
	await becomes(live, { state: 'saved' });
});

test('a server that cannot write is told from one that is away, until it has written', async () => {
	const server = await start();
	const live = open(server);
	await becomes(live, { state: 'saved' });
	server.refusing = Close.storageRefuses;
	type(live);
	await becomes(live, { state: 'not_saved', waiting: 1 });
	type(live);
	expect(live.saved).toEqual({ state: 'not_saved', waiting: 2 });
	const seen: string[] = [];
	const look = () => seen.push(live.saved.state);
	live.provider.on('status', look);
	const knocks = server.paths.length;
	await until(() => expect(server.paths.length).toBeGreaterThan(knocks + 1));
	live.provider.off('status', look);
	expect(new Set(seen)).toEqual(new Set(['not_saved']));
	server.refusing = null;
	await becomes(live, { state: 'saved' });
	expect(server.doc.getText('t').toString()).toBe('aa');
});

test('a lost right is final and is not knocked at again', async () => {
	const server = await start();
	const live = open(server);
	await becomes(live, { state: 'saved' });
	server.cut(Close.rightLost);
	await becomes(live, { state: 'no_access', code: Close.rightLost });
	expect(live.provider.shouldConnect).toBe(false);
	expect(server.paths).toHaveLength(1);
});

test('who has signed in again knocks once more and loses nothing', async () => {
	const server = await start();
	const live = open(server);
	await becomes(live, { state: 'saved' });
	server.cut(Close.signedOut);
	await becomes(live, { state: 'no_access', code: Close.signedOut });
	type(live, 'skrive etter utlogging');
	expect(live.hasUnsaved).toBe(true);
	live.retry();
	await becomes(live, { state: 'saved' });
	expect(server.doc.getText('t').toString()).toBe('skrive etter utlogging');
});

test('after a refused edit the document is opened anew, and the words are on the shelf', async () => {
	const server = await start();
	server.doc.getText('t').insert(0, 'godt');
	const { live, unsavedWords, renewed } = openOwned(server);
	await becomes(live, { state: 'saved' });
	const { doc } = live;
	server.refusing = Close.badShape;
	type(live, 'ugyldig');
	await until(() => expect(renewed).toHaveBeenCalledOnce());
	server.refusing = null;
	expect(live.doc).not.toBe(doc);
	expect(live.doc.clientID).not.toBe(doc.clientID);
	await becomes(live, { state: 'saved' });
	expect(live.doc.getText('t').toString()).toBe('godt');
	await until(() => expect(wordsOn(unsavedWords)).toEqual([['refused', 'ugyldig']]));
});

test('who can no longer write gets the unsent words, and the text as the server has it', async () => {
	const server = await start();
	const { live, unsavedWords } = openOwned(server);
	await becomes(live, { state: 'saved' });
	type(live, 'lagra ');
	await becomes(live, { state: 'saved' });
	server.accepting = false;
	server.cut();
	await becomes(live, { state: 'offline', waiting: 0 });
	live.doc.getText('t').insert(6, 'ikkje lagra');
	live.follow(3, true);
	expect(live.hasUnsaved).toBe(false);
	server.accepting = true;
	await becomes(live, { state: 'saved' });
	expect(live.doc.getText('t').toString()).toBe('lagra ');
	expect(server.doc.getText('t').toString()).toBe('lagra ');
	await until(() => expect(wordsOn(unsavedWords)).toEqual([['reader', 'ikkje lagra']]));
});

test('words that the server has after all, its answer having been lost, are not said to be lost', async () => {
	const server = await start();
	const { live, unsavedWords } = openOwned(server);
	await becomes(live, { state: 'saved' });
	server.holding = true;
	type(live, 'kom fram');
	await until(() => expect(server.doc.getText('t').toString()).toBe('kom fram'));
	live.follow(3, true);
	server.release();
	await becomes(live, { state: 'saved' });
	expect(wordsOn(unsavedWords)).toEqual([]);
});

test('a lost right leaves the unsent words with the one who wrote them', async () => {
	const server = await start();
	const { live, unsavedWords } = openOwned(server);
	await becomes(live, { state: 'saved' });
	server.holding = true;
	server.mute = true;
	type(live, 'for seint');
	server.cut(Close.rightLost);
	await becomes(live, { state: 'no_access', code: Close.rightLost });
	await until(() => expect(wordsOn(unsavedWords)).toEqual([['no_access', 'for seint']]));
	expect(live.hasUnsaved).toBe(false);
});

test('after an erasure it goes on in the next epoch, and what was unsent is to be taken over by hand', async () => {
	const server = await start();
	const { live, unsavedWords } = openOwned(server);
	await becomes(live, { state: 'saved' });
	server.mute = true;
	type(live, 'medan det vart sletta');
	server.cut(Close.epochPassed);
	await becomes(live, { state: 'no_access', code: Close.epochPassed });
	server.mute = false;
	live.follow(4, false);
	await becomes(live, { state: 'saved' });
	expect(server.paths.at(-1)).toBe(`/live/agenda:${name.id}@4`);
	expect(live.doc.getText('t').toString()).toBe('');
	await until(() => expect(wordsOn(unsavedWords)).toEqual([['erased', 'medan det vart sletta']]));
});

test('a page that is left waits for the last acknowledgement, and nothing is said to be lost', async () => {
	const server = await start();
	const { live, unsavedWords } = openOwned(server);
	await becomes(live, { state: 'saved' });
	server.holding = true;
	type(live, 'på farten');
	live.destroy();
	await until(() => expect(server.held.length).toBeGreaterThan(0));
	server.release();
	await until(() => expect(server.sockets.size).toBe(0));
	expect(server.doc.getText('t').toString()).toBe('på farten');
	expect(wordsOn(unsavedWords)).toEqual([]);
});

test('a page that is left without a net leaves its words on the shelf', async () => {
	const server = await start();
	const { live, unsavedWords } = openOwned(server);
	await becomes(live, { state: 'saved' });
	server.accepting = false;
	server.cut();
	await becomes(live, { state: 'offline', waiting: 0 });
	type(live, 'utan nett');
	live.destroy();
	await until(() => expect(wordsOn(unsavedWords)).toEqual([['left', 'utan nett']]));
});

test('a reader waits for nothing', async () => {
	const server = await start();
	const live = open(server, { readOnly: true });
	await becomes(live, { state: 'saved' });
	type(live);
	expect(live.hasUnsaved).toBe(false);
});

test('the question is message 102 followed by one number', async () => {
	const server = await start();
	const live = open(server);
	await becomes(live, { state: 'saved' });
	expect(server.frames.filter((frame) => frame[0] === Message.ack)).toEqual([
		new Uint8Array([Message.ack, 1])
	]);
});

test('who is alone and still goes on asking, so that the connection is not taken for dead', async () => {
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
	onTestFinished(() => void vi.useRealTimers());
	const server = await start();
	const live = open(server);
	await until(() => expect(server.asked).toHaveLength(1));
	await vi.advanceTimersByTimeAsync(10_000);
	await until(() => expect(server.asked).toHaveLength(2));
	expect(live.saved).toEqual({ state: 'saved' });
});
