import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { check, type Report } from '#lib/server/audit/check.ts';
import * as renewal from '#lib/server/audit/renewal.ts';
import * as seals from '#lib/server/audit/seals.ts';
import { closeDatabase, connect, use } from '#lib/server/db/index.ts';
import { migrate, readMigrations } from '#lib/server/db/migrate.ts';
import { procedureLists } from '#lib/server/defaults/case-handling.ts';
import * as supplements from '#lib/server/municipality/supplements.ts';
import * as audit from '../../src/lib/server/audit/audit.ts';
import * as choices from '../../src/lib/server/municipality/option-lists.ts';
import { unpack, versions } from './databases.ts';

const migrations = readMigrations('drizzle');
const run = promisify(execFile);
let data: string;

beforeEach(() => {
	data = mkdtempSync(join(tmpdir(), 'samrad-'));
});
afterEach(() => {
	seals.end();
	closeDatabase();
	rmSync(data, { recursive: true, force: true });
});

/** The database of a version, brought up to these migrations as the server does at start. */
function open(version: string, known = migrations): Database.Database {
	unpack(version, data);
	const database = connect(join(data, 'samrad.db'));
	use(database);
	migrate(database, known, renewal);
	return database;
}

/** Everything that the schema says, triggers and indexes included; white space aside. */
function schemaOf(database: Database.Database): string[] {
	const rows = database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema').raw().all();
	return rows.map((row) => (row as unknown[]).join(' ').replace(/\s+/g, ' ')).sort();
}

/** Cases that have a course, with the first step of each. */
const firstSteps = `SELECT case_card.code, month_in, state, since, step.at, step.deed, step.from_state, step.to_state, person.code AS by
	FROM case_card JOIN course ON course.case_id = case_card.id JOIN course_step AS step ON step.case_id = case_card.id
	LEFT JOIN person ON person.id = step.person ORDER BY month_in, case_card.code`;

describe.each(versions)('the database of %s', (version) => {
	test('is sound after the migrations', () => {
		const database = open(version);
		expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
		expect(database.pragma('foreign_key_check')).toEqual([]);
	});

	test('has the schema of a fresh one', () => {
		const fresh = connect(':memory:');
		migrate(fresh, migrations);
		expect(schemaOf(open(version))).toEqual(schemaOf(fresh));
		fresh.close();
	});

	test('has a trail that is whole', async () => {
		open(version);
		audit.begin();
		closeDatabase();
		const env = { ...process.env, SAMRAD_DATA: data };
		const command = ['src/lib/server/audit/command.ts', '--json'];
		const { stdout } = await run(process.execPath, command, { env });
		const { findings, subjects } = JSON.parse(stdout) as Report;
		expect(findings).toEqual([]);
		expect(subjects).toBeGreaterThan(40);
	});

	test('holds the words that the program needs, and those that it had', () => {
		const database = open(version);
		const all = database.prepare('SELECT * FROM choice ORDER BY list, pos');
		const before = all.all();
		supplements.supply();
		expect(all.all()).toEqual(expect.arrayContaining(before));
		for (const list of ['law', 'sentence'] as const)
			expect(Object.keys(choices.words(list, 'nn'))).toEqual(
				expect.arrayContaining(procedureLists[list].map(([code]) => code))
			);
		expect(choices.list('track', 'nn')).toHaveLength(2);
		const after = all.all();
		supplements.supply();
		expect(all.all()).toEqual(after);
	});
});

describe('cases from before there were courses', () => {
	const [first = ''] = versions;
	const before = migrations.findIndex(({ name }) => name.endsWith('_courses_of_old_cases.sql'));

	test('are registered, on their own day and by whoever made them', () => {
		const steps = open(first).prepare(firstSteps).all() as Record<string, unknown>[];
		expect(steps).toHaveLength(19);
		const register = { deed: 'register', from_state: null, to_state: 'registered' };
		expect(steps[0]).toEqual({
			code: 'S-M7TC',
			month_in: '2026-05',
			state: 'registered',
			since: Date.parse('2026-05-01'),
			at: Date.parse('2026-05-01'),
			by: null,
			...register
		});
		const made = steps.find(({ by }) => by !== null);
		const day = new Date(Number(made?.since)).toISOString().slice(0, 10);
		expect([made?.by, day, made?.at]).toEqual(['P04', '2026-11-23', made?.since]);
	});

	test('are noted anew when the trail vouches for them already', () => {
		const database = open(first, migrations.slice(0, before));
		audit.begin();
		expect(database.prepare('SELECT count(*) FROM course').pluck().get()).toBe(0);
		const { head, subjects } = check();
		migrate(database, migrations, renewal);
		expect(check().findings).toEqual([]);
		expect(check().subjects).toBe(subjects);
		expect(check().head?.seq).toBe((head?.seq ?? 0) + 19);
	});

	test('stay found when somebody has changed them past the trail', () => {
		const database = open(first, migrations.slice(0, before));
		audit.begin();
		database.exec("UPDATE case_card SET urgent = 1 - urgent WHERE code = 'S-M7TC'");
		migrate(database, migrations, renewal);
		const id = database.prepare("SELECT id FROM case_card WHERE code = 'S-M7TC'").pluck().get();
		expect(check().findings).toEqual([{ kind: 'differs', subject: `case:${String(id)}` }]);
	});
});
