import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './imports.js';

/*
 * Each keeper has its test beside it: whoever changes a file sees at once where it says what it
 * promises.
 */

const server = 'src/lib/server';

/** Folders whose files need no test of their own, and why. */
const exemptFolders: Record<string, string> = {
	'db/schema': 'shapes of tables; the migrations’ tests and every keeper’s test use them',
	demo: 'the made-up municipality, loaded by nearly every test; its tests go through all of it',
	start: 'puts the parts together; its tests go through several of them at once'
};

/** Files that are tested from somewhere else, each by these tests. */
const testedBy: Record<string, string[]> = {
	// The engine of live documents is tested by what peers can do to it, over real sockets.
	'live/assemble.ts': ['live/damage.test.ts'],
	'live/connection.ts': ['live/hostile.test.ts', 'live/rights.test.ts'],
	'live/copy.ts': ['live/transact.test.ts', 'live/hostile.test.ts'],
	'live/document-kinds.ts': ['live/rights.test.ts', 'start/documents.test.ts'],
	'live/integration-probe.ts': ['live/integration-limit.test.ts'],
	'live/log.ts': ['live/damage.test.ts', 'live/transact.test.ts'],
	'live/peer-sync.ts': ['live/hostile.test.ts'],
	'live/room.ts': ['live/transact.test.ts', 'live/hostile.test.ts', 'live/turn-budget.test.ts'],
	'live/rooms.ts': ['live/transact.test.ts', 'live/rights.test.ts', 'live/damage.test.ts'],
	'live/sockets.ts': ['live/events.test.ts', 'live/hostile.test.ts'],
	'live/upgrade.ts': ['live/rights.test.ts', 'live/hostile.test.ts']
};

/** What has no test beside it yet. This list only shrinks. */
const missing: string[] = [];

const functions =
	/^export (?:(?:async )?function\b|class\b|const \w+ = (?:async )?(?:\(|<|function\b|deed\())/m;

/** Whether a text exports a function, or something that holds some. */
const exportsFunctions = (text: string) => functions.test(text);

const isTest = (file: string) => /(^|\/)testing\.ts$|\.test\.ts$/.test(file);
const testOf = (file: string) => file.replace(/\.ts$/, '.test.ts');

/** Paths of the server's files that export a function, from `lib/server` on. */
const keepers = readdirSync(join(root, server), { recursive: true, encoding: 'utf8' })
	.map((file) => file.replaceAll('\\', '/'))
	.filter((file) => file.endsWith('.ts') && !isTest(file))
	.filter((file) => exportsFunctions(readFileSync(join(root, server, file), 'utf8')));

const isThere = (file: string) => existsSync(join(root, server, file));
const isExempt = (file: string) =>
	file in testedBy || Object.keys(exemptFolders).some((folder) => file.startsWith(`${folder}/`));

test('every file of the server that exports a function has its test beside it', () => {
	const without = keepers.filter((file) => !isExempt(file) && !isThere(testOf(file)));
	expect(without.filter((file) => !missing.includes(file))).toEqual([]);
});

test('what is on the list of the missing is missing', () => {
	const listed = missing.filter((file) => !isThere(file) || isThere(testOf(file)));
	expect(listed).toEqual([]);
});

test('an exception is one of a file that is there and has no test of its own, and names tests that are there', () => {
	const idle = Object.entries(testedBy).filter(
		([file, tests]) => !isThere(file) || isThere(testOf(file)) || !tests.every(isThere)
	);
	expect(idle).toEqual([]);
	expect(Object.keys(exemptFolders).filter((folder) => !isThere(folder))).toEqual([]);
});

test.each([
	['export function read() {}', true],
	['export async function read() {}', true],
	['export class Queue {}', true],
	['export const read = (id: string) => id;', true],
	['export const decide = deed(shape, keeper);', true],
	['export interface Reader { read(): void }', false],
	["export const kinds = ['a', 'b'];", false],
	['function read() {}', false]
])('%s: %s', (text, expected) => {
	expect(exportsFunctions(text)).toBe(expected);
});
