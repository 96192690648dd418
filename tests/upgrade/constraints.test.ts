import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { getTableName, is } from 'drizzle-orm';
import { getTableConfig, SQLiteSyncDialect, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { check } from '#lib/server/audit/check.ts';
import * as renewal from '#lib/server/audit/renewal.ts';
import { closeDatabase, connect, use } from '#lib/server/db/index.ts';
import { migrate, readMigrations } from '#lib/server/db/migrate.ts';
import { unpack, versions } from './databases.ts';

/* What the schema refuses, and what 0019_constraints.sql does to old rows that break it. */

const migrations = readMigrations('drizzle');
const before = migrations.findIndex(({ name }) => name.endsWith('_constraints.sql'));
/** Has a row in every table, and none of the constraints. */
const latest = '2026-11-28-8f5dd01';
const folders: string[] = [];

function open(version: string, known = migrations): Database.Database {
	const data = mkdtempSync(join(tmpdir(), 'samrad-'));
	folders.push(data);
	unpack(version, data);
	const database = connect(join(data, 'samrad.db'));
	use(database);
	migrate(database, known, renewal);
	return database;
}

/** The latest one as it was; `spoil` is done to it before it is brought up to date. */
function repaired(spoil: string): Database.Database {
	const database = open(latest, migrations.slice(0, before));
	database.exec(spoil);
	migrate(database, migrations, renewal);
	return database;
}

function clean(): void {
	closeDatabase();
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

interface Check {
	table: string;
	name: string;
	says: string;
}

const modules = import.meta.glob<Record<string, unknown>>('../../src/lib/server/db/schema/*.ts', {
	eager: true
});
const tables = Object.values(modules)
	.flatMap((module) => Object.values(module))
	.filter((value): value is SQLiteTable => is(value, SQLiteTable));
const dialect = new SQLiteSyncDialect();
/** As the program's own schema has them, made of the unions in src/lib/domain. */
const checks: Check[] = tables.flatMap((table) =>
	getTableConfig(table).checks.map(({ name, value }) => ({
		table: getTableName(table),
		name,
		says: dialect.sqlToQuery(value).sql
	}))
);
const unions = checks.filter(({ name }) => name.endsWith('_known'));
const columnOf = ({ says }: Check) => /^"(\w+)" IN/.exec(says)?.[1] ?? '';

describe('the schema', () => {
	let database: Database.Database;
	const run = (sql: string) => () => database.exec(sql);
	const pluck = (sql: string) => database.prepare(sql).pluck().get();

	beforeAll(() => {
		database = open(latest);
	});
	afterAll(clean);
	beforeEach(() => run('SAVEPOINT one')());
	afterEach(() => run('ROLLBACK TO one; RELEASE one')());

	test('has every check that the program says it has', () => {
		const made = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'");
		const sql = new Map(made.raw().all() as [string, string][]);
		expect(checks.length).toBeGreaterThan(35);
		for (const { table, name, says } of checks)
			expect(sql.get(table)).toContain(`CONSTRAINT "${name}" CHECK(${says})`);
		const all = [...sql.values()].join('\n').match(/\bCHECK ?\(/g);
		expect(all).toHaveLength(checks.length);
	});

	test.each(unions.map((one) => [one.name, one] as const))(
		'lets %s hold nothing else',
		(name, one) => {
			const set = `UPDATE "${one.table}" SET "${columnOf(one)}" = 'something else'`;
			expect(run(set)).toThrow(`CHECK constraint failed: ${name}`);
		}
	);

	test('has an item on in a meeting with the moment it began, or neither', () => {
		const failed = 'CHECK constraint failed: meeting_current';
		expect(run('UPDATE meeting SET current_since = 1')).toThrow(failed);
		const item = 'UPDATE meeting SET current_item = (SELECT id FROM agenda_item LIMIT 1)';
		expect(run(item)).toThrow(failed);
		run(`${item}, current_since = 1`)();
	});

	/** What makes a second one of a row: its columns, another id. */
	function again(table: string, where: string, other: Record<string, string> = {}): () => void {
		const columns = (database.pragma(`table_info(${table})`) as { name: string }[]).map(
			({ name }) => name
		);
		const values = columns.map((name) => (name === 'id' ? "'another'" : (other[name] ?? name)));
		const row = `SELECT ${values.join(', ')} FROM ${table} WHERE ${where} LIMIT 1`;
		expect(pluck(`SELECT count(*) FROM (${row})`)).toBe(1);
		return run(`INSERT INTO ${table} ${row}`);
	}

	test.each([
		[
			'attendance at a meeting',
			'attendance',
			'item IS NULL',
			'attendance.meeting, attendance.person'
		],
		[
			'attendance at an item',
			'attendance',
			'item IS NOT NULL',
			'attendance.meeting, attendance.item'
		],
		[
			'role at an item',
			'meeting_role',
			'item IS NOT NULL',
			'meeting_role.meeting, meeting_role.item'
		],
		['open call of a deputy', 'deputy_call', 'ended_at IS NULL', 'deputy_call.meeting'],
		['open offer of an action', 'handover', "status = 'offered'", 'handover.action'],
		['talk in a slot', 'talk', 'item IS NOT NULL', 'talk.item']
	])('has one %s', (_, table, where, columns) => {
		expect(again(table, where)).toThrow(`UNIQUE constraint failed: ${columns}`);
	});

	test('has one role for a whole meeting, and one call to one item', () => {
		run('UPDATE meeting_role SET item = NULL')();
		expect(again('meeting_role', 'true')).toThrow('UNIQUE constraint failed: meeting_role.meeting');
		run('UPDATE deputy_call SET item = (SELECT id FROM agenda_item LIMIT 1)')();
		expect(again('deputy_call', 'true')).toThrow('UNIQUE constraint failed: deputy_call.meeting');
	});

	test('has one draft of a case between meetings, and one place for what waits of an item', () => {
		run("UPDATE recommendation SET status = 'draft' WHERE item IS NULL")();
		const code = { code: "'I-999'" };
		expect(again('recommendation', 'item IS NULL', code)).toThrow('recommendation.case_id');
		run('UPDATE backlog_item SET from_item = NULL')();
		again('backlog_item', 'true')();
		const waits = 'UPDATE backlog_item SET from_item = (SELECT id FROM agenda_item LIMIT 1)';
		expect(run(waits)).toThrow('UNIQUE constraint failed: backlog_item.from_item');
	});

	test('counts neither a call that has ended nor an offer that is settled', () => {
		run('UPDATE deputy_call SET ended_at = at')();
		again('deputy_call', 'true')();
		run("UPDATE handover SET status = 'declined'")();
		again('handover', 'true')();
	});

	/** Those that rows make to each other. */
	const mutual: [table: string, column: string][] = [
		['meeting', 'cases_under'],
		['meeting', 'urgent_under'],
		['agenda_item', 'carried_from'],
		['unit', 'leader'],
		['unit', 'parent']
	];

	test.each(mutual)('judges %s.%s when a transaction ends', (table, column) => {
		run('RELEASE one')();
		const one = `WHERE rowid = (SELECT min(rowid) FROM ${table})`;
		expect(() => {
			database.transaction(() => {
				run(`UPDATE ${table} SET ${column} = 'nothing' ${one}`)();
				run(`UPDATE ${table} SET ${column} = NULL ${one}`)();
				run(`UPDATE ${table} SET ${column} = 'nothing' ${one}`)();
				// Reached: nothing is said before the end.
				expect(pluck(`SELECT ${column} FROM ${table} ${one}`)).toBe('nothing');
			})();
		}).toThrow('FOREIGN KEY constraint failed');
		run('SAVEPOINT one')();
	});

	test('lets no meeting be at an item that is none', () => {
		run('RELEASE one')();
		expect(run("UPDATE meeting SET current_item = 'nothing', current_since = 1")).toThrow(
			'FOREIGN KEY constraint failed'
		);
		run('SAVEPOINT one')();
	});

	test('refuses nothing that peers write through a document', () => {
		run(`UPDATE agenda_item SET parent = 'nothing', pos = '', minutes = -1, removed = 7, title = '', kind = 'whatever',
			responsible = 'nobody'`)();
		const kept = database.pragma('foreign_key_list(agenda_item)') as { from: string }[];
		expect(kept.map(({ from }) => from).sort()).toEqual(['carried_from', 'case_id', 'meeting']);
	});
});

describe('the migration', () => {
	afterEach(clean);

	test.each(versions)('leaves every row of %s as it was, in its order', (version) => {
		const database = open(version, migrations.slice(0, before));
		const names = tables.map((table) => getTableName(table));
		const rows = () =>
			names.map((name) => [name, database.prepare(`SELECT * FROM "${name}" ORDER BY rowid`).all()]);
		const old = Object.fromEntries(rows()) as Record<string, unknown[]>;
		migrate(database, migrations.slice(0, before + 1), renewal);
		const now = Object.fromEntries(rows()) as Record<string, unknown[]>;
		const without = ({ authority, ...others }: Record<string, unknown[]>) => {
			expect(authority).toHaveLength(1);
			return others;
		};
		expect(without(now)).toEqual(without({ ...old, authority: now.authority! }));
	});

	test('says for which forum somebody rules, who ruled on everything', () => {
		const [first = ''] = versions;
		const old = open(first, migrations.slice(0, before));
		const who =
			'SELECT forum.code, person.code FROM authority JOIN forum ON forum.id = forum JOIN person ON person.id = person';
		expect(old.prepare('SELECT count(*) FROM authority').pluck().get()).toBe(0);
		migrate(old, migrations, renewal);
		expect(old.prepare(who).raw().all()).toEqual([['BR', 'P02']]);
	});

	test('keeps those who are named already', () => {
		const database = repaired('UPDATE person SET decides = 1');
		expect(database.prepare('SELECT count(*) FROM authority').pluck().get()).toBe(1);
	});

	test('keeps the latest of what there is twice', () => {
		const database = repaired(`
			DELETE FROM attendance WHERE item IS NOT NULL;
			INSERT INTO attendance SELECT 'later', meeting, NULL, person, 'late', at + 1 FROM attendance LIMIT 1;
			INSERT INTO attendance SELECT 'earlier', meeting, NULL, person, 'absent', at - 1 FROM attendance WHERE id = 'later';
			INSERT INTO meeting_role SELECT 'later', meeting, item, person, role FROM meeting_role LIMIT 1;
			INSERT INTO deputy_call SELECT 'later', meeting, item, deputy, for_person, by_person, at, NULL FROM deputy_call LIMIT 1;
			INSERT INTO handover SELECT 'later', action, person, unit, by_person, at + 1, status, NULL, NULL FROM handover LIMIT 1;
			INSERT INTO backlog_item (id, forum, title, kind, minutes, at, from_item, taken_item)
				SELECT value, (SELECT id FROM forum LIMIT 1), '', 'discussion', 5, 1, agenda_item.id, iif(value = 'taken', agenda_item.id, NULL)
				FROM json_each('["taken", "waits"]'), (SELECT id FROM agenda_item LIMIT 1) AS agenda_item;
		`);
		const ids = (sql: string) => database.prepare(sql).pluck().all();
		const twice = "WHERE id IN ('later', 'earlier', 'taken', 'waits')";
		for (const table of ['attendance', 'meeting_role', 'deputy_call', 'handover'])
			expect([table, ids(`SELECT id FROM ${table} ${twice}`)]).toEqual([table, ['later']]);
		expect(ids('SELECT id FROM meeting_role')).toEqual(['later']);
		expect(ids('SELECT id FROM deputy_call')).toEqual(['later']);
		expect(ids('SELECT id FROM handover')).toEqual(['later']);
		expect(ids(`SELECT id FROM backlog_item ${twice}`)).toEqual(['taken']);
	});

	test('lets the later of two talks keep a slot, and deletes none', () => {
		const database = repaired(
			`INSERT INTO talk SELECT 'later', meeting, speaker, status, title, minutes, item, at + 1 FROM talk LIMIT 1`
		);
		const slots = database.prepare('SELECT id FROM talk WHERE item IS NOT NULL').pluck().all();
		expect(slots).toEqual(['later']);
		expect(database.prepare('SELECT count(*) FROM talk').pluck().get()).toBe(2);
	});

	test('keeps the draft that was written in most, with the dwelling, and the trail agrees', () => {
		const database = open(latest, migrations.slice(0, before));
		const columns = (database.pragma('table_info(recommendation)') as { name: string }[]).map(
			({ name }) => name
		);
		const draft = (id: string, version: number) => {
			const own: Record<string, string> = {
				id: `'${id}'`,
				code: `'I-9${version}'`,
				status: "'draft'",
				version: String(version)
			};
			const values = columns.map((name) => own[name] ?? name).join(', ');
			database.exec(
				`INSERT INTO recommendation SELECT ${values} FROM recommendation WHERE item IS NULL AND status <> 'draft' LIMIT 1`
			);
		};
		draft('more', 2);
		draft('less', 1);
		database.exec(`
			INSERT INTO recommendation_criterion VALUES ('less', 'adult', 'met', NULL, ''), ('more', 'adult', 'met', NULL, '');
			INSERT INTO reservation SELECT 'kept', id, 'less', NULL, 0, 1 FROM dwelling LIMIT 1;
		`);
		for (const id of ['more', 'less']) renewal.renew([`recommendation:${id}`]);
		const { findings, subjects } = check();
		expect(findings).toEqual([]);
		migrate(database, migrations, renewal);
		const ids = (sql: string) => database.prepare(sql).pluck().all();
		expect(ids("SELECT id FROM recommendation WHERE id IN ('more', 'less')")).toEqual(['more']);
		const criteria =
			"SELECT recommendation FROM recommendation_criterion WHERE recommendation IN ('more', 'less')";
		expect(ids(criteria)).toEqual(['more']);
		expect(ids("SELECT recommendation FROM reservation WHERE id = 'kept'")).toEqual(['more']);
		expect(check()).toMatchObject({ findings: [], subjects: subjects - 1 });
	});

	test('lets go of what points at nothing', () => {
		const database = repaired(`
			UPDATE meeting SET cases_under = 'gone', urgent_under = 'gone', current_item = 'gone', current_since = 1;
			UPDATE agenda_item SET carried_from = 'gone' WHERE rowid = 1;
			UPDATE unit SET leader = 'gone', parent = 'gone';
		`);
		const left = `SELECT (SELECT count(cases_under) + count(urgent_under) + count(current_item) + count(current_since) FROM meeting)
			+ (SELECT count(*) FROM agenda_item WHERE carried_from = 'gone') + (SELECT count(leader) + count(parent) FROM unit)`;
		expect(database.prepare(left).pluck().get()).toBe(0);
	});

	test('stops at a value that is none of its union, and names the check', () => {
		const database = open(latest, migrations.slice(0, before));
		database.exec("UPDATE action SET status = 'paused' WHERE rowid = 1");
		expect(() => migrate(database, migrations, renewal)).toThrow(
			'0019_constraints.sql: CHECK constraint failed: action_status_known'
		);
		const applied = database.prepare('SELECT count(*) FROM migration').pluck().get();
		expect(applied).toBe(before);
		expect(database.prepare('SELECT status FROM action WHERE rowid = 1').pluck().get()).toBe(
			'paused'
		);
	});
});
