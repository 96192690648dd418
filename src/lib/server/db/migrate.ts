import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import * as clock from '#lib/server/platform/clock.ts';
import * as backups from './backups.ts';

export interface Migration {
	name: string;
	sql: string;
}

/**
 * What the audit trail has to say of a migration that changes rows it vouches for
 * (audit/renewal.ts): asked before and after it, in its own transaction.
 */
export interface Witness {
	/** Of these kinds, what is as the trail says. */
	vouched(kinds: string[]): string[];
	/** Notes anew what the migration has changed of them. */
	renew(subjects: string[]): void;
}

/** The migrations in a folder, `0000_….sql` first. */
export function readMigrations(folder: string): Migration[] {
	return readdirSync(folder)
		.filter((name) => /^\d{4}_\w+\.sql$/.test(name))
		.sort()
		.map((name) => ({ name, sql: readFileSync(join(folder, name), 'utf8') }));
}

/**
 * Brings a database up to the given migrations. Drizzle's own rebuild of a table, together with
 * ON DELETE CASCADE, deletes the child rows without a word; so the file is backed up first, foreign
 * keys are off *outside* the transaction, row counts are compared, and every reference is checked
 * before the commit. Nor may a rebuild lose a trigger or an index that is not dropped by name.
 * A migration says what it means to do:
 *   `-- deletes rows of: <table>`
 *   `-- adds rows to: <table>`
 *   `-- changes what is vouched for: <kind>, <kind>`, of the audit trail; the witness sees to it.
 * Throws (and leaves the database as it was) when anything does not hold, also when the database
 * has been migrated by a newer version.
 */
export function migrate(
	database: Database.Database,
	migrations: Migration[],
	witness: Witness | null = null
): void {
	const applied = appliedMigrations(database);
	refuseForeign(applied, migrations);
	const pending = migrations.slice(applied.length);
	if (pending.length === 0) return;
	if (applied.length > 0) backUp(database, pending[0]!.name);
	database.pragma('foreign_keys = OFF');
	try {
		for (const migration of pending)
			database.transaction(() => apply(database, migration, witness)).immediate();
	} finally {
		database.pragma('foreign_keys = ON');
	}
}

function appliedMigrations(database: Database.Database): { name: string; sha256: string }[] {
	database.exec(
		'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, sha256 TEXT NOT NULL, at INTEGER NOT NULL) STRICT'
	);
	return database.prepare('SELECT name, sha256 FROM migration ORDER BY name').all() as {
		name: string;
		sha256: string;
	}[];
}

function refuseForeign(applied: { name: string; sha256: string }[], known: Migration[]): void {
	applied.forEach(({ name, sha256 }, index) => {
		const migration = known[index];
		if (!migration || migration.name !== name)
			throw new Error(
				`The database was made by a newer version: it has ${name}. Use that version.`
			);
		if (digest(migration.sql) !== sha256)
			throw new Error(`Migration ${name} is not the one this database was made with.`);
	});
}

function backUp(database: Database.Database, before: string): void {
	backups.make(database, `before-${before.replace('.sql', '')}-${clock.now()}`);
}

function apply(database: Database.Database, migration: Migration, witness: Witness | null): void {
	const before = rowCounts(database);
	const guarded = triggersAndIndexes(database);
	const kinds = vouchedKinds(migration);
	const vouched = witness && kinds.length > 0 ? witness.vouched(kinds) : [];
	for (const statement of migration.sql.split('--> statement-breakpoint'))
		run(database, statement, migration.name);
	const after = rowCounts(database);
	for (const [table, count] of before) {
		const left = after.get(table);
		const says = (what: string) => migration.sql.includes(`-- ${what}: ${table}\n`);
		const grew = left !== undefined && left > count;
		const meant = says('deletes rows of') || (grew && says('adds rows to'));
		if (left !== count && !meant)
			throw new Error(`${migration.name}: ${table} had ${count} rows and has ${left ?? 'gone'}.`);
	}
	if (vouched.length > 0) witness?.renew(vouched);
	assertKept(database, migration, guarded);
	assertReferences(database, migration.name);
	assertStrict(database);
	database
		.prepare('INSERT INTO migration (name, sha256, at) VALUES (?, ?, ?)')
		.run(migration.name, digest(migration.sql), clock.now());
}

/** What stops it says which migration it was: a check or an index by its name, and no content. */
function run(database: Database.Database, statement: string, migration: string): void {
	try {
		database.exec(statement);
	} catch (cause) {
		throw new Error(`${migration}: ${cause instanceof Error ? cause.message : ''}`, { cause });
	}
}

function vouchedKinds({ sql }: Migration): string[] {
	const [, kinds = ''] = /^-- changes what is vouched for: (.+)$/m.exec(sql) ?? [];
	return kinds === '' ? [] : kinds.split(', ');
}

function rowCounts(database: Database.Database): Map<string, number> {
	return new Map(
		tables(database).map(({ name }) => [
			name,
			database.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number
		])
	);
}

/**
 * A rebuild of a table drops its triggers and indexes without a word: what is to go, or to be
 * another, is dropped by name.
 */
function assertKept(
	database: Database.Database,
	migration: Migration,
	before: Map<string, string>
): void {
	const after = triggersAndIndexes(database);
	const isDropped = (name: string) =>
		new RegExp(`DROP (TRIGGER|INDEX) (IF EXISTS )?[\`"]?${name}\\b`).test(migration.sql);
	const lost = [...before]
		.filter(([name, sql]) => after.get(name) !== sql && !isDropped(name))
		.map(([name]) => name);
	if (lost.length > 0) throw new Error(`${migration.name} loses ${lost.join(', ')}.`);
}

/** By name, what makes them; white space aside. */
function triggersAndIndexes(database: Database.Database): Map<string, string> {
	const made =
		"SELECT name, sql FROM sqlite_schema WHERE type IN ('trigger', 'index') AND sql <> ''";
	const rows = database.prepare(made).all() as { name: string; sql: string }[];
	return new Map(rows.map(({ name, sql }) => [name, sql.replace(/\s+/g, ' ')]));
}

function assertReferences(database: Database.Database, migration: string): void {
	const broken = database.pragma('foreign_key_check') as { table: string }[];
	if (broken.length > 0)
		throw new Error(
			`${migration}: ${broken.length} broken references, first in ${broken[0]!.table}.`
		);
}

/** Every table is STRICT: SQLite then refuses a value of the wrong type instead of storing it. */
export function assertStrict(database: Database.Database): void {
	const loose = tables(database).filter((table) => table.strict === 0);
	if (loose.length > 0) throw new Error(`Not STRICT: ${loose.map(({ name }) => name).join(', ')}.`);
}

function tables(database: Database.Database): { name: string; strict: number }[] {
	const all = database.pragma('table_list') as {
		schema: string;
		name: string;
		type: string;
		strict: number;
	}[];
	return all.filter(
		({ schema, name, type }) => schema === 'main' && type === 'table' && !name.startsWith('sqlite_')
	);
}

function digest(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
