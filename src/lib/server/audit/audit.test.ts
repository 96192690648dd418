import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditSubject } from '#lib/domain/topic.ts';
import { closeDatabase, sqlite, transaction } from '#lib/server/db/index.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import * as rulings from '#lib/server/ruling/rulings.ts';
import { send } from '#lib/server/ruling/sending.ts';
import {
	allocation,
	chair,
	openBoard,
	placeOf,
	ruler,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, openDemo, openDemoOnDisk } from '#lib/server/start/testing.ts';
import * as audit from './audit.ts';
import { hashOf, origin, type SealedEntry } from './chain.ts';
import { check } from './check.ts';
import * as seals from './seals.ts';

const run = (query: string, ...values: unknown[]) =>
	sqlite()
		.prepare(query)
		.run(...values);
const rows = () =>
	sqlite()
		.prepare(
			'SELECT seq, at, person, deed AS verb, thing AS subject, content, hash FROM audit ORDER BY seq'
		)
		.all() as SealedEntry[];
const last = () => rows().at(-1)!;
const found = () => check().findings;
const kindsFound = () => found().map(({ kind }) => kind);

/** As somebody would who can write in the database past the server, guards and all. */
function unguarded(work: () => void): void {
	const guards = sqlite()
		.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'")
		.all() as { name: string; sql: string }[];
	for (const { name } of guards) run(`DROP TRIGGER ${name}`);
	work();
	for (const { sql } of guards) run(sql);
}

/** Writes the chain anew from a row on, so that it holds in itself. */
function relink(from: number): void {
	let previous = rows().find(({ seq }) => seq === from - 1)?.hash ?? origin;
	for (const row of rows().filter(({ seq }) => seq >= from)) {
		previous = hashOf(row, previous);
		run('UPDATE audit SET hash = ? WHERE seq = ?', previous, row.seq);
	}
}

describe('the audit trail of the demo', () => {
	beforeEach(openDemo);

	test('is whole, and vouches for everything that is there', () => {
		const report = check();
		expect(report.findings).toEqual([]);
		expect(report.rows).toBe(rows().length);
		expect(report.subjects).toBeGreaterThan(60);
	});

	test('stays whole through the whole way from recommendation to ruling and appeal', () => {
		openBoard();
		const id = recommendations.save(secretary(), placeOf('S-G5MQ'), allocation());
		recommendations.adopt(chair(), id, 1);
		send(chair(), id);
		const ruled = {
			stance: 'follow',
			result: 'granted',
			content: 'bustad, 3 år',
			reason: ''
		} as const;
		rulings.decide(ruler(), 'V-102', { ...ruled, ruledOn: '2026-11-23', noticeOn: null });
		rulings.notify(ruler(), 'V-102', '2026-11-23');
		rulings.appealed(ruler(), 'V-102', { verb: 'receive', on: '2026-11-23' });
		expect(found()).toEqual([]);
		const verbs = rows().map(({ verb }) => verb);
		expect(verbs).toEqual(
			expect.arrayContaining(['recommendation.adopt', 'ruling.open', 'case.send', 'ruling.follow'])
		);
	});

	test('a deed that is undone leaves no row, and the chain goes on without a gap', () => {
		const before = rows().length;
		const refused = () =>
			transaction(() => {
				audit.record(null, 'case.word', 'case:none');
				throw new Error('no');
			});
		expect(refused).toThrow('no');
		audit.record(null, 'talk.place', 'talk:none');
		expect(rows()).toHaveLength(before + 1);
		expect(found()).toEqual([]);
	});

	test('rows can neither be changed nor deleted', () => {
		const { seq } = last();
		expect(() => run("UPDATE audit SET deed = 'x' WHERE seq = ?", seq)).toThrow('audit');
		expect(() => run("UPDATE audit SET hash = '' WHERE seq = ?", seq)).toThrow('audit');
		expect(() => run('DELETE FROM audit WHERE seq = ?', seq)).toThrow('audit');
		expect(() => run('REPLACE INTO audit SELECT * FROM audit WHERE seq = ?', seq)).toThrow('audit');
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

	test('once something of a thing is erased no digest can confirm what it was', () => {
		const id = sqlite().prepare('SELECT id FROM ruling').pluck().get() as string;
		const subject = `ruling:${id}`;
		const key = () =>
			sqlite().prepare('SELECT key FROM audit_key WHERE thing = ?').pluck().get(subject);
		const before = key();
		transaction(() => {
			run("UPDATE ruling SET reason = '…' WHERE id = ?", id);
			audit.erased(actor('P03').id, 'ruling.erase', auditSubject('ruling', id));
		});
		expect(key()).not.toBe(before);
		expect(found()).toEqual([]);
	});
});

describe('the trail of a database in a file', () => {
	let folder = '';
	const file = () => join(folder, 'audit.seals');

	beforeEach(() => {
		folder = openDemoOnDisk();
	});
	afterEach(() => {
		seals.end();
		closeDatabase();
		rmSync(folder, { recursive: true });
	});

	test('each deed leaves a seal beside the database', () => {
		openBoard();
		const before = readFileSync(file(), 'utf8').split('\n').length;
		recommendations.save(secretary(), placeOf('S-G5MQ'), allocation());
		const lines = readFileSync(file(), 'utf8').trimEnd().split('\n');
		expect(lines).toHaveLength(before);
		expect(lines.at(-1)).toBe(`${last().seq} ${last().hash}`);
		expect(check()).toMatchObject({ findings: [], seals: before });
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

	test('half a line at the end of the seals, from a power cut, does no harm; the missing one is added at start', () => {
		writeFileSync(file(), readFileSync(file(), 'utf8').split('\n').slice(0, -3).join('\n') + '\n');
		appendFileSync(file(), '99');
		audit.begin();
		expect(readFileSync(file(), 'utf8')).toContain(`\n${last().seq} ${last().hash}\n`);
		expect(found()).toEqual([]);
	});

	test('rows from before there was a chain are taken into it at start, once', () => {
		unguarded(() => run("UPDATE audit SET hash = '', content = ''"));
		run('DELETE FROM audit_key');
		rmSync(file());
		const before = rows().length;
		audit.begin();
		const vouched = rows().length - before;
		expect(vouched).toBe(check().subjects);
		expect(found()).toEqual([]);
		audit.begin();
		expect(rows()).toHaveLength(before + vouched);
	});
});
