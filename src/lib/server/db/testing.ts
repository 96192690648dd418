import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { closeDatabase, connect, sqlite, use } from './index.ts';
import { migrate, readMigrations } from './migrate.ts';

/**
 * An empty database as it is after every migration: they are gone through once for all tests of a
 * file.
 */
let empty: Buffer | null = null;

function emptyDatabase(): Buffer {
	if (empty) return empty;
	const database = connect(':memory:');
	migrate(database, readMigrations('drizzle'));
	empty = database.serialize();
	database.close();
	return empty;
}

/** A fresh database in memory with every table: what tests use instead of mocks. */
export function openTestDatabase(): void {
	use(connect(emptyDatabase()));
}

/** The same in a file `samrad.db`; returns its folder. Both are gone when the test ends. */
export function openTestDatabaseOnDisk(): string {
	const folder = mkdtempSync(join(tmpdir(), 'samrad-'));
	const file = join(folder, 'samrad.db');
	writeFileSync(file, emptyDatabase());
	use(connect(file));
	onTestFinished(() => {
		closeDatabase();
		rmSync(folder, { recursive: true });
	});
	return folder;
}

/** The work is refused by this name, and not a byte of the database changes. */
export function expectRefused(work: () => unknown, reason: string): void {
	const before = sqlite().serialize();
	expect(work).toThrow(expect.objectContaining({ reason }));
	expect(sqlite().serialize().equals(before)).toBe(true);
}
