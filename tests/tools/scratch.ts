import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * The folder in which one run of the tests keeps everything temporary: databases, browser
 * profiles, the prepared demo. It lies
 * in memory where there is room: tests of databases in files took most of their time waiting for
 * the disk to confirm commits.
 * (What becomes of a disk is looked at in tests/faults, which stay on it.) It is removed as a
 * whole when the run ends.
 */

const prefix = 'samrad-run-';
const inMemory = '/dev/shm';
/** What two workers use at most, with a wide margin. */
const enough = 1_000_000_000;

/**
 * Makes the folder and leads every `tmpdir()` of this process and those it starts there; returns
 * what removes it.
 */
export default function openScratch(): () => void {
	const before = process.env.TMPDIR;
	const parent = hasRoom(inMemory) ? inMemory : tmpdir();
	removeAbandoned(parent);
	const folder = mkdtempSync(join(parent, `${prefix}${process.pid}-`));
	const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
	Object.assign(process.env, { TMPDIR: folder, TEMP: folder, SAMRAD_TEST_SCRATCH: folder });
	// Also when the run is interrupted.
	process.once('exit', remove);
	return () => {
		remove();
		process.off('exit', remove);
		if (before === undefined) delete process.env.TMPDIR;
		else process.env.TMPDIR = before;
	};
}

function hasRoom(folder: string): boolean {
	try {
		const { bavail, bsize } = statfsSync(folder);
		return bavail * bsize > enough;
	} catch {
		return false;
	}
}

/** What a run left that was killed: its process is no more. */
function removeAbandoned(parent: string): void {
	for (const name of readdirSync(parent)) {
		const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
		if (!pid || isRunning(Number(pid))) continue;
		const folder = join(parent, name);
		if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
	}
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// Somebody else's process answers with EPERM.
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
