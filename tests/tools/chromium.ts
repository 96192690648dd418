import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

/*
 * The stories need a Chromium. Run by itself, this makes sure that there is one: it looks, then
 * lets Playwright download its own, then (as root on Debian) installs the package, then gives up
 * in one sentence.
 */
const minute = 60_000;

/** The same engine without the window around it: the stories take two thirds of the time. */
const shell = 'chromium-headless-shell';
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const elsewhere = [
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/snap/bin/chromium',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
	'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe'
];

/**
 * The path of a Chromium that starts: CHROMIUM_PATH, the shell, Playwright's own, or the
 * system's; null when there is none.
 */
export function findChromium(): string | null {
	const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)].filter(Boolean);
	const candidates = [
		process.env.CHROMIUM_PATH,
		...folders.map((folder) => join(folder, shell)),
		chromium.executablePath(),
		...folders.flatMap((folder) => names.map((name) => join(folder, name))),
		...elsewhere
	];
	return candidates.find((path) => path && existsSync(path) && starts(path)) ?? null;
}

/** A browser may be there and lack its libraries. (On Windows the question would open a window.) */
function starts(path: string): boolean {
	if (process.platform === 'win32') return true;
	return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: minute / 2 }).status === 0;
}

/** Runs a command, its output to be read, for so many milliseconds at most. */
function run(command: string, args: string[], timeout: number): boolean {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const done = spawnSync(command, args, { stdio: 'inherit', timeout, killSignal: 'SIGKILL', env });
	return done.status === 0;
}

function download(): void {
	const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
	run(process.execPath, [cli, 'install', 'chromium'], 3 * minute);
}

function installPackage(): void {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
	if (!run('apt-get', ['update'], 3 * minute)) return;
	const install = ['install', '-y', '--no-install-recommends'];
	if (!run('apt-get', [...install, shell], 5 * minute))
		run('apt-get', [...install, 'chromium'], 5 * minute);
}

function provide(): string | null {
	for (const attempt of [() => undefined, download, installPackage]) {
		attempt();
		const found = findChromium();
		if (found) return found;
	}
	return null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const found = provide();
	if (found?.includes(shell)) console.log(`Chromium: ${found}`);
	else if (found) console.log(`Chromium: ${found} (with ${shell} the stories are done sooner)`);
	else
		console.error(
			'The browser stories need a Chromium, and none was found or could be installed: install one, or set CHROMIUM_PATH to it.'
		);
	process.exitCode = found ? 0 : 1;
}
