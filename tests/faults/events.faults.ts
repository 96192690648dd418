import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { Close, eventsPath } from '../../src/lib/domain/wire.ts';
import { type Caller, dial } from '../callers.ts';
import { personId, rows } from '../records.ts';
import { Chance, isLong, longestStall, seed, tell } from './chance.ts';
import { until } from './client.ts';
import { badWish } from './events-frames.ts';
import { callers, fingerprint } from './municipality.ts';
import { type ProbedServer, startProbed } from './probed.ts';

const frames = Number(process.env.FRAMES ?? (isLong ? 20_000 : 1500));
/** How many attack at the same time. */
const crowd = 12;
const MiB = 1024 * 1024;

/** Somebody of one forum only, and the one whose topics are not theirs. */
const [outsider, secretary] = ['P18', 'P03'];

let server: ProbedServer;
let people: Map<string, Caller>;
/** Topics that exist, and that the outsider may not hear of. */
let others: string[];

beforeAll(async () => {
	server = await startProbed();
	people = await callers(server, [outsider, secretary]);
	const cases = rows(server, 'SELECT id FROM case_card ORDER BY id LIMIT 20');
	others = [
		`person:${personId(server, secretary)}`,
		...cases.map(({ id }) => `case:${String(id)}`)
	];
});
afterAll(() => server.stop());

/** A socket that notes what it hears. */
class Listener {
	readonly socket: WebSocket;
	readonly heard: string[] = [];
	readonly codes: number[] = [];

	constructor(who: Caller) {
		this.socket = dial(who, eventsPath).on('error', () => {});
		this.socket.on('message', (data: Buffer) => this.heard.push(data.toString()));
		this.socket.on('close', (code) => this.codes.push(code));
	}

	async opened(): Promise<void> {
		await until(() => this.socket.readyState > 0 || this.codes.length > 0, 'a socket of events');
	}

	/**
	 * Asks for a topic that there is none of: the answer comes after everything before it has been
	 * read.
	 */
	async answered(marker: string): Promise<number | 'answered'> {
		this.socket.send(JSON.stringify({ subscribe: [marker] }));
		await until(() => this.codes.length > 0 || this.heard.some((one) => one.includes(marker)));
		return this.codes[0] ?? 'answered';
	}
}

test(
	`${frames} bad frames on the socket of events: it closes or says no, tells nothing and remembers nothing`,
	{ timeout: 60_000 + frames * 20 },
	async () => {
		const chance = new Chance(seed);
		const witness = new Listener(people.get(secretary)!);
		await witness.opened();
		const own = `person:${personId(server, secretary)}`;
		witness.socket.send(JSON.stringify({ subscribe: [own] }));
		expect(await witness.answered('none:before')).toBe('answered');
		await attack(chance.branch(), 300);
		const before = { ...(await server.measure()), sum: fingerprint(server), pid: server.pid };

		await server.begin();
		const answers = await attack(chance.branch(), frames);
		const after = await server.measure();

		const codes = Object.fromEntries([...answers].sort().map(([answer, n]) => [answer, n]));
		tell('events', {
			frames,
			answers: JSON.stringify(codes),
			'longest stall ms': Math.round(after.stall),
			'of it computing ms': Math.round(after.busy),
			'heap MiB': `${(before.heap / MiB).toFixed(1)} → ${(after.heap / MiB).toFixed(1)}`
		});
		const known: unknown[] = ['answered', Close.malformed, Close.tooLarge, Close.tooFast];
		expect([...answers.keys()].filter((answer) => !known.includes(answer))).toEqual([]);
		expect(server.pid).toBe(before.pid);
		expect(server.output()).not.toContain('uncaught');
		expect(fingerprint(server)).toBe(before.sum);
		expect(after.busy).toBeLessThan(longestStall);
		expect(after.heap).toBeLessThan(before.heap + 8 * MiB);
		expect(await witness.answered('none:after')).toBe('answered');
		witness.socket.terminate();
	}
);

/**
 * So many frames by all together; how often each answer came. Nobody hears of anything that has
 * changed.
 */
async function attack(chance: Chance, many: number): Promise<Map<number | 'answered', number>> {
	const answers = new Map<number | 'answered', number>();
	let [left, asked] = [many, 0];
	const one = async () => {
		let listener: Listener | null = null;
		let sent = 0;
		while (left-- > 0) {
			if (!listener || listener.codes.length > 0 || sent >= 20) {
				listener?.socket.terminate();
				listener = new Listener(people.get(outsider)!);
				sent = 0;
				await listener.opened();
			}
			const { data, binary } = badWish(chance, others);
			listener.socket.send(data, { binary });
			sent++;
			const answer = await listener.answered(`none:${++asked}`);
			answers.set(answer, (answers.get(answer) ?? 0) + 1);
			expect(listener.heard.filter((said) => !said.startsWith('{"refused"'))).toEqual([]);
			listener.heard.length = 0;
		}
		listener?.socket.terminate();
	};
	await Promise.all(Array.from({ length: crowd }, one));
	return answers;
}
