import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeDatabase, sqlite } from '#lib/server/db/index.ts';
import { openDemo, openDemoOnDisk } from '#lib/server/start/testing.ts';
import * as audit from './audit.ts';
import { check } from './check.ts';
import * as seals from './seals.ts';
import { last, relink, rows, run, unguarded } from './testing.ts';

const found = () => check().findings;
const kindsFound = () => found().map(({ kind }) => kind);

describe('the trail of the demo', () => {
	beforeEach(openDemo);

	test('is whole, and vouches for everything that is there', () => {
		const report = check();
		expect(report.findings).toEqual([]);
		expect(report.rows).toBe(rows().length);
		expect(report.subjects).toBeGreaterThan(60);
	});

	test('removed guards are found', () => {
		run('DROP TRIGGER audit_never_deleted');
		expect(found()).toEqual([{ kind: 'unguarded' }]);
	});

	test.each(['at = at + 1', "person = 'P01'", "deed = 'x'", "thing = 'case:x'", "content = 'x'"])(
		'a row that is altered is found: %s',
		(change) => {
			const { seq } = rows()[40]!;
			unguarded(() => run(`UPDATE audit SET ${change} WHERE seq = ?`, seq));
			expect(found()).toContainEqual({ kind: 'altered', seq });
		}
	);

	test('a row that is taken out of the middle is found', () => {
		const { seq } = rows()[40]!;
		unguarded(() => run('DELETE FROM audit WHERE seq = ?', seq));
		expect(found()).toContainEqual({ kind: 'gap', seq: seq + 1 });
	});

	test('two rows that change places are found', () => {
		const [one, other] = [rows()[40]!, rows()[41]!];
		unguarded(() => {
			run('UPDATE audit SET seq = -1 WHERE seq = ?', one.seq);
			run('UPDATE audit SET seq = ? WHERE seq = ?', one.seq, other.seq);
			run('UPDATE audit SET seq = ? WHERE seq = -1', other.seq);
		});
		expect(kindsFound()).toContain('altered');
	});

	test('a row that is put in by hand is found, whatever hash it bears', () => {
		const head = last();
		run(
			'INSERT INTO audit (at, deed, thing, content, hash) VALUES (?, ?, ?, ?, ?)',
			head.at,
			'ruling.follow',
			'ruling:x',
			'',
			'a'.repeat(64)
		);
		expect(found()).toContainEqual({ kind: 'altered', seq: head.seq + 1 });
	});

	test('an end that is cut off is found', () => {
		const { seq } = last();
		unguarded(() => run('DELETE FROM audit WHERE seq > ?', seq - 3));
		expect(found()).toContainEqual({ kind: 'cut', seq: seq - 2 });
	});

	test.each([
		['a ruling', "UPDATE ruling SET result = 'refused' WHERE code = 'V-097'", 'ruling'],
		['the person of an action', 'UPDATE action SET due = due || 1', 'action'],
		['a case', "UPDATE course SET state = 'closed'", 'case'],
		['a recommendation’s text', "UPDATE recommendation SET text = 'x'", 'recommendation'],
		['its findings', "UPDATE recommendation_criterion SET words = 'x'", 'recommendation'],
		['a recusal', "UPDATE recusal SET status = 'impartial'", 'recusal']
	])('%s that is changed past the server is found', (_, change, kind) => {
		run(change);
		const [first] = found();
		expect(first).toMatchObject({ kind: 'differs' });
		expect(first).toHaveProperty('subject', expect.stringContaining(`${kind}:`));
	});

	test('a thing that is put in or taken out past the server is found', () => {
		const copied = 'case_id, person, item, raised_by, at, reason, law, by_rule';
		run(
			`INSERT INTO recusal (id, ${copied}, status) SELECT 'forged', ${copied}, 'impartial' FROM recusal LIMIT 1`
		);
		const { id } = sqlite().prepare('SELECT id FROM appeal JOIN ruling ON id = ruling').get() as {
			id: string;
		};
		run('DELETE FROM appeal WHERE ruling = ?', id);
		expect(found()).toEqual(
			expect.arrayContaining([
				{ kind: 'unrecorded', subject: 'recusal:forged' },
				{ kind: 'differs', subject: `ruling:${id}` }
			])
		);
	});
});

describe('the trail of a database in a file', () => {
	let folder = '';
	const file = () => join(folder, 'audit.seals');

	beforeEach(() => {
		folder = openDemoOnDisk();
		// Leaves a seal beside the database.
		audit.record(null, 'talk.place', 'talk:none');
	});
	afterEach(() => {
		seals.end();
		closeDatabase();
		rmSync(folder, { recursive: true });
	});

	test('an end that is cut off without a trace in the database is found by its seal', () => {
		const { seq } = last();
		unguarded(() => run('DELETE FROM audit WHERE seq > ?', seq - 3));
		run("UPDATE sqlite_sequence SET seq = ? WHERE name = 'audit'", seq - 3);
		expect(found()).toContainEqual({ kind: 'cut', seq: seq - 2 });
	});

	test('a chain that is written anew and holds in itself is found by its seal', () => {
		const { seq } = last();
		unguarded(() => {
			run("UPDATE audit SET person = 'P01' WHERE seq = ?", seq - 5);
			relink(seq - 5);
		});
		expect(found()).toContainEqual({ kind: 'rewritten', seq });
	});

	test('where the seals are gone too, one that was noted elsewhere finds it', () => {
		const { seq, hash } = last();
		unguarded(() => run('DELETE FROM audit WHERE seq > ?', seq - 3));
		run("UPDATE sqlite_sequence SET seq = ? WHERE name = 'audit'", seq - 3);
		writeFileSync(file(), '');
		expect(kindsFound()).not.toContain('cut');
		expect(check([{ seq, hash }]).findings).toContainEqual({ kind: 'cut', seq: seq - 2 });
	});
});
