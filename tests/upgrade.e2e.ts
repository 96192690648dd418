import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caller } from './callers.ts';
import { expect, test } from './people.ts';
import { rows } from './records.ts';
import { startServer, type RunningServer } from './server.ts';
import { unpack, versions } from './upgrade/databases.ts';
import { patternOf, walk } from './upgrade/crawler.ts';

/* A database of every version that has been in use opens under today's program, and every page of it answers. */

test.describe.configure({ mode: 'parallel' });

/** Chair and member of the council, decision maker, and administrator where there is one. */
const people = "SELECT code FROM person WHERE code IN ('P03', 'P05') OR decides OR administrator";
/** Pages of a kind that each of them opens; of cases all. */
const most = 3;
const wholly = /^\/cases\/S-[^/?]+$/;
/** The day after those databases were left. */
const clock = '2026-11-24T08:00:00Z';

for (const version of versions)
	test(`the database of ${version} opens, and all its pages answer`, async () => {
		const data = mkdtempSync(join(tmpdir(), 'samrad-'));
		let server: RunningServer | null = null;
		try {
			unpack(version, data);
			server = await startServer({ data, clock });
			const cases = rows(server, 'SELECT code FROM case_card').map(({ code }) => `/cases/${code}`);
			for (const person of rows(server, people).map(({ code }) => String(code))) {
				const { visited, faults } = await walk(await caller(server, person), most, wholly);
				console.log(version, person, visited.length, new Set(visited.map(patternOf)).size);
				expect.soft(faults, `what ${person} is led to`).toEqual([]);
				if (person === 'P03') expect(visited).toEqual(expect.arrayContaining(cases));
			}
			const lines = server.output().split('\n');
			expect(lines.filter((line) => line.includes('"level":"fault"'))).toEqual([]);
		} finally {
			await server?.stop();
			rmSync(data, { recursive: true, force: true });
		}
	});
