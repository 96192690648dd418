import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface RunningServer {
	/** `http://127.0.0.1:<port>` */
	url: string;
	port: number;
	/** Of the process that runs now. */
	readonly pid: number;
	/** The folder of the database. */
	data: string;
	/** Ends it in order (SIGTERM) and removes the folder, unless it was the caller's. */
	stop(): Promise<void>;
	/** Ends it as a power cut would (SIGKILL); data and port are kept for restart(). */
	kill(): Promise<void>;
	/** Starts it again on the same data and port; ends it in order first if it still runs. */
	restart(): Promise<void>;
	/** The process that runs now; it takes messages when something was loaded before it. */
	readonly process: ChildProcess;
	/** Everything it has printed, over all its lives. */
	output(): string;
}

export interface ServerOptions {
	/** The moment that it is at start, in ISO 8601; null: what the machine says, as in production. */
	clock?: string | null;
	data?: string;
	port?: number;
	/** Further variables of its environment. */
	env?: Record<string, string>;
	/** Modules that Node loads before the server: a probe in its process. */
	imports?: string[];
}

/** A Monday morning, in the middle of the demo's meetings. */
export const demoClock = '2026-11-23T08:00:00Z';

/**
 * The stories' demo, as tests/tools/stories.ts has loaded it; servers of others start from
 * nothing.
 */
const prepared = process.env.SAMRAD_TEST_DEMO;
const project = join(dirname(fileURLToPath(import.meta.url)), '..');
const patience = 30_000;

/** Starts the built server in demo mode and waits until it says that it is well. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
	const port = options.port ?? (await freePort());
	const data = options.data ?? (await mkdtemp(join(tmpdir(), 'samrad-')));
	const moment = options.clock === undefined ? demoClock : options.clock;
	if (moment === demoClock && !options.env?.ORIGIN) await furnish(data);
	const url = `http://127.0.0.1:${port}`;
	const lives: string[] = [];
	const imports = options.imports ?? [];
	let child: ChildProcess;

	const start = async () => {
		child = spawn(
			process.execPath,
			[...imports.flatMap((file) => ['--import', file]), 'src/server.js'],
			{
				cwd: project,
				env: {
					...withoutOurs(process.env),
					PORT: String(port),
					SAMRAD_DATA: data,
					...(moment === null ? {} : { SAMRAD_CLOCK: moment }),
					...options.env
				},
				stdio: ['ignore', 'pipe', 'pipe', ...(imports.length > 0 ? ['ipc' as const] : [])]
			}
		);
		const life = child;
		const killWithUs = () => life.kill('SIGKILL');
		process.once('exit', killWithUs);
		life.once('exit', () => process.off('exit', killWithUs));
		const index = lives.push('') - 1;
		const hear = (chunk: Buffer) => (lives[index] = `${lives[index]}${chunk}`);
		life.stdout?.on('data', hear);
		life.stderr?.on('data', hear);
		await untilWell(url, life, () => lives[index] ?? '');
	};
	const end = async (signal: NodeJS.Signals) => {
		if (hasEnded(child)) return;
		const ended = once(child, 'exit');
		child.kill(signal);
		await ended;
	};

	const tidy = async () => {
		if (!options.data) await rm(data, { recursive: true, force: true });
	};

	await start().catch(async (error: unknown) => {
		await tidy();
		throw error;
	});
	return {
		url,
		port,
		get pid() {
			return child.pid ?? 0;
		},
		get process() {
			return child;
		},
		data,
		stop: async () => {
			await end('SIGTERM');
			await tidy();
		},
		kill: () => end('SIGKILL'),
		restart: async () => {
			await end('SIGTERM');
			await start();
		},
		output: () => lives.join('')
	};
}

/**
 * Puts a copy of the demo into a folder that is empty, so that the server need not load it: half
 * the time that its start takes.
 */
async function furnish(folder: string): Promise<void> {
	if (prepared && (await readdir(folder)).length === 0)
		await cp(prepared, folder, { recursive: true });
}

/** What a developer's shell has set must not reach the stories. */
function withoutOurs(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const { ORIGIN: _o, HOST: _h, SAMRAD_MODE: _m, SAMRAD_METRICS_TOKEN: _t, ...rest } = env;
	const { SAMRAD_SMTP: _s, SAMRAD_MAIL_FROM: _f, SAMRAD_CLOCK: _c, ...others } = rest;
	return others;
}

function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null;
}

async function untilWell(url: string, child: ChildProcess, output: () => string): Promise<void> {
	const end = Date.now() + patience;
	while (Date.now() < end) {
		if (hasEnded(child)) throw new Error(`The server ended before it was ready:\n${output()}`);
		await wait(50);
		// Somebody else's server may hold the port: only after its own line is it ours that answers.
		if (!output().includes(`Samråd: ${url}`)) continue;
		const signal = AbortSignal.timeout(2_000);
		const answer = await fetch(`${url}/healthz`, { signal }).catch(() => null);
		if (answer?.status === 200) return;
	}
	child.kill('SIGKILL');
	throw new Error(`The server was not ready within ${patience / 1000} s:\n${output()}`);
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await once(probe, 'listening');
	const { port } = probe.address() as AddressInfo;
	probe.close();
	await once(probe, 'close');
	return port;
}
