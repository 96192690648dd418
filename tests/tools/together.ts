import { spawn } from 'node:child_process';

/*
 * node tests/tools/together.ts "messages check" "lint format:check": each argument is a row of
 * npm scripts, done one after the other;
 * the rows are done beside each other. Ours rather than npm-run-all2's or concurrently's, which
 * do either and mix what is printed,
 * because it is forty lines: each script's output comes whole when it ends, and one that fails
 * ends all.
 */

const rows = process.argv.slice(2).map((row) => row.split(' '));
const running = new Set<ReturnType<typeof spawn>>();
let failed = false;

async function run(script: string): Promise<void> {
	const began = performance.now();
	const posix = process.platform !== 'win32';
	// A group of its own, so that what npm starts ends with it.
	const child = spawn('npm', ['run', '--silent', script], { shell: !posix, detached: posix });
	running.add(child);
	const printed: Buffer[] = [];
	child.stdout.on('data', (chunk: Buffer) => printed.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => printed.push(chunk));
	const code = await new Promise<number | null>((done) => {
		child.once('error', () => done(null));
		child.once('close', done);
	});
	running.delete(child);
	if (failed) return;
	const seconds = ((performance.now() - began) / 1000).toFixed(1);
	process.stdout.write(`\n> ${script}: ${code === 0 ? 'done' : 'FAILED'} in ${seconds} s\n`);
	process.stdout.write(Buffer.concat(printed));
	if (code !== 0) fail();
}

function fail(): void {
	failed = true;
	process.exitCode = 1;
	for (const child of running) end(child);
}

function end({ pid }: { pid?: number | undefined }): void {
	try {
		if (pid) process.kill(process.platform === 'win32' ? pid : -pid, 'SIGTERM');
	} catch {
		// It has ended by itself.
	}
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, fail);
await Promise.all(
	rows.map(async (row) => {
		for (const script of row) if (!failed) await run(script);
	})
);
