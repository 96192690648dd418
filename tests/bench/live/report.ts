import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { format, resolveConfig } from 'prettier';
import { type Contender, contenders } from './dialect.ts';
import { ratio, shown, table } from './figures.ts';
import type { Results } from './jobs.ts';
import type { PageContender } from './pages.ts';
import type { Spread } from './samples.ts';
import { canPin } from './servers.ts';

/** What the runs found, by case; of each contender in the order of the runs. */
export interface Findings {
	typing: Record<string, Record<Contender, (Results['typing'] | null)[]>>;
	opening: Record<string, Record<Contender, (Results['load'] | null)[]>>;
	memory: Record<Contender, (Results['memory'] | null)[]>;
	crash: Record<Contender, (Results['crash'] | null)[]>;
	pages: Record<string, Record<PageContender, (Spread | null)[]>>;
}

const names: Record<Contender, string> = {
	ours: 'Samråd',
	'y-websocket': '@y/websocket-server',
	hocuspocus: 'Hocuspocus'
};
const heads = contenders.map((contender) => names[contender]);

type Pick<Result> = (result: Result) => number | undefined;

function values<Result>(results: (Result | null)[], pick: Pick<Result>): number[] {
	return results.map((result) => (result ? (pick(result) ?? NaN) : NaN));
}

function row<Result>(
	measure: string,
	found: Record<Contender, (Result | null)[]>,
	pick: Pick<Result>,
	digits: number
): string[] {
	return [measure, ...contenders.map((one) => shown(values(found[one], pick), digits))];
}

const percent = (part: number) => part * 100;

function typingTable(found: Findings['typing'][string]): string {
	const reached = ({ delivered, expected }: Results['typing']) => percent(delivered / expected);
	return table(
		['', ...heads],
		[
			row('propagation p50, ms', found, ({ propagation }) => propagation.p50, 1),
			row('propagation p95, ms', found, ({ propagation }) => propagation.p95, 1),
			row('propagation p99, ms', found, ({ propagation }) => propagation.p99, 1),
			row('acknowledgement p50, ms', found, (result) => result.acknowledgement?.p50, 1),
			row('acknowledgement p99, ms', found, (result) => result.acknowledgement?.p99, 1),
			row('server CPU per delivered edit, ms', found, ({ cost }) => cost, 2),
			row('server, % of a processor', found, ({ serverLoad }) => percent(serverLoad), 0),
			row('load generator, % of a processor', found, (one) => percent(one.generatorLoad), 0),
			row('deliveries that arrived, %', found, reached, 1)
		]
	);
}

function aimTable({ typing, pages }: Findings): string {
	const p99 = ({ propagation }: Results['typing']) => propagation.p99;
	const cost = (result: Results['typing']) => result.cost;
	const rows = Object.entries(typing).map(([name, found]) => [
		name,
		ratio(values(found.ours, p99), values(found['y-websocket'], p99)).toFixed(2),
		ratio(values(found.ours, cost), values(found.hocuspocus, cost)).toFixed(2),
		ratio(values(found.ours, cost), values(found['y-websocket'], cost)).toFixed(2)
	]);
	const over = Object.entries(pages).map(([name, found]) => [
		name,
		...(['p50', 'p95'] as const).map((part) =>
			ratio(
				values(found.ours, (spread) => spread[part]),
				values(found.hocuspocus, (spread) => spread[part])
			).toFixed(2)
		)
	]);
	const first = [
		'',
		'p99, over @y/websocket-server',
		'CPU, over Hocuspocus',
		'CPU, over @y/websocket-server'
	];
	const second = ['', 'p50, over Tiptap + Hocuspocus', 'p95, over Tiptap + Hocuspocus'];
	return `${table(first, rows)}\n\n${table(second, over)}`;
}

function openingTable(found: Findings['opening'][string]): string {
	return table(
		['', ...heads],
		[
			row('until all of it is here, ms', found, ({ time }) => time, 0),
			row('server CPU, ms', found, ({ cost }) => cost, 0),
			row('kB over the wire', found, ({ size }) => size / 1000, 0)
		]
	);
}

