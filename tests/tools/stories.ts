import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoClock } from '../server.ts';
import openScratch from './scratch.ts';

const minute = 60_000;

/**
 * Before the stories: a folder for everything temporary, and in it the demo, loaded once, for
 * every server to begin with a copy.
 */
export default function prepare(): () => void {
	const remove = openScratch();
	const demo = join(tmpdir(), 'demo');
	mkdirSync(demo);
	// Nothing in it lies in the stories' future.
	const moment = new Date(Date.parse(demoClock) - minute).toISOString();
	execFileSync(process.execPath, ['tests/tools/demo.ts', demo, moment], { stdio: 'inherit' });
	process.env.SAMRAD_TEST_DEMO = demo;
	return remove;
}
