import { existsSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import * as seals from '#lib/server/audit/seals.ts';
import * as cases from '#lib/server/case/cases.ts';
import { closeDatabase, connect, sqlite, use } from '#lib/server/db/index.ts';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import { loadDemo } from '#lib/server/demo/load.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as documents from './documents.ts';

const morning = Date.parse('2026-11-23T08:00:00Z');
const minute = 60_000;

/**
 * The made-up municipality in a fresh database, on its own Monday morning. Its ids are the same
 * in all tests of a run.
 */
export function openDemo(): void {
	begin(connect(loaded()));
}

/**
 * The same in a database on the disk, in a folder of its own; returns the folder. To be closed
 * and removed when the test ends.
 */
export function openDemoOnDisk(): string {
	const folder = mkdtempSync(join(tmpdir(), 'samrad-'));
	const file = join(folder, 'samrad.db');
	writeFileSync(file, loaded());
	begin(connect(file));
	// As loading it into the file would have.
	seals.follow();
	return folder;
}

/** The same in the database that is open: an empty one. */
export function loadDemoHere(): void {
	clock.set(morning);
	documents.register();
	loadDemo();
}

function begin(database: Database.Database): void {
	rooms.closeAll();
	rooms.opened();
	clock.set(morning);
	documents.register();
	use(database);
}

/**
 * The municipality as the first test of the run that wanted it has loaded it: loading it anew
 * took most of the tests' time.
 */
let bytes: Buffer | null = null;

function loaded(): Buffer {
	return (bytes ??= readShared() ?? load());
}

/** Where the files of one run share it; while somebody edits and tests run again, none does. */
const scratch = process.env.VITEST_MODE === 'WATCH' ? undefined : process.env.SAMRAD_TEST_SCRATCH;
const shared = scratch ? join(scratch, 'demo.db') : null;

function readShared(): Buffer | null {
	return shared && existsSync(shared) ? readFileSync(shared) : null;
}

function load(): Buffer {
	openTestDatabase();
	documents.register();
	// Nothing that is loaded lies in the tests' future.
	clock.at(morning - minute, loadDemo);
	const made = sqlite().serialize();
	closeDatabase();
	if (shared) {
		// Two files may load it at once: each has a whole one, and so has whoever reads it.
		const part = `${shared}.${process.pid}`;
		writeFileSync(part, made);
		renameSync(part, shared);
	}
	return made;
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
