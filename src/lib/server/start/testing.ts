import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cases from '#lib/server/case/cases.ts';
import { connect, sqlite, use } from '#lib/server/db/index.ts';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import { loadDemo } from '#lib/server/demo/load.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as documents from './documents.ts';

/**
 * The made-up municipality as it was loaded first: loading it anew for each test took most of the
 * tests' time.
 */
let loaded: { database: Buffer; at: number } | null = null;

function loadedOnce(): { database: Buffer; at: number } {
	if (loaded) return loaded;
	openTestDatabase();
	loadDemoHere();
	loaded = { database: sqlite().serialize(), at: clock.now() };
	rooms.closeAll();
	rooms.opened();
	return loaded;
}

/**
 * Begins anew: nothing is left of what was open before, and nothing that is loaded lies in the
 * test's future.
 */
function begin(open: (demo: Buffer) => void): void {
	rooms.closeAll();
	rooms.opened();
	const { database, at } = loadedOnce();
	open(database);
	clock.set(at);
	documents.register();
}

/**
 * The made-up municipality in a fresh database, on its own Monday morning. Its ids are the same
 * in all tests of a file.
 */
export function openDemo(): void {
	begin((demo) => use(connect(demo)));
}

/**
 * The same in a database on the disk, in a folder of its own; returns the folder. To be closed
 * and removed when the test ends.
 */
export function openDemoOnDisk(): string {
	const folder = mkdtempSync(join(tmpdir(), 'samrad-'));
	begin((demo) => {
		writeFileSync(join(folder, 'samrad.db'), demo);
		use(connect(join(folder, 'samrad.db')));
	});
	return folder;
}

/** The same in the database that is open: an empty one. */
export function loadDemoHere(): void {
	clock.set(Date.parse('2026-11-23T08:00:00Z'));
	documents.register();
	loadDemo();
}

export const person = (code: string) => people.findByCode(code)!;
export const actor = (code: string) => people.actor(person(code).id)!;
export const forumId = (code: string) => forums.findByCode(code)!.id;

/** Id of a meeting of the board, by its number. */
export function boardMeeting(number: string): string {
	const board = forums.findByCode('BR')!;
	return forums.meetings(actor('P03'), board).find((row) => row.number === number)!.id;
}

/** Id of the latest agenda item that a case was on. */
export function itemOf(caseCode: string): string {
	return cases.appearances(cases.read(actor('P03'), caseCode))[0]!.item;
}
