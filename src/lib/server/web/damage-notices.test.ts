import { beforeEach, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { among } from './damage-notices.ts';

const day = 24 * 60 * 60 * 1000;
const now = Date.parse('2026-11-23T08:00:00Z');

beforeEach(() => {
	openTestDatabase();
	clock.set(now);
});

/** Notes of a document that a part of it, written at a moment, was found damaged at another. */
function lose(document: string, at: number | null, found: number, part = 'log'): void {
	sqlite()
		.prepare("INSERT OR IGNORE INTO document (id, kind, epoch) VALUES (?, 'agenda', 1)")
		.run(document);
	sqlite()
		.prepare(
			`INSERT INTO document_damage (document, epoch, part, seq, at, bytes, sha256, found)
				VALUES (?, 1, ?, 1, ?, x'00', '', ?)`
		)
		.run(document, part, at, found);
}
const of = (...ids: string[]) => among(ids.map((id) => ({ kind: 'agenda', id })));

test('what was lost of these documents is told, the latest first, and when it was written', () => {
	lose('agenda:a', now - 9000, now - 5000);
	lose('agenda:a', now - 8000, now - 4000, 'after');
	lose('agenda:b', null, now - 3000);
	expect(of('a')).toEqual([
		{ of: 'a', at: now - 8000 },
		{ of: 'a', at: now - 9000 }
	]);
	expect(of('a', 'b', 'c').at(-1)).toEqual({ of: 'b', at: null });
	expect(of('c')).toEqual([]);
});

test('a moment that cannot be is not told: it lay on the same disk', () => {
	lose('agenda:a', -1, now);
	lose('agenda:b', now + day, now);
	expect(of('a', 'b')).toEqual([
		{ of: 'a', at: null },
		{ of: 'b', at: null }
	]);
});

test('what was mended from its mirror is no loss, and after thirty days none is told of', () => {
	lose('agenda:a', now, now, 'state');
	lose('agenda:b', now - 31 * day, now - 30 * day);
	expect(of('a', 'b')).toEqual([]);
});
