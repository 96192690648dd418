import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import * as backups from '#lib/server/db/backups.ts';
import { sqlite, transaction } from '#lib/server/db/index.ts';
import { openTestDatabaseOnDisk } from '#lib/server/db/testing.ts';
import * as people from '#lib/server/municipality/people.ts';
import { catchLog } from '#lib/server/platform/testing.ts';
import { copiesWith, finish } from './finishing.ts';
import { filesHolding } from './testing.ts';

const word = 'kanarifuglXQZJ';
let folder: string;

beforeEach(() => {
	folder = openTestDatabaseOnDisk();
	sqlite().pragma('foreign_keys = OFF');
	people.add({ id: 'anna', code: 'P1', name: 'Anna', title: word });
	sqlite().exec("INSERT INTO document (id, kind, epoch) VALUES ('agenda:a', 'agenda', 2)");
	backups.make(sqlite(), 'before');
});

const erase = () => {
	sqlite().exec("UPDATE person SET title = ''");
	sqlite()
		.prepare(
			`INSERT INTO erasure (id, document, item, epoch, person, at, reason, whole)
				VALUES ('e', 'agenda:a', 'i', 2, 'anna', 1, 'third_party', 0)`
		)
		.run();
};
const unfinished = () =>
	sqlite().prepare('SELECT count(*) FROM erasure WHERE scrubbed_at IS NULL').pluck().get();
const copies = () => readdirSync(join(folder, 'backup'));

test('what was erased is in no file any more; a clean copy stands for those that held it', () => {
	erase();
	expect(filesHolding(folder, word)).not.toEqual([]);
	finish();
	expect(filesHolding(folder, word)).toEqual([]);
	expect(unfinished()).toBe(0);
	expect(copies()).toEqual([expect.stringMatching(/^after-erasure-\d+\.db$/)]);
});

test('it waits for the end of its transaction, and is not done for one that is undone', () => {
	transaction(() => {
		erase();
		finish();
		expect(unfinished()).toBe(1);
	});
	expect(unfinished()).toBe(0);
});

test('where nothing is left to do, nothing is done', () => {
	finish();
	expect(copies()).toEqual(['before.db']);
});

test('what a full disk has left unfinished is written down, and finished the next time', () => {
	const lines = catchLog();
	erase();
	const full = vi.spyOn(sqlite(), 'exec').mockImplementation(() => {
		throw Object.assign(new Error(word), { code: 'SQLITE_FULL' });
	});
	finish();
	full.mockRestore();
	expect(unfinished()).toBe(1);
	expect(existsSync(join(folder, 'backup', 'before.db'))).toBe(true);
	expect(lines.join()).toContain('erasure.finish');
	expect(lines.join()).not.toContain(word);
	finish();
	expect(unfinished()).toBe(0);
});

test('copies are those of the document, or of the case', () => {
	const before = [join(folder, 'backup', 'before.db')];
	expect(copiesWith({ documentId: 'agenda:a', caseId: null })).toEqual(before);
	expect(copiesWith({ documentId: 'agenda:b', caseId: null })).toEqual([]);
	expect(copiesWith({ documentId: null, caseId: 'c' })).toEqual([]);
	expect(copiesWith({ documentId: null, caseId: null })).toEqual([]);
});
