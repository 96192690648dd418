import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { connect } from './index.ts';
import { migrate, type Migration, readMigrations } from './migrate.ts';

const family: Migration = {
	name: '0000_family.sql',
	sql: `CREATE TABLE parent (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
--> statement-breakpoint
CREATE TABLE child (id TEXT PRIMARY KEY, parent TEXT NOT NULL REFERENCES parent(id) ON DELETE CASCADE) STRICT;`
};

/** What drizzle-kit writes when a column changes: a new table, a copy, a drop, a rename. */
const rebuild: Migration = {
	name: '0001_rebuild.sql',
	sql: `CREATE TABLE __new_parent (id TEXT PRIMARY KEY, name TEXT) STRICT;
--> statement-breakpoint
INSERT INTO __new_parent SELECT id, name FROM parent;
--> statement-breakpoint
DROP TABLE parent;
--> statement-breakpoint
ALTER TABLE __new_parent RENAME TO parent;`
};

function familyOnDisk() {
	const database = connect(join(mkdtempSync(join(tmpdir(), 'samrad-')), 'samrad.db'));
	migrate(database, [family]);
	database.exec("INSERT INTO parent VALUES ('p', 'P'); INSERT INTO child VALUES ('c', 'p')");
	return database;
}

function familyWith(migration: Migration) {
	const database = familyOnDisk();
	migrate(database, [family, migration]);
	return database;
}

describe('migrations', () => {
	test('the rebuild of a parent table loses no child row', () => {
		const database = familyOnDisk();
		migrate(database, [family, rebuild]);
		expect(database.prepare('SELECT count(*) FROM child').pluck().get()).toBe(1);
		expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
	});

	test('the same rebuild with foreign keys on would have lost it: the trap is real', () => {
		const database = familyOnDisk();
		for (const statement of rebuild.sql.split('--> statement-breakpoint')) database.exec(statement);
		expect(database.prepare('SELECT count(*) FROM child').pluck().get()).toBe(0);
	});

	test('a backup is made before a database with content is changed', () => {
		const database = familyOnDisk();
		migrate(database, [family, rebuild]);
		const backups = readdirSync(join(database.name, '..', 'backup'));
		expect(backups).toHaveLength(1);
		const copy = connect(join(database.name, '..', 'backup', backups[0]!));
		expect(copy.prepare('SELECT count(*) FROM child').pluck().get()).toBe(1);
	});

	test('a migration that loses rows without saying so is undone', () => {
		const database = familyOnDisk();
		const damageNotice = { name: '0001_loss.sql', sql: 'DELETE FROM child;' };
		expect(() => migrate(database, [family, damageNotice])).toThrow('child had 1 rows');
		expect(database.prepare('SELECT count(*) FROM child').pluck().get()).toBe(1);
	});

	test('a migration that says which rows it deletes may', () => {
		const database = familyOnDisk();
		const damageNotice = {
			name: '0001_loss.sql',
			sql: '-- deletes rows of: child\nDELETE FROM child;'
		};
		migrate(database, [family, damageNotice]);
		expect(database.prepare('SELECT count(*) FROM child').pluck().get()).toBe(0);
	});

	test('a migration that adds rows says so, and may not lose any', () => {
		const database = familyOnDisk();
		const birth = "INSERT INTO child VALUES ('d', 'p');";
		const unsaid = { name: '0001_birth.sql', sql: birth };
		expect(() => migrate(database, [family, unsaid])).toThrow('child had 1 rows and has 2');
		const damageNotice = {
			name: '0001_loss.sql',
			sql: '-- adds rows to: child\nDELETE FROM child;'
		};
		expect(() => migrate(database, [family, damageNotice])).toThrow('child had 1 rows and has 0');
		const said = { ...unsaid, sql: `-- adds rows to: child\n${birth}` };
		migrate(database, [family, said]);
		expect(database.prepare('SELECT count(*) FROM child').pluck().get()).toBe(2);
	});

	test('a rebuild that loses a trigger or an index is undone, unless it is dropped by name', () => {
		const guarded = {
			name: '0001_guarded.sql',
			sql: `CREATE TRIGGER parent_stays BEFORE DELETE ON parent BEGIN SELECT RAISE(ABORT, 'stays'); END;
--> statement-breakpoint
CREATE INDEX parent_name ON parent (name);`
		};
		const database = familyWith(guarded);
		const later = { name: '0002_rebuild.sql', sql: rebuild.sql };
		expect(() => migrate(database, [family, guarded, later])).toThrow(
			'0002_rebuild.sql loses parent_stays, parent_name.'
		);
		const another = { ...later, sql: `${rebuild.sql};${guarded.sql.replace("'stays'", "'goes'")}` };
		expect(() => migrate(database, [family, guarded, another])).toThrow('loses parent_stays');
		const kept = { ...later, sql: `${later.sql}--> statement-breakpoint\n${guarded.sql}` };
		const dropped = {
			...later,
			sql: `DROP TRIGGER parent_stays; DROP INDEX parent_name;${later.sql}`
		};
		migrate(familyWith(guarded), [family, guarded, dropped]);
		migrate(database, [family, guarded, kept]);
		expect(() => database.exec('DELETE FROM parent')).toThrow('stays');
	});

	test('a broken reference is found before the commit', () => {
		const database = familyOnDisk();
		const bad = { name: '0001_bad.sql', sql: "UPDATE child SET parent = 'nobody';" };
		expect(() => migrate(database, [family, bad])).toThrow('broken references');
		expect(database.prepare('SELECT parent FROM child').pluck().get()).toBe('p');
	});

	test('a table that is not STRICT is refused', () => {
		const loose = { name: '0000_loose.sql', sql: 'CREATE TABLE loose (id TEXT);' };
		expect(() => migrate(connect(':memory:'), [loose])).toThrow('Not STRICT: loose');
	});

	test('a database from a newer version is refused', () => {
		const database = familyOnDisk();
		migrate(database, [family, rebuild]);
		expect(() => migrate(database, [family])).toThrow('newer version');
	});

	test('the committed migrations apply, and again do nothing', () => {
		const database = connect(':memory:');
		const all = readMigrations('drizzle');
		migrate(database, all);
		migrate(database, all);
		expect(database.prepare('SELECT count(*) FROM migration').pluck().get()).toBe(all.length);
	});

	test('every connection has the pragmas that durability and erasing rest on', () => {
		const database = familyOnDisk();
		const get = (name: string) => database.pragma(name, { simple: true });
		expect([get('journal_mode'), get('synchronous'), get('foreign_keys')]).toEqual(['wal', 2, 1]);
		expect([get('busy_timeout'), get('secure_delete'), get('trusted_schema')]).toEqual([
			5000, 1, 0
		]);
	});
});

