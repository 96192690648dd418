import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as backups from './backups.ts';
import { connect, sqlite } from './index.ts';
import { openTestDatabase, openTestDatabaseOnDisk } from './testing.ts';

const document = (id: string) =>
	sqlite().prepare("INSERT INTO document (id, kind, epoch) VALUES (?, 'agenda', 1)").run(id);

test('a copy holds what the database holds, in a folder that only the server reads', () => {
	const folder = openTestDatabaseOnDisk();
	document('agenda:a');
	backups.make(sqlite(), 'before');
	expect(readdirSync(join(folder, 'backup'))).toEqual(['before.db']);
	expect(statSync(join(folder, 'backup')).mode & 0o777).toBe(0o700);
	const copy = connect(join(folder, 'backup', 'before.db'));
	expect(copy.prepare('SELECT id FROM document').pluck().all()).toEqual(['agenda:a']);
	copy.close();
});

test('those that hold a document are found, and only they; they can be deleted', () => {
	const folder = openTestDatabaseOnDisk();
	expect(backups.holding(sqlite(), 'document', 'agenda:a')).toEqual([]);
	backups.make(sqlite(), 'without');
	document('agenda:a');
	backups.make(sqlite(), 'with');
	const found = backups.holding(sqlite(), 'document', 'agenda:a');
	expect(found).toEqual([join(folder, 'backup', 'with.db')]);
	backups.drop(found);
	expect(existsSync(found[0]!)).toBe(false);
	expect(existsSync(join(folder, 'backup', 'without.db'))).toBe(true);
});

test('what cannot be read may hold anything, and what SQLite leaves beside a copy too', () => {
	const folder = openTestDatabaseOnDisk();
	backups.make(sqlite(), 'whole');
	for (const name of ['broken.db', 'whole.db-wal', 'note.txt'])
		writeFileSync(join(folder, 'backup', name), 'no database');
	const found = backups
		.holding(sqlite(), 'case_card', 'none')
		.map((file) => file.split('/').at(-1));
	expect(found.sort()).toEqual(['broken.db', 'whole.db-wal']);
});

test('a database in memory has none', () => {
	openTestDatabase();
	backups.make(sqlite(), 'never');
	expect(backups.holding(sqlite(), 'document', 'agenda:a')).toEqual([]);
});
