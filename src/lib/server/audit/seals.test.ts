import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { transaction } from '#lib/server/db/index.ts';
import { openTestDatabase, openTestDatabaseOnDisk } from '#lib/server/db/testing.ts';
import { catchLog } from '#lib/server/platform/testing.ts';
import * as audit from './audit.ts';
import { check } from './check.ts';
import * as seals from './seals.ts';
import { last } from './testing.ts';

const act = () => audit.record(null, 'talk.place', 'talk:none');

describe('the seals of a database in a file', () => {
	let file = '';
	beforeEach(() => {
		file = join(openTestDatabaseOnDisk(), 'audit.seals');
	});
	afterEach(seals.end);

	test('each change leaves one beside the database', () => {
		act();
		act();
		const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
		expect(lines).toHaveLength(2);
		expect(lines.at(-1)).toBe(`${last().seq} ${last().hash}`);
		expect(check()).toMatchObject({ findings: [], seals: 2 });
	});

	test('several changes in one transaction leave one, those undone none', () => {
		transaction(() => [act(), act()]);
		expect(seals.all()).toEqual([{ seq: 2, hash: last().hash }]);
		const undone = () =>
			transaction(() => {
				act();
				throw new Error('no');
			});
		expect(undone).toThrow('no');
		expect(seals.all()).toHaveLength(1);
		act();
		expect(seals.all().at(-1)).toEqual(seals.head());
	});

	test('half a line at their end, from a power cut, does no harm; the missing one is added at start', () => {
		catchLog();
		act();
		act();
		act();
		writeFileSync(file, readFileSync(file, 'utf8').split('\n').slice(0, 1).join('\n') + '\n');
		appendFileSync(file, '99');
		audit.begin();
		expect(readFileSync(file, 'utf8')).toContain(`\n${last().seq} ${last().hash}\n`);
		expect(check().findings).toEqual([]);
	});

	test('the log is told where the chain stands, and again only when it has grown', () => {
		act();
		const lines = catchLog();
		seals.tell();
		seals.tell();
		expect(lines).toHaveLength(1);
		expect(JSON.parse(lines[0]!)).toMatchObject({ event: 'audit.head', ...seals.head() });
		act();
		seals.tell();
		expect(lines).toHaveLength(2);
	});
});

test('a database in memory has none, and before anything is done the chain stands nowhere', () => {
	openTestDatabase();
	expect(seals.head()).toBeNull();
	act();
	expect(seals.all()).toEqual([]);
});

test.each([
	[`12 ${'a'.repeat(64)}`, [{ seq: 12, hash: 'a'.repeat(64) }]],
	[` 12:${'a'.repeat(64)}\r`, [{ seq: 12, hash: 'a'.repeat(64) }]],
	[`12 ${'a'.repeat(63)}`, []],
	[`-1 ${'a'.repeat(64)}`, []],
	['99', []],
	['', []]
])('«%s» is read as a seal, or as none', (text, expected) => {
	expect(seals.readSeal(text)).toEqual(expected);
});
