import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addItem, titleOf } from '../../src/lib/domain/agenda.ts';
import type { Caller } from '../callers.ts';
import { isLong, tell } from './chance.ts';
import { Client, until } from './client.ts';
import { callers, type Room, rooms } from './municipality.ts';
import { type ProbedServer, startProbed } from './probed.ts';

/*
 * Measured, so in the long form only: what others notice of those who read slowly, come in
 * crowds, or never finish knocking.
 */

const edits = 400;
const file = fileURLToPath(new URL('mob.ts', import.meta.url));
const id = crypto.randomUUID();

let server: ProbedServer;
let people: Map<string, Caller>;
let place: Room;
let writer: Client;
let reader: Client;

beforeAll(async () => {
	server = await startProbed();
	place = rooms(server).find(({ kind }) => kind === 'agenda')!;
	people = await callers(server, place.writers);
	const [anna, bo] = place.writers.map((code) => people.get(code)!) as [Caller, Caller];
	writer = await new Client(anna, place.room).synced();
	reader = await new Client(bo, place.room).synced();
	addItem(writer.doc, { id, title: '', kind: 'discussion', minutes: 5 });
	await writer.saved();
	await measure();
});
afterAll(async () => {
	[writer, reader].forEach((client) => client.leave());
	await server.stop();
});

test.skipIf(!isLong).each([
	['slow readers', 'slow'],
	['a storm of connections', 'storm'],
	['half-open handshakes', 'half']
])('%s at most double what others wait', async (name, what) => {
	const before = await measure();
	const mob = spawn(
		process.execPath,
		[
			file,
			what,
			String(server.port),
			place.room,
			...place.writers.slice(2).map((code) => people.get(code)!.cookie)
		],
		{ stdio: ['ignore', 'pipe', 'inherit'] }
	);
	let verbs = 0;
	mob.stdout.on(
		'data',
		(count: Buffer) => (verbs = Number(count.toString().trim().split('\n').at(-1)))
	);
	await until(() => verbs > 0, 'the mob');
	const from = { verbs, at: performance.now() };
	await server.begin();
	const during = await measure();
	const { stall, busy, sockets } = await server.measure();
	const rate = ((verbs - from.verbs) / (performance.now() - from.at)) * 1000;
	const gone = once(mob, 'exit');
	mob.kill('SIGKILL');
	await gone;
	await wait(500);
	const after = await measure();
	const calm = { p50: (before.p50 + after.p50) / 2, p95: (before.p95 + after.p95) / 2 };
	tell(name, {
		'p50 ms': `${calm.p50.toFixed(1)} → ${during.p50.toFixed(1)}`,
		'p95 ms': `${calm.p95.toFixed(1)} → ${during.p95.toFixed(1)}`,
		'p95 ratio': (during.p95 / calm.p95).toFixed(2),
		'deeds a second': Math.round(rate),
		'sockets at the server': sockets,
		'longest stall ms': Math.round(stall),
		'of it computing ms': Math.round(busy)
	});
	expect(writer.closings).toEqual([]);
	expect(reader.closings).toEqual([]);
	expect(during.p50 / calm.p50, 'latency against what it was before and after').toBeLessThan(2);
});

/** From a keystroke at one to the other's having it, milliseconds. */
async function measure(): Promise<{ p50: number; p95: number }> {
	const waited: number[] = [];
	const title = titleOf(writer.doc, id)!;
	for (let edit = 0; edit < edits; edit++) {
		const began = performance.now();
		const arrived = new Promise((done) => reader.doc.once('update', done));
		if (title.length > 80) title.delete(0, title.length);
		else title.insert(0, 'x');
		await arrived;
		waited.push(performance.now() - began);
		await wait(10);
	}
	waited.sort((one, other) => one - other);
	return { p50: waited[edits >> 1]!, p95: waited[Math.floor(edits * 0.95)]! };
}
