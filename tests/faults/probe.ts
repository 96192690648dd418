import { createRequire } from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type Database from 'better-sqlite3';

/*
 * Loaded into the server's process before the server: says how it fares there, and makes its
 * database refuse. It hears messages { id, ask, sql? } and answers { id, answer }.
 */

/** What the server's process says of itself. */
export interface Measure {
	/**
	 * The longest that its event loop has been held up since `begin`, milliseconds: as it was, and
	 * of the processor's time.
	 */
	stall: number;
	busy: number;
	/** Bytes, after everything that can be collected has been. */
	heap: number;
	resident: number;
	sockets: number;
}

/** How often the loop is looked at, milliseconds. */
const every = 5;
const delay = monitorEventLoopDelay({ resolution: every });
delay.enable();

/**
 * On a machine with other work a late timer says little; the processor's time between two of them
 * is the loop's own.
 */
let busiest = 0;
let spent = time();
setInterval(() => {
	const now = time();
	busiest = Math.max(busiest, now - spent);
	spent = now;
}, every).unref();

function time(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The connection that the server has opened, found as it sets its first pragma. */
const connections: Database.Database[] = [];
const Sqlite = createRequire(import.meta.url)('better-sqlite3') as typeof Database;
const pragma = Sqlite.prototype.pragma;
Sqlite.prototype.pragma = function (this: Database.Database, ...rest) {
	if (!connections.includes(this)) connections.push(this);
	return pragma.apply(this, rest);
};

const answers = {
	begin() {
		delay.reset();
		busiest = 0;
		return null;
	},
	async measure(): Promise<Measure> {
		for (let time = 0; time < 3; time++) {
			collect();
			await new Promise((done) => setTimeout(done, 20));
		}
		const { heapUsed, rss, external, arrayBuffers } = process.memoryUsage();
		const sockets = process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap');
		return {
			stall: delay.max / 1e6,
			busy: busiest,
			heap: heapUsed + external + arrayBuffers,
			resident: rss,
			sockets: sockets.length
		};
	},
	sql(text: string) {
		connections.filter(({ open }) => open).forEach((connection) => connection.exec(text));
		return null;
	}
};

process.on('message', async (message: { id: number; ask: keyof typeof answers; sql: string }) => {
	// What the question takes is not the server's.
	const [stall, busy] = [delay.max, busiest];
	const answer =
		message.ask === 'measure'
			? { ...(await answers.measure()), stall: stall / 1e6, busy }
			: answers[message.ask](message.sql);
	process.send?.({ id: message.id, answer });
});
process.channel?.unref();
