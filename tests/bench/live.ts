import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crash, memory, openingCases, type Setting, typingCases } from './live/cases.ts';
import { contenders } from './live/dialect.ts';
import { openBrowser, typeOnPages } from './live/pages.ts';
import { describe, type Findings, publish } from './live/report.ts';
import { readWorld } from './live/world.ts';

/*
 * The live engine beside two others, in one go: the same clients with the same edits against this
 * server (stored before anybody sees it), @y/websocket-server (memory) and Hocuspocus (SQLite,
 * later). docs/benchmarks.md says what is measured and how; the figures there are written by
 * this. `--short` tries everything once and writes nothing; `--only=memory` runs what has that in
 * its name.
 */

const { values: options } = parseArgs({
	options: {
		short: { type: 'boolean', default: false },
		only: { type: 'string', default: '' },
		runs: { type: 'string' },
		seconds: { type: 'string' }
	}
});
const runs = Number(options.runs ?? (options.short ? 1 : 5));
const seconds = Number(options.seconds ?? (options.short ? 3 : 10));
const keys = options.short ? 20 : 60;
const wanted = (name: string) => name.toLowerCase().includes(options.only.toLowerCase());
const pageCounts = { '2 pages': 2, '12 pages': 12 };
const peers = 'tests/bench/peers';

/** The other servers and their page, with their own lock file. */
function installPeers(): void {
	if (existsSync(join(peers, 'node_modules/.page/index.html'))) return;
	for (const args of [['ci'], ['run', 'build']]) {
		const { status } = spawnSync('npm', args, { cwd: peers, stdio: 'inherit' });
		if (status !== 0) throw new Error(`npm ${args.join(' ')} in ${peers} failed.`);
	}
}

function seed(folder: string): void {
	const args = ['tests/bench/live/seed.ts', folder];
	const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
	if (status !== 0) throw new Error('The municipality could not be made.');
}

/** Adds what one run found; a failure is told and leaves a gap. */
async function note<Result>(
	list: (Result | null)[],
	name: string,
	work: () => Promise<Result>
): Promise<void> {
	try {
		const result = await work();
		console.log(`${name}: ${JSON.stringify(result)}`);
		list.push(result);
	} catch (error) {
		console.error(`${name} failed: ${(error as Error).message}`);
		list.push(null);
	}
}

const none = () => ({ ours: [], 'y-websocket': [], hocuspocus: [] });
const noneOf = <Made>(names: object, make: () => Made) =>
	Object.fromEntries(
		Object.keys(names)
			.filter(wanted)
			.map((name) => [name, make()])
	);
const findings: Findings = {
	typing: noneOf(typingCases, none),
	opening: noneOf(openingCases, none),
	memory: none(),
	crash: none(),
	pages: noneOf(pageCounts, () => ({ ours: [], hocuspocus: [] }))
};

/** Another one begins in each run, so that nobody always has the cold or the quiet machine. */
function order<Name>(all: readonly Name[], run: number): Name[] {
	const from = run % all.length;
	return [...all.slice(from), ...all.slice(0, from)];
}

async function runOnce(run: number, setting: Setting): Promise<void> {
	const named = (name: string, who: string) => `run ${run + 1}, ${name}, ${who}`;
	for (const who of order(contenders, run)) {
		for (const [name, found] of Object.entries(findings.typing))
			await note(found[who], named(name, who), () =>
				typingCases[name as keyof typeof typingCases](setting, who)
			);
		for (const [name, found] of Object.entries(findings.opening))
			await note(found[who], named(name, who), () =>
				openingCases[name as keyof typeof openingCases](setting, who)
			);
		if (wanted('memory'))
			await note(findings.memory[who], named('memory', who), () => memory(setting, who));
		if (wanted('kill'))
			await note(findings.crash[who], named('kill', who), () => crash(setting, who));
	}
	if (Object.keys(findings.pages).length > 0) await runPages(run, setting);
}

async function runPages(run: number, setting: Setting): Promise<void> {
	const browser = await openBrowser();
	for (const who of order(['ours', 'hocuspocus'] as const, run))
		for (const [name, found] of Object.entries(findings.pages))
			await note(found[who], `run ${run + 1}, ${name}, ${who}`, () =>
				typeOnPages(browser, setting, who, pageCounts[name as keyof typeof pageCounts], keys)
			);
	await browser.close();
}

if (!existsSync('build/handler.js')) throw new Error('Nothing is built: npm run build.');
installPeers();
mkdirSync('tests/.data', { recursive: true });
// On the project's own disk: a folder for temporary files may be in memory, where storing costs
// nothing.
const scratch = mkdtempSync('tests/.data/bench-');
try {
	const seeded = join(scratch, 'seeded');
	seed(seeded);
	const setting = { world: readWorld(seeded), seeded, scratch, seconds };
	for (let run = 0; run < runs; run++) await runOnce(run, setting);
	const figures = describe(findings, runs, seconds);
	console.log(figures);
	if (!options.short && options.only === '') await publish('docs/benchmarks.md', figures);
} finally {
	rmSync(scratch, { recursive: true, force: true });
}
