import { afterEach, expect } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import { hashOf, origin, type SealedEntry } from './chain.ts';
import { check } from './check.ts';

/** After each test of the file: every change that was made is in the audit trail. */
export function useTrail(): void {
	afterEach(() => expect(check().findings).toEqual([]));
}

/** Writes in the database past the server. */
export const run = (query: string, ...values: unknown[]) =>
	sqlite()
		.prepare(query)
		.run(...values);
/** The trail as it stands. */
export const rows = () =>
	sqlite()
		.prepare(
			'SELECT seq, at, person, deed AS verb, thing AS subject, content, hash FROM audit ORDER BY seq'
		)
		.all() as SealedEntry[];
export const last = () => rows().at(-1)!;

/** As somebody would who can write in the database past the server, guards and all. */
export function unguarded(work: () => void): void {
	const guards = sqlite()
		.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'")
		.all() as { name: string; sql: string }[];
	for (const { name } of guards) run(`DROP TRIGGER ${name}`);
	work();
	for (const { sql } of guards) run(sql);
}

/** Writes the chain anew from a row on, so that it holds in itself. */
export function relink(from: number): void {
	let previous = rows().find(({ seq }) => seq === from - 1)?.hash ?? origin;
	for (const row of rows().filter(({ seq }) => seq >= from)) {
		previous = hashOf(row, previous);
		run('UPDATE audit SET hash = ? WHERE seq = ?', previous, row.seq);
	}
}
