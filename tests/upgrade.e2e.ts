import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caller, get } from './callers.ts';
import { expect, test } from './people.ts';
import { rows } from './records.ts';
import { type RunningServer, startServer } from './server.ts';
import { walk } from './upgrade/crawler.ts';
import { unpack, versions } from './upgrade/databases.ts';

/* The database of every landed version opens under today's program, and all its pages answer. */

test.describe.configure({ mode: 'parallel' });

const chair = 'P03';
/**
 * The board's chair and a member, the decision maker, and who looks after the server where there
 * is one.
 */
const people = `SELECT code FROM person WHERE code IN ('${chair}', 'P05') OR decides OR administrator`;
const search = '/search?q=synfaring';
const starts = ['/', '/settings', search];
/** Pages of a kind that the chair opens, and of cases all; the others open one of each kind. */
const most = 3;
const wholly = /^\/cases\/S-[^/?]+$/;
const nothing = /$^/;
/** The day after those databases were left. */
const clock = '2026-11-24T08:00:00Z';

for (const version of versions)
	test(`the database of ${version} opens, and all its pages answer`, async () => {
		test.setTimeout(120_000);
		const data = mkdtempSync(join(tmpdir(), 'samrad-'));
		let server: RunningServer | null = null;
		try {
			unpack(version, data);
			server = await startServer({ data, clock });
			// A sentence that came with the latest version.
			const words = "SELECT code FROM choice WHERE list = 'sentence' AND code = 'recused_several'";
			expect(rows(server, words)).toHaveLength(1);
			const cases = rows(server, 'SELECT code FROM case_card').map(({ code }) => `/cases/${code}`);
			for (const person of rows(server, people).map(({ code }) => String(code))) {
				const who = await caller(server, person);
				const all = person === chair;
				const { visited, faults } = await walk(who, starts, all ? most : 1, all ? wholly : nothing);
				expect.soft(faults, `what ${person} is led to`).toEqual([]);
				if (!all) continue;
				expect(visited).toEqual(expect.arrayContaining(cases));
				expect(visited.length).toBeGreaterThan(80);
				// What was written under the old version is found.
				expect(await (await get(who, search)).text()).toContain('href="/actions/O-25"');
			}
			const lines = server.output().split('\n');
			expect(lines.filter((line) => line.includes('"level":"fault"'))).toEqual([]);
		} finally {
			await server?.stop();
			rmSync(data, { recursive: true, force: true });
		}
	});
