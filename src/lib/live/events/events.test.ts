import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type WebSocket, WebSocket as NodeWebSocket, WebSocketServer } from 'ws';
import { Close } from '#lib/domain/wire.ts';
import { Events } from './events.svelte.ts';

let server: WebSocketServer;
let events: Events;
let sockets: WebSocket[];
let frames: unknown[];

beforeEach(async () => {
	sockets = [];
	frames = [];
	server = await new Promise((resolve) => {
		const listening: WebSocketServer = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () =>
			resolve(listening)
		);
	});
	server.on('connection', (socket) => {
		sockets.push(socket);
		socket.on('message', (data) => frames.push(JSON.parse(String(data))));
	});
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('not listening');
	events = new Events({
		url: `ws://127.0.0.1:${address.port}/live/events`,
		WebSocketPolyfill: NodeWebSocket as unknown as typeof globalThis.WebSocket
	});
});

afterEach(() => {
	events.destroy();
	sockets.forEach((socket) => socket.terminate());
	server.close();
});

const until = (check: () => void) => vi.waitFor(check, { timeout: 5000, interval: 5 });
const change = (...topics: string[]) => sockets.at(-1)!.send(JSON.stringify({ changed: topics }));

test('nothing is opened before something is watched', () => {
	expect(events.connected).toBe(false);
	expect(sockets).toHaveLength(0);
});

test('a change reaches those who watch its topic, and nobody else', async () => {
	const one = vi.fn();
	const other = vi.fn();
	events.watch(['meeting:1', 'meeting:2'], one);
	events.watch(['meeting:3'], other);
	await until(() =>
		expect(frames).toEqual([{ subscribe: ['meeting:1', 'meeting:2', 'meeting:3'] }])
	);
	one.mockClear();
	other.mockClear();
	change('meeting:2', 'meeting:9');
	await until(() => expect(one).toHaveBeenCalledExactlyOnceWith('meeting:2'));
	expect(other).not.toHaveBeenCalled();
});

test('a topic is let go when the last one who watched it has left', async () => {
	const stops = [events.watch(['a'], vi.fn()), events.watch(['a', 'b'], vi.fn())];
	await until(() => expect(frames).toHaveLength(1));
	stops[0]!();
	stops[0]!();
	events.watch(['a'], vi.fn())();
	stops[1]!();
	await until(() => expect(frames.slice(1)).toEqual([{ unsubscribe: ['a', 'b'] }]));
});

test('what is watched later is subscribed to on the open socket', async () => {
	events.watch(['a'], vi.fn());
	await until(() => expect(events.connected).toBe(true));
	const told = vi.fn();
	events.watch(['a', 'b'], told);
	await until(() => expect(frames).toEqual([{ subscribe: ['a'] }, { subscribe: ['b'] }]));
	expect(sockets).toHaveLength(1);
	// It may have changed between the page's load and now.
	expect(told.mock.calls).toEqual([['b']]);
});

test('a socket that opens, the first time or again, tells of every topic', async () => {
	const told = vi.fn();
	events.watch(['a', 'b'], told);
	await until(() => expect(told.mock.calls).toEqual([['a'], ['b']]));
	sockets[0]!.terminate();
	await until(() => expect(told.mock.calls).toEqual([['a'], ['b'], ['a'], ['b']]));
	await until(() => expect(frames).toEqual([{ subscribe: ['a', 'b'] }, { subscribe: ['a', 'b'] }]));
});

test('who is signed out is not let in by knocking', async () => {
	events.watch(['a'], vi.fn());
	await until(() => expect(events.connected).toBe(true));
	sockets[0]!.close(Close.signedOut);
	await until(() => expect(events.signedOut).toBe(true));
	events.watch(['b'], vi.fn());
	expect(events.connected).toBe(false);
	expect(sockets).toHaveLength(1);
});

test('a frame that says nothing sensible changes nothing', async () => {
	const told = vi.fn();
	events.watch(['a'], told);
	await until(() => expect(told).toHaveBeenCalledTimes(1));
	for (const frame of [
		'{',
		'null',
		'7',
		'{"changed":"a"}',
		'{"changed":[1,null]}',
		'{"refused":["a"]}'
	]) {
		sockets[0]!.send(frame);
	}
	change('a');
	await until(() => expect(told).toHaveBeenCalledTimes(2));
});
