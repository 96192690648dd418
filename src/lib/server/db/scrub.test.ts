import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect, sqlite, transaction } from './index.ts';
import { scrub } from './scrub.ts';
import { openTestDatabase, openTestDatabaseOnDisk } from './testing.ts';

const word = 'Kråkebolle';
const holding = (folder: string) =>
	readdirSync(folder).filter((name) => readFileSync(join(folder, name)).includes(word));

test('what has been deleted is in none of the files any more', () => {
	const folder = openTestDatabaseOnDisk();
	sqlite().exec('CREATE TABLE word (text TEXT NOT NULL) STRICT');
	sqlite().prepare('INSERT INTO word VALUES (?)').run(word);
	sqlite().exec('DELETE FROM word');
	expect(holding(folder)).toEqual(['samrad.db-wal']);
	scrub();
	expect(holding(folder)).toEqual([]);
	expect(statSync(join(folder, 'samrad.db-wal')).size).toBe(0);
});

test('somebody who reads meanwhile keeps the log from being emptied: that is said, and can be done later', () => {
	const folder = openTestDatabaseOnDisk();
	sqlite().pragma('busy_timeout = 0');
	const other = connect(join(folder, 'samrad.db'));
	other.exec('BEGIN');
	other.prepare('SELECT count(*) FROM person').get();
	sqlite().exec("CREATE TABLE word (text TEXT NOT NULL) STRICT; INSERT INTO word VALUES ('a')");
	expect(scrub).toThrow('not emptied');
	other.exec('COMMIT');
	other.close();
	scrub();
});

test('not within a transaction; in memory there is no log to empty', () => {
	openTestDatabase();
	expect(() => transaction(scrub)).toThrow();
	scrub();
});
