import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Close } from '../../src/lib/domain/wire.ts';
import { type Caller, dial } from '../callers.ts';
import { type RunningServer, startServer } from '../server.ts';
import { Chance, seed, tell } from './chance.ts';
import { Client, missing, until } from './client.ts';
import { doSomething } from './commands.ts';
import { callers, type Room, rooms } from './municipality.ts';

let server: RunningServer;
let people: Map<string, Caller>;
let places: Room[];

beforeAll(async () => {
	server = await startServer();
	places = rooms(server).slice(0, 4);
	people = await callers(
		server,
		places.flatMap(({ writers }) => writers)
	);
});
afterAll(() => server.stop());

test('told to end while people write, it stores what it has heard, closes every socket with 1012, and is gone within ten seconds', async () => {
	const chance = new Chance(seed);
	const clients = places.flatMap(({ room, writers }) =>
		writers.slice(0, 6).map((code) => new Client(people.get(code)!, room))
	);
	await Promise.all(clients.map((client) => client.synced()));
	const events = [...people.values()].map((who) => dial(who, '/live/events'));
	const said = events.map((socket) => once(socket, 'close').then(([code]) => code as number));
	await Promise.all(events.map((socket) => once(socket, 'open')));
	// One that never finishes its request, and one that has only knocked.
	const halves = ['', 'GET /live/events HTTP/1.1\r\nHost: x\r\nUpgrade: webso'].map((text) => {
		const half = connect(server.port, '127.0.0.1').on('error', () => {});
		half.write(text);
		return half;
	});
	const idle = await fetch(`${server.url}/healthz`);
	await idle.text();

	const writing = setInterval(() => {
		for (const client of clients.filter(({ isThere }) => isThere)) {
			doSomething(client.room.split(':', 1)[0]!, client.doc, chance);
			client.ask();
		}
	}, 10);
	await until(() => clients.every(({ acknowledged }) => acknowledged.length > 5), 'some writing');
	const child = server.process;
	const began = performance.now();
	const ended = once(child, 'exit');
	child.kill('SIGTERM');
	const [code] = (await ended) as [number | null];
	const took = performance.now() - began;
	await until(() => clients.every(({ closings }) => closings.length > 0), 'every close');
	clearInterval(writing);
	clients.forEach((client) => client.provider.disconnect());
	halves.forEach((half) => half.destroy());

	expect(code).toBe(0);
	expect(took).toBeLessThan(10_000);
	expect(new Set(clients.flatMap(({ closings }) => closings[0]))).toEqual(new Set([Close.restart]));
	expect(new Set(await Promise.all(said))).toEqual(new Set([Close.restart]));
	expect(server.output()).not.toContain('"level":"fault"');

	const kept = clients.map(({ room, acknowledged, seen }) => ({ room, acknowledged, seen }));
	clients.forEach((client) => client.leave());
	await server.restart();
	for (const { room, writers } of places) {
		const reader = await new Client(people.get(writers[0]!)!, room).synced();
		const state = Y.encodeStateAsUpdate(reader.doc);
		reader.leave();
		for (const here of kept.filter((one) => one.room === room))
			expect(missing([...here.acknowledged, ...here.seen], state)).toEqual([]);
	}
	tell('SIGTERM', { sockets: clients.length + events.length, 'ms to end': Math.round(took) });
});
