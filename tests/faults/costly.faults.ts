import { afterAll, beforeAll, expect, test } from 'vitest';
import { Close } from '../../src/lib/domain/wire.ts';
import type { Caller } from '../callers.ts';
import { update } from '../peers.ts';
import { type Answer, Attacker } from './attacker.ts';
import { Chance, isLong, longestStall, seed, tell } from './chance.ts';
import { Client } from './client.ts';
import { doSomething } from './commands.ts';
import { type CostlyKind, costlyKinds, costlyUpdate } from './costly.ts';
import { callers, fingerprint, type Room, rooms } from './municipality.ts';
import { type ProbedServer, startProbed } from './probed.ts';

const frames = isLong ? 60 : 6;

let server: ProbedServer;
let people: Map<string, Caller>;
/** Texts: the first of them is open at the witness's. */
let places: Room[];
let witness: Client;
/** One for all kinds: no frame is to bring what another has brought. */
const chance = new Chance(seed);

beforeAll(async () => {
	server = await startProbed();
	places = rooms(server).filter(({ kind }) => kind === 'item');
	people = await callers(
		server,
		places.flatMap(({ writers }) => writers)
	);
	witness = await new Client(people.get(places[0]!.writers[0]!)!, places[0]!.room).synced();
	for (let time = 0; time < 50; time++) doSomething('item', witness.doc, chance);
	await witness.saved();
});
afterAll(async () => {
	witness.leave();
	await server.stop();
});

/** Sends so many, one at a time; what came of them, and how long others were kept. */
async function send(kind: CostlyKind, place: Room, most?: number) {
	const attacker = new Attacker(people.get(place.writers[1]!)!, place.room);
	const answers = new Set<Answer>();
	await server.begin();
	for (let sent = 0; sent < frames; sent++)
		answers.add(await attacker.send(update(costlyUpdate(chance, kind, most))));
	const { stall, busy } = await server.measure();
	attacker.leave();
	tell('dear', {
		kind,
		structs: most ?? 'a full frame',
		frames,
		answers: [...answers].join(),
		'longest stall ms': Math.round(stall),
		'of it computing ms': Math.round(busy)
	});
	return { answers: [...answers], busy };
}

test.each(costlyKinds)(
	'a sound frame that is dear is refused before it costs: %s',
	async (kind) => {
		const before = fingerprint(server);
		const { answers, busy } = await send(kind, places[0]!);
		expect(answers).toEqual([Close.tooLarge]);
		expect(fingerprint(server)).toBe(before);
		expect(busy).toBeLessThan(longestStall);
		expect(witness.closings).toEqual([]);
	}
);

/**
 * As many of each as are just let in, into which document: what is made of many structs does not
 * leave room for others.
 */
const within: [CostlyKind, number, number][] = [
	['letters typed one after the other', 24_900, 1],
	['letters each before the last', 24_900, 0],
	['paragraphs with nothing in them', 8_200, 1],
	['every second letter of a text taken away', 8_200, 2]
];

test.each(within)('what is just let in keeps nobody waiting: %s', async (kind, most, where) => {
	const { answers, busy } = await send(kind, places[where]!, most);
	expect(answers).toContain('acknowledged');
	expect(busy).toBeLessThan(longestStall);
	expect(witness.closings).toEqual([]);
});
