import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import { draw } from './chance.ts';
import { answers, Crowd } from './crowd.ts';
import type { CrashResult, Job, LoadResult, MemoryResult, Results, TypingResult } from './jobs.ts';
import { processorTime, residentMemory } from './process.ts';
import { openAll, Seat, type Target } from './seat.ts';

/*
 * The load generator: a process of its own, on a processor of its own, that does one job at a
 * time for the bench.
 */

/** Puts the content into a server that has none yet, and sees that it is there. */
async function preload(target: Target, contents: { document: string; file: string }[]) {
	for (const { document, file } of contents) {
		const bytes = readFileSync(file);
		const seat = new Seat(target, document);
		await seat.open();
		seat.send(bytes, 1);
		const wanted = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(bytes));
		let there = false;
		while (!there) {
			const another = new Seat(target, document);
			const found = clocksOf(await another.open());
			there = [...wanted].every(([client, clock]) => (found.get(client) ?? 0) >= clock);
			another.leave();
		}
		seat.leave();
	}
	return null;
}

async function typing(target: Target, crowd: Crowd, seconds: number): Promise<TypingResult> {
	await crowd.open();
	await crowd.type(2, false);
	const before = { edits: crowd.edits, delivered: crowd.delivered, expected: crowd.expected };
	const server = processorTime(target.pid);
	const own = process.cpuUsage();
	const start = performance.now();
	await crowd.type(seconds, true);
	const lasted = performance.now() - start;
	const spent = processorTime(target.pid) - server;
	const { user, system } = process.cpuUsage(own);
	const delivered = crowd.delivered - before.delivered;
	const edits = crowd.edits - before.edits;
	const expected = crowd.expected - before.expected;
	const result = {
		edits,
		delivered,
		expected,
		propagation: crowd.propagation.summary(),
		acknowledgement: answers(target) ? crowd.acknowledgement.summary() : null,
		cost: spent / ((edits * delivered) / expected),
		serverLoad: spent / lasted,
		generatorLoad: (user + system) / 1000 / lasted
	};
	crowd.leave();
	return result;
}

async function load(target: Target, document: string): Promise<LoadResult> {
	const before = processorTime(target.pid);
	const start = performance.now();
	const seat = new Seat(target, document);
	const whole = await seat.open();
	const time = performance.now() - start;
	await wait(200);
	seat.leave();
	return { time, cost: processorTime(target.pid) - before, size: whole.byteLength };
}

async function memory(job: Job & { kind: 'memory' }): Promise<MemoryResult> {
	const { target, crowded, many, sockets } = job;
	const rested = async () => {
		await wait(4000);
		return residentMemory(target.pid);
	};
	const seats = (documents: string[]) => documents.map((document) => new Seat(target, document));
	const crowd = seats(new Array<string>(sockets).fill(crowded));
	const few = seats(new Array<string>(20).fill(crowded));
	await openAll(few);
	const empty = await rested();
	await openAll(crowd);
	const crowdedMemory = await rested();
	const each = seats(many);
	await openAll(each);
	const full = await rested();
	for (const seat of [...few, ...crowd, ...each]) seat.leave();
	const socket = (crowdedMemory - empty) / sockets;
	return { socket, document: (full - crowdedMemory) / many.length };
}

async function crash(job: Job & { kind: 'crash' }): Promise<CrashResult> {
	const { target, document, clients, seconds } = job;
	const plan = { documents: [document], clients, typists: clients, active: 1, rate: 5 };
	const crowd = new Crowd(target, plan);
	await crowd.open();
	void crowd.type(seconds + 60, true);
	await wait(seconds * 1000 + draw(1000));
	process.kill(target.pid, 'SIGKILL');
	// What had left the server before it died may still lie in our sockets: it has been seen.
	await wait(300);
	crowd.leave();
	process.send!({ killed: true });
	const [again] = (await once(process, 'message')) as [Target];
	const fresh = new Seat(again, document);
	const found = clocksOf(await fresh.open());
	fresh.leave();
	const result = { sent: 0, acked: 0, seen: 0, lostSent: 0, lostAcked: 0, lostSeen: 0 };
	for (const { typist } of crowd.typists) {
		typist.endings.forEach((edit, clock) => {
			const lost = Number(clock >= (found.get(typist.client) ?? 0));
			result.sent++;
			result.lostSent += lost;
			if (edit.acked) result.acked++;
			if (edit.acked) result.lostAcked += lost;
			if (edit.seen > 0) result.seen++;
			if (edit.seen > 0) result.lostSeen += lost;
		});
	}
	return result;
}

function clocksOf(update: Uint8Array): Map<number, number> {
	return Y.decodeStateVector(Y.encodeStateVectorFromUpdate(update));
}

function work(job: Job): Promise<Results[Job['kind']]> {
	switch (job.kind) {
		case 'preload':
			return preload(job.target, job.contents);
		case 'typing':
			return typing(job.target, new Crowd(job.target, job.plan), job.seconds);
		case 'load':
			return load(job.target, job.document);
		case 'memory':
			return memory(job);
		case 'crash':
			return crash(job);
	}
}

process.once('message', (job: Job) => {
	work(job)
		.then((result) => process.send!({ result }))
		.catch((error: unknown) => process.send!({ failed: String((error as Error).stack) }))
		.finally(() => process.disconnect());
});
