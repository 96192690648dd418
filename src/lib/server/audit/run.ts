import { execFile } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import type { Actor } from '#lib/domain/may.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as log from '#lib/server/platform/log.ts';
import type { Report } from './check.ts';
import { assertReader } from './trail.ts';

/** Milliseconds that a check may take. */
const patience = 60_000;

/**
 * Has the command `npm run verify` go through the trail, in a process of its own: those who type
 * meanwhile do not wait for it. Null when it could not be done. Refuses not_found.
 */
export function run(actor: Actor): Promise<Report | null> {
	assertReader(actor);
	const env = { ...process.env, SAMRAD_DATA: dirname(sqlite().name) };
	const options = { env, timeout: patience, maxBuffer: 16 * 1024 * 1024 };
	return new Promise((done) => {
		execFile(
			process.execPath,
			[resolve('src/lib/server/audit/command.ts'), '--json'],
			options,
			(error, output) => {
				const report = read(output);
				if (report === null) log.fault('audit.check', error);
				done(report);
			}
		);
	});
}

function read(output: string): Report | null {
	try {
		return JSON.parse(output) as Report;
	} catch {
		return null;
	}
}
