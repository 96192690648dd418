import { beforeEach, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as feeds from './feeds.ts';

beforeEach(() => {
	openTestDatabase();
	clock.set(Date.parse('2026-11-23T08:00:00Z'));
	for (const id of ['anna', 'bo']) people.add({ id, code: id, name: id, title: '' });
});

const actor = (id: string) => people.actor(id)!;
const noted = () =>
	sqlite()
		.prepare('SELECT person, deed AS verb, thing AS subject FROM audit ORDER BY seq')
		.raw()
		.all();

test('an address opens one person’s calendar, and the database holds only its hash', () => {
	const before = clock.now();
	const secret = feeds.open(actor('anna'));
	expect(secret.length).toBeGreaterThanOrEqual(43);
	expect(feeds.ownerOf(secret)).toBe('anna');
	expect(JSON.stringify(sqlite().prepare('SELECT * FROM calendar_feed').all())).not.toContain(
		secret
	);
	expect(feeds.openSince(actor('anna'))).toBeGreaterThanOrEqual(before);
	expect(feeds.openSince(actor('bo'))).toBeNull();
});

test('a new one takes the place of the one before', () => {
	const before = feeds.open(actor('anna'));
	const other = feeds.open(actor('bo'));
	const after = feeds.open(actor('anna'));
	expect([before, after, other].map(feeds.ownerOf)).toEqual([null, 'anna', 'bo']);
});

test('closed it is one of nothing; both are noted, and closing nothing is not', () => {
	const secret = feeds.open(actor('anna'));
	feeds.close(actor('anna'));
	feeds.close(actor('anna'));
	expect(feeds.ownerOf(secret)).toBeNull();
	expect(noted()).toEqual([
		['anna', 'feed.open', 'person:anna'],
		['anna', 'feed.close', 'person:anna']
	]);
});

test('what was made up, or is far too long, opens nothing', () => {
	feeds.open(actor('anna'));
	expect(['made-up', '', 'x'.repeat(1_000_000)].map(feeds.ownerOf)).toEqual([null, null, null]);
});