test('versions from before they were put together belong to their meeting and moment', () => {
	const database = connect(':memory:');
	const all = readMigrations('drizzle');
	const place = all.findIndex(({ name }) => name.endsWith('_versions.sql'));
	migrate(database, all.slice(0, place));
	database.exec(`
		INSERT INTO forum (id, code, name, kind, mandate, cadence, intake, output) VALUES ('f', 'F', '', 'council', '', '', '', '');
		INSERT INTO meeting (id, forum, number, date, starts, ends, place, theme, status)
			VALUES ('m', 'f', '1/26', '2026-01-01', '09:00', '10:00', '', '', 'open');
		INSERT INTO agenda_item (id, meeting, pos, minutes, title, kind) VALUES ('i', 'm', 'a', 5, '', 'decision');
		INSERT INTO document (id, kind, epoch) VALUES ('agenda:m', 'agenda', 1), ('item:i', 'item', 1);
	`);
	const add = database.prepare(
		"INSERT INTO document_version (id, document, name, bytes, rendered, sha256, at) VALUES (?, ?, ?, x'00', '{}', '', ?)"
	);
	const rows = [
		['a', 'agenda:m', 'called', 10],
		['b', 'item:i', 'called', 11],
		['c', 'agenda:m', 'opened', 20],
		['d', 'item:i', 'opened', 20]
	];
	for (const row of rows) add.run(...row);
	migrate(database, all);
	const found = database
		.prepare('SELECT id, version FROM document_version ORDER BY id')
		.raw()
		.all();
	expect(found).toEqual([
		['a', 'a'],
		['b', 'a'],
		['c', 'c'],
		['d', 'c']
	]);
	expect(() => database.exec('DELETE FROM document_version')).toThrow('a version stays');
	database.close();
});

test('a database with documents in it takes every later migration', () => {
	const all = readMigrations('drizzle');
	const database = connect(':memory:');
	const before = all.findIndex(({ name }) => name.includes('versions'));
	migrate(database, all.slice(0, before));
	database.exec(`INSERT INTO document VALUES ('agenda:a', 'agenda', 1);
		INSERT INTO document_log VALUES (1, 'agenda:a', 1, NULL, 0, x'00', 's');
		INSERT INTO document_state VALUES ('agenda:a', 1, 1, x'00', 's')`);
	migrate(database, all);
	const mirrored = database.prepare('SELECT document, seq FROM document_mirror').all();
	expect(mirrored).toEqual([{ document: 'agenda:a', seq: 1 }]);
});
