import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { closeDatabase, connect, use } from '../../src/lib/server/db/index.ts';
import { migrate, readMigrations } from '../../src/lib/server/db/migrate.ts';
import { loadDemo } from '../../src/lib/server/demo/load.ts';
import * as clock from '../../src/lib/server/platform/clock.ts';
import * as upkeep from '../../src/lib/server/search-index/upkeep.ts';
import * as documents from '../../src/lib/server/start/documents.ts';
import { type Page, pages } from './registers/pages.ts';
import { amounts, seedAll } from './registers/seed.ts';

/*
 * How long the server takes over what the pages ask of their keepers, with 5,000 cases, 20,000
 * actions and 5,000 decisions in a database on the disk. Fails when the slowest twentieth of any
 * of them takes too long on the clock. The processor's time stands beside it: where the two part,
 * other programs wanted it too. `-- cases` measures only the pages with that in their name,
 * RUNS=3 each three times.
 */
const runs = Number(process.env.RUNS ?? 30);
/** Milliseconds that a page may take at p95. */
const limits: Record<string, number> = { '/actions': 100, '/decisions': 100 };
const limitOf = (page: string) => limits[page.split(' ')[0] ?? ''] ?? 200;
const only = process.argv[2] ?? '';

interface Figure {
	page: string;
	rows: number;
	total: number;
	/** On the clock, and of the processor: they part where other programs want it too. */
	times: number[];
	work: number[];
}

function measure({ name, load }: Page): Figure {
	for (let warm = 0; warm < Math.min(3, runs - 1); warm++) load();
	const figure: Figure = { page: name, rows: 0, total: 0, times: [], work: [] };
	for (let run = 0; run < runs; run++) {
		const start = performance.now();
		const before = process.cpuUsage();
		Object.assign(figure, load());
		const { user, system } = process.cpuUsage(before);
		figure.times.push(performance.now() - start);
		figure.work.push((user + system) / 1000);
	}
	return figure;
}

function at(times: number[], part: number): number {
	const sorted = [...times].sort((a, b) => a - b);
	return sorted[Math.ceil(sorted.length * part) - 1] ?? 0;
}

function lineOf({ page, rows, total, times, work }: Figure): string {
	const shown = [at(times, 0.5), at(times, 0.95), at(work, 0.95)];
	const columns = shown.map((time) => time.toFixed(1).padStart(9)).join('');
	return `${columns}${`${rows}`.padStart(8)}${`${total}`.padStart(8)}  ${page}`;
}

const folder = mkdtempSync(join(tmpdir(), 'samrad-bench-'));
try {
	const database = connect(join(folder, 'samrad.db'));
	migrate(database, readMigrations('drizzle'));
	use(database);
	clock.set(Date.parse('2026-11-23T08:00:00Z'));
	documents.register();
	loadDemo();
	seedAll();
	upkeep.refresh();
	const counts = Object.entries(amounts).map(([name, count]) => `${count} ${name}`);
	console.log(`${counts.join(', ')}; ${runs} runs each`);
	console.log('   p50 ms   p95 ms  cpu p95    rows   total');
	const figures = pages()
		.filter(({ name }) => name.includes(only))
		.map((page) => {
			const figure = measure(page);
			console.log(lineOf(figure));
			return figure;
		});
	const late = figures.filter(({ page, times }) => at(times, 0.95) > limitOf(page));
	const slowest = Math.max(...figures.map(({ times }) => at(times, 0.95)));
	console.log(`The slowest page: ${slowest.toFixed(1)} ms at p95. Too slow: ${late.length}.`);
	for (const { page } of late) console.log(`${page}: it may take ${limitOf(page)} ms.`);
	console.log(`Load of the machine meanwhile: ${loadavg()[0]?.toFixed(1)}.`);
	if (late.length > 0) process.exitCode = 1;
} finally {
	closeDatabase();
	rmSync(folder, { recursive: true, force: true });
}
