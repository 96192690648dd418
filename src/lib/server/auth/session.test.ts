import { beforeEach, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { catchLog } from '#lib/server/platform/testing.ts';
import { isOurs } from './origin.ts';
import * as sessions from './session.ts';

const hour = 60 * 60 * 1000;
const start = Date.parse('2026-11-23T08:00:00Z');
const person = crypto.randomUUID();

beforeEach(() => {
	openTestDatabase();
	clock.set(start);
	people.add({ id: person, code: 'P99', name: 'Prøve Testvik', title: 'Prøve' });
});

test('a token finds its session, and the database holds only its hash', () => {
	const token = sessions.begin(person);
	expect(sessions.find(token)?.person).toBe(person);
	const stored = JSON.stringify(sqlite().prepare('SELECT * FROM session').all());
	expect(stored).not.toContain(token);
});

test('a session that is used goes on, one that is not ends', () => {
	const token = sessions.begin(person);
	clock.set(start + 11 * hour);
	expect(sessions.find(token)).not.toBeNull();
	clock.set(start + 22 * hour);
	expect(sessions.find(token)).not.toBeNull();
	clock.set(start + 35 * hour);
	expect(sessions.find(token)).toBeNull();
});

test('however much it is used, it ends after seven days', () => {
	const token = sessions.begin(person);
	for (let passed = 0; passed <= 168; passed += 10) {
		clock.set(start + passed * hour);
		expect(sessions.find(token)).not.toBeNull();
	}
	clock.set(start + 169 * hour);
	expect(sessions.find(token)).toBeNull();
});

test('an ended session is gone', () => {
	const token = sessions.begin(person);
	sessions.end(sessions.find(token)!.id);
	expect(sessions.find(token)).toBeNull();
});

test('a session is found although the disk takes nothing, so that reading goes on', () => {
	const token = sessions.begin(person);
	const lines = catchLog();
	clock.set(clock.now() + 10 * 60_000);
	sqlite().pragma('query_only = ON');
	expect(sessions.find(token)?.person).toBe(person);
	sqlite().pragma('query_only = OFF');
	expect(lines.join()).toContain('session.renew');
});

test('no token and a made-up token find nothing', () => {
	expect(sessions.find(undefined)).toBeNull();
	expect(sessions.find('made-up')).toBeNull();
});

test('only a request from our own pages is ours', () => {
	const from = (headers: Record<string, string>) =>
		isOurs(new Headers(headers), 'http://127.0.0.1:3000');
	expect(from({ origin: 'http://127.0.0.1:3000' })).toBe(true);
	expect(from({ origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' })).toBe(true);
	expect(from({})).toBe(false);
	expect(from({ origin: 'null' })).toBe(false);
	expect(from({ origin: 'http://127.0.0.1:3001' })).toBe(false);
	expect(from({ origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'cross-site' })).toBe(false);
});
