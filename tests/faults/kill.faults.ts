import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { agendaItems, readAll } from '../../src/lib/domain/agenda.ts';
import type { Caller } from '../callers.ts';
import { type RunningServer, startServer } from '../server.ts';
import { Chance, isLong, seed, tell } from './chance.ts';
import { Client, missing, until } from './client.ts';
import { doSomething } from './commands.ts';
import { callers, type Room, rooms } from './municipality.ts';

const rounds = Number(process.env.ROUNDS ?? (isLong ? 100 : 3));
/** Clients of one room. */
const crowd = 5;
/** Milliseconds after which the power goes, at the most. */
const longest = 700;

let server: RunningServer;
let people: Map<string, Caller>;
let places: Room[];

beforeAll(async () => {
	server = await startServer();
	const all = rooms(server);
	const some = (kind: string, count: number) =>
		all.filter((one) => one.kind === kind).slice(0, count);
	places = [...some('agenda', 2), ...some('item', 3)];
	people = await callers(
		server,
		places.flatMap(({ writers }) => writers)
	);
});
afterAll(() => server.stop());

test(
	`killed ${rounds} times while people write, the server loses nothing that it has acknowledged or shown`,
	{ timeout: rounds * 30_000 },
	async () => {
		const chance = new Chance(seed);
		const total = { acknowledged: 0, seen: 0, lost: 0 };
		for (let round = 1; round <= rounds; round++) {
			const clients = await gather(chance);
			const stop = letWrite(clients, chance);
			await wait(chance.below(longest));
			// Now and then a room empties right then, and its log is being put together.
			if (chance.once(3)) clients.filter((_, at) => at % places.length < 3).forEach(leave);
			await wait(chance.below(4));
			await server.kill();
			stop();
			// What it had said is still on its way to them; then they are gone, with all that they had.
			await until(() => clients.every((client) => !client.isThere), 'every socket to end');
			clients.forEach(leave);
			await server.restart();
			total.lost += await judge(clients, `round ${round}`);
			total.acknowledged += sum(clients.map(({ acknowledged }) => acknowledged.length));
			total.seen += sum(clients.map(({ seen }) => seen.length));
		}
		tell('kill -9', { rounds, ...total });
		expect(total.lost, 'promised and lost').toBe(0);
		expect(total.acknowledged).toBeGreaterThan(rounds * 20);
		expect(total.seen).toBeGreaterThan(rounds * 20);
	}
);

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
const leave = (client: Client) => client.leave();

async function gather(chance: Chance): Promise<Client[]> {
	const clients = Array.from({ length: crowd }, () =>
		places.map(({ room, writers }) => new Client(people.get(chance.of(writers))!, room))
	).flat();
	// Some begin at once, others are here for a while first.
	await Promise.all(clients.map((client) => client.synced()));
	return clients;
}

/** Everybody writes, each at a pace of their own, and asks now and then whether it is stored. */
function letWrite(clients: Client[], chance: Chance): () => void {
	let over = false;
	const timers = new Set<NodeJS.Timeout>();
	for (const client of clients) {
		const own = chance.branch();
		const kind = client.room.split(':', 1)[0]!;
		const pace = 4 + own.below(30);
		const again = () => {
			if (over || !client.isThere) return;
			doSomething(kind, client.doc, own);
			if (own.once(2)) client.ask();
			timers.add(setTimeout(again, own.below(2 * pace)));
		};
		again();
	}
	return () => {
		over = true;
		timers.forEach(clearTimeout);
	};
}

/** How much of what was promised is not there, read by somebody new while nobody else is in. */
async function judge(clients: Client[], when: string): Promise<number> {
	let lost = 0;
	for (const { room, writers } of places) {
		const reader = await new Client(people.get(writers[0]!)!, room).synced();
		const state = Y.encodeStateAsUpdate(reader.doc);
		const twice = doubled(reader.doc);
		reader.leave();
		expect(twice, `${when}: lines that stand twice`).toEqual([]);
		const here = clients.filter((client) => client.room === room);
		for (const { acknowledged, seen } of here) {
			const gone = missing([...acknowledged, ...seen], state).length;
			if (gone > 0) console.log(`${when}: ${gone} edits of ${room} are gone (SEED=${seed})`);
			lost += gone;
		}
	}
	return lost;
}

/** Ids of items that the list shows more than once, or that it has and does not show. */
function doubled(doc: Y.Doc): string[] {
	const shown = readAll(doc).map(({ id }) => id);
	const held = [...agendaItems(doc).keys()];
	return [
		...shown.filter((id, at) => shown.indexOf(id) !== at),
		...held.filter((id) => !shown.includes(id))
	];
}
