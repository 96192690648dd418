import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { caseTextOf } from '../../src/lib/domain/agenda.ts';
import type { Caller } from '../callers.ts';
import { type Answer, Attacker } from './attacker.ts';
import { Chance, isLong, longestStall, seed, tell } from './chance.ts';
import { Client } from './client.ts';
import { doSomething } from './commands.ts';
import { badFrame } from './frames.ts';
import { callers, fingerprint, type Room, rooms } from './municipality.ts';
import { type ProbedServer, startProbed } from './probed.ts';

const frames = Number(process.env.FRAMES ?? (isLong ? 100_000 : 2000));
/** How many attack at the same time. */
const crowd = 24;
const MiB = 1024 * 1024;

let server: ProbedServer;
let people: Map<string, Caller>;
let place: Room;
/** Somebody who is there all the time, and is to notice nothing. */
let witness: Client;

beforeAll(async () => {
	server = await startProbed();
	place = rooms(server).find(({ kind }) => kind === 'item')!;
	people = await callers(server, place.writers);
	witness = await new Client(people.get(place.writers[0]!)!, place.room).synced();
	const chance = new Chance(seed);
	for (let time = 0; time < 200; time++) doSomething('item', witness.doc, chance);
	await witness.saved();
});
afterAll(async () => {
	witness.leave();
	await server.stop();
});

test(
	`${frames} bad frames change no document, end no process and are not remembered`,
	{ timeout: 60_000 + frames * 20 },
	async () => {
		const chance = new Chance(seed);
		const state = Y.encodeStateAsUpdate(witness.doc);
		await attack(chance.branch(), state, 500);
		const before = { ...(await stand()), pid: server.pid, ...(await server.measure()) };
		await server.begin();
		const answers = await attack(chance.branch(), state, frames);
		const after = await server.measure();

		const codes = Object.fromEntries([...answers].sort().map(([answer, n]) => [answer, n]));
		tell('fuzz', {
			frames,
			answers: JSON.stringify(codes),
			'longest stall ms': Math.round(after.stall),
			'of it computing ms': Math.round(after.busy),
			'heap MiB': `${(before.heap / MiB).toFixed(1)} → ${(after.heap / MiB).toFixed(1)}`,
			'resident MiB': `${Math.round(before.resident / MiB)} → ${Math.round(after.resident / MiB)}`
		});
		expect(server.pid).toBe(before.pid);
		expect(server.output()).not.toContain('uncaught');
		const stands = await stand();
		expect(stands.text).toBe(before.text);
		expect(stands.others).toBe(before.others);
		expect(answers.get('silence')).toBeUndefined();
		expect(after.busy).toBeLessThan(longestStall);
		expect(after.heap).toBeLessThan(before.heap + 8 * MiB);
		expect(witness.closings).toEqual([]);
		doSomething('item', witness.doc, chance);
		await witness.saved();
	}
);

/**
 * How it stands on the disk: what somebody new reads here, and every byte of everything else.
 * Here a turned bit may make a struct that never held anything, as a page sends too of what has
 * been typed and taken away; it is stored and is nothing.
 */
async function stand(): Promise<{ text: string; others: string }> {
	const reader = await new Client(people.get(place.writers[1]!)!, place.room).synced();
	const text = caseTextOf(reader.doc).toString();
	expect([...reader.doc.share.keys()]).toEqual(['text']);
	reader.leave();
	return { text, others: fingerprint(server, place.room) };
}

/** So many frames by all together; how often each answer came. */
async function attack(chance: Chance, state: Uint8Array, many: number) {
	const answers = new Map<Answer, number>();
	let left = many;
	const one = async (code: string) => {
		const attacker = new Attacker(people.get(code)!, place.room);
		while (left-- > 0) {
			const answer = await attacker.send(badFrame(chance, state));
			answers.set(answer, (answers.get(answer) ?? 0) + 1);
		}
		attacker.leave();
	};
	await Promise.all(
		Array.from({ length: crowd }, (_, at) => one(place.writers[at % place.writers.length]!))
	);
	return answers;
}
