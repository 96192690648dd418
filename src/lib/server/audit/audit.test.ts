import { rmSync } from 'node:fs';
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
import { check } from './check.ts';
import * as seals from './seals.ts';
import { last, rows, run, unguarded } from './testing.ts';

const found = () => check().findings;

describe('the audit trail of the demo', () => {
	beforeEach(openDemo);

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
		// Leaves a seal beside the database.
		audit.record(null, 'talk.place', 'talk:none');
	});
	afterEach(() => {
		seals.end();
		closeDatabase();
		rmSync(folder, { recursive: true });
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
