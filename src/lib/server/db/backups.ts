import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';

/* The copies of the database that the server itself has made, in the folder `backup` beside it. */

function folderOf(database: Database.Database): string {
	return join(dirname(database.name), 'backup');
}

/** Makes a copy of the whole database under this name. A database in memory has none. */
export function make(database: Database.Database, name: string): void {
	if (database.memory) return;
	const folder = folderOf(database);
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	database.prepare('VACUUM INTO ?').run(join(folder, `${name}.db`));
}

/**
 * The copies that may hold something of this document (`agenda:<id>`) or this case: it is in
 * them, or they cannot be read, so that nobody knows. What was typed letter by letter cannot be
 * searched for in a file.
 */
export function holding(
	database: Database.Database,
	table: 'document' | 'case_card',
	id: string
): string[] {
	const folder = folderOf(database);
	if (database.memory || !existsSync(folder)) return [];
	return readdirSync(folder)
		.filter((name) => /\.db(-wal|-shm)?$/.test(name))
		.map((name) => join(folder, name))
		.filter((file) => !file.endsWith('.db') || mayHold(file, table, id));
}

/** Deletes copies. */
export function drop(files: string[]): void {
	for (const file of files) rmSync(file, { force: true });
}

function mayHold(file: string, table: 'document' | 'case_card', id: string): boolean {
	let copy: Database.Database | null = null;
	try {
		copy = new Database(file, { readonly: true });
		return copy.prepare(`SELECT 1 FROM ${table} WHERE id = ?`).get(id) !== undefined;
	} catch {
		return true;
	} finally {
		copy?.close();
	}
}