function memoryTable(found: Findings['memory']): string {
	return table(
		['', ...heads],
		[
			row('an idle socket, kB', found, ({ socket }) => socket / 1000, 1),
			row('a small open document with its socket, kB', found, ({ document }) => document / 1000, 1)
		]
	);
}

function crashTable(found: Findings['crash']): string {
	const total = (contender: Contender, pick: Pick<Results['crash']>) =>
		values(found[contender], pick)
			.filter(Number.isFinite)
			.reduce((sum, value) => sum + value, 0)
			.toLocaleString('en');
	const of = (lost: keyof Results['crash'], all: keyof Results['crash']) =>
		contenders.map((one) => `${total(one, (r) => r[lost])} of ${total(one, (r) => r[all])}`);
	return table(
		['', ...heads],
		[
			['lost, of those called stored', ...of('lostAcked', 'acked')],
			['lost, of those that others had seen', ...of('lostSeen', 'seen')],
			['lost, of all that were sent', ...of('lostSent', 'sent')]
		]
	);
}

function pagesTable(found: Findings['pages']): string {
	const rows = Object.entries(found).map(([name, { ours, hocuspocus }]) => [
		name,
		...[ours, hocuspocus].flatMap((results) =>
			(['p50', 'p95', 'p99'] as const).map((part) =>
				shown(
					values(results, (spread) => spread[part]),
					0
				)
			)
		)
	]);
	const parts = ['p50', 'p95', 'p99'];
	const columns = ['Samråd', 'Hocuspocus'].flatMap((name) =>
		parts.map((part) => `${name} ${part}`)
	);
	return table(['ms', ...columns], rows);
}

/** Everything that was found, as Markdown. */
export function describe(found: Findings, runs: number, seconds: number): string {
	const [processor] = cpus();
	const memory = Math.round(totalmem() / 2 ** 30);
	const pinned = canPin
		? 'server on one processor, load generator on another'
		: 'server and load generator on whatever processor there was';
	const part = (name: string, body: string) => `### ${name}\n\n${body}`;
	const any = (found: object) => Object.values(found).some((list: unknown[]) => list.length > 0);
	return [
		`Machine: ${cpus().length} processors (${processor?.model.trim() ?? 'unknown'}), ${memory} GiB, ${process.platform}, Node ${process.versions.node}; ${pinned}.`,
		`Runs: ${runs}, ${seconds} s of typing measured in each; median (least–most).`,
		part(
			'What was aimed at',
			`Medians of the ratios within each run. Aims: p99 at most 1, CPU over Hocuspocus at most 0.5, pages at most 1.25.\n\n${aimTable(found)}`
		),
		...Object.entries(found.typing).map(([name, one]) => part(name, typingTable(one))),
		...Object.entries(found.opening).map(([name, one]) =>
			part(`Opening: ${name}`, openingTable(one))
		),
		any(found.memory) ? part('Memory', memoryTable(found.memory)) : '',
		any(found.crash) ? part('Killed while 20 people type (kill -9)', crashTable(found.crash)) : '',
		Object.keys(found.pages).length > 0
			? part('In a browser: from the key to the frame on another page', pagesTable(found.pages))
			: ''
	]
		.filter((text) => text !== '')
		.join('\n\n');
}

const [begin, end] = ['<!-- figures -->', '<!-- end of figures -->'];

/** Puts the figures in their place in the document; what people have written around them stays. */
export async function publish(file: string, figures: string): Promise<void> {
	const text = readFileSync(file, 'utf8');
	const [from, to] = [text.indexOf(begin), text.indexOf(end)];
	if (from < 0 || to < from) throw new Error(`${file} has no place for figures.`);
	const whole = `${text.slice(0, from)}${begin}\n\n${figures}\n\n${text.slice(to)}`;
	writeFileSync(file, await format(whole, { ...(await resolveConfig(file)), filepath: file }));
}
