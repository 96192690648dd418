import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { caller } from '../../callers.ts';
import { demoClock } from '../../server.ts';
import type { Contender } from './dialect.ts';
import type { Job, Results } from './jobs.ts';
import type { Target } from './seat.ts';

/*
 * Starts the three servers as they are meant to be started, each on a processor of its own where
 * that can be had.
 */

export const canPin =
	availableParallelism() > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0;

/**
 * A program on one of the machine's processors: the server on the first, the load on the second.
 */
function pinned(
	processor: number,
	args: string[],
	options: Parameters<typeof spawn>[2]
): ChildProcess {
	if (!canPin) return spawn(process.execPath, args, options);
	return spawn('taskset', ['-c', String(processor), process.execPath, ...args], options);
}

const programs: Record<Contender, string> = {
	ours: 'src/server.js',
	'y-websocket': 'tests/bench/peers/y-websocket.js',
	hocuspocus: 'tests/bench/peers/hocuspocus.js'
};

const alive = new Set<ChildProcess>();
process.once('exit', () => alive.forEach((child) => child.kill('SIGKILL')));

export class Served {
	readonly contender: Contender;
	readonly #folder: string;
	readonly #members: string[];
	#child: ChildProcess | null = null;
	#port = 0;
	#cookies: string[] = [];

	/** `folder` is where it keeps its data; ours finds a municipality there, copied from `seeded`. */
	constructor(contender: Contender, folder: string, seeded: string, members: string[]) {
		this.contender = contender;
		this.#folder = folder;
		this.#members = members;
		mkdirSync(folder, { recursive: true });
		if (contender === 'ours') cpSync(join(seeded, 'samrad.db'), join(folder, 'samrad.db'));
	}

	get target(): Target {
		const { contender } = this;
		return { contender, port: this.#port, pid: this.#child?.pid ?? 0, cookies: this.#cookies };
	}

	get url(): string {
		return `http://127.0.0.1:${this.#port}`;
	}

	/** Starts it, again on the same data after it has ended. */
	async start(): Promise<this> {
		this.#port ||= await freePort();
		const { ORIGIN: _o, HOST: _h, SAMRAD_MODE: _m, ...env } = process.env;
		const own = { SAMRAD_DATA: this.#folder, SAMRAD_CLOCK: demoClock, DATA: this.#folder };
		const flags = process.env.BENCH_PROFILE
			? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`]
			: [];
		const child = pinned(0, [...flags, programs[this.contender]], {
			env: { ...env, ...own, PORT: String(this.#port) },
			stdio: ['ignore', 'pipe', 'inherit']
		});
		this.#child = child;
		alive.add(child);
		child.once('exit', () => alive.delete(child));
		const [line] = (await Promise.race([
			once(child.stdout!, 'data'),
			once(child, 'exit').then(() => [''])
		])) as [Buffer | string];
		if (line === '') throw new Error(`${this.contender} did not start.`);
		child.stdout!.resume();
		if (this.contender === 'ours') await this.#signIn();
		return this;
	}

	/** Ends it in order. */
	async stop(): Promise<void> {
		const child = this.#child;
		if (!child || child.exitCode !== null || child.signalCode !== null) return;
		const ended = once(child, 'exit');
		child.kill(this.contender === 'y-websocket' ? 'SIGKILL' : 'SIGTERM');
		await ended;
	}

	async remove(): Promise<void> {
		await this.stop();
		rmSync(this.#folder, { recursive: true, force: true });
	}

	async #signIn(): Promise<void> {
		await untilWell(`${this.url}/healthz`);
		const server = { url: this.url, port: this.#port } as Parameters<typeof caller>[0];
		this.#cookies = [];
		for (const code of this.#members) this.#cookies.push((await caller(server, code)).cookie);
	}
}

async function untilWell(url: string): Promise<void> {
	for (let tries = 0; tries < 300; tries++) {
		const answer = await fetch(url).catch(() => null);
		if (answer?.ok) return;
		await new Promise((done) => setTimeout(done, 50));
	}
	throw new Error('The server is not well.');
}

/** Lets the load generator do a job; `revive` starts a server again that the job has killed. */
export async function generate<Kind extends Job['kind']>(
	job: Job & { kind: Kind },
	revive?: () => Promise<Target>
): Promise<Results[Kind]> {
	const child = pinned(1, ['tests/bench/live/generator.ts'], {
		stdio: ['ignore', 'inherit', 'inherit', 'ipc']
	});
	alive.add(child);
	child.once('exit', () => alive.delete(child));
	child.send(job);
	return new Promise((resolve, reject) => {
		child.on('message', (said: { result?: Results[Kind]; failed?: string; killed?: true }) => {
			if (said.killed) revive?.().then((target) => child.send(target), reject);
			else if (said.failed !== undefined) reject(new Error(said.failed));
			else resolve(said.result as Results[Kind]);
		});
		child.once('exit', () => reject(new Error('The load generator ended without a word.')));
	});
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address() as AddressInfo;
	probe.close();
	await once(probe, 'close');
	return port;
}
