import { afterEach, beforeEach, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { catchLog } from '#lib/server/platform/testing.ts';
import { openDemo } from '#lib/server/start/testing.ts';
import { smtp } from './post.ts';
import * as rounds from './rounds.ts';
import { type Behaviour, type MailServer, startMailServer } from './testing.ts';

/* From the outbox to a mail server and back: what the table says of what came of it. */

let server: MailServer;
let answers: ReturnType<Behaviour>[];

beforeEach(async () => {
	openDemo();
	catchLog();
	sqlite().exec("UPDATE person SET email = NULL WHERE code <> 'P07'");
	answers = [];
	server = await startMailServer({ message: () => answers.shift() });
	const there = { host: '127.0.0.1', port: server.port, secure: false, user: null, password: null };
	rounds.begin({ post: smtp(there, 'samrad@sunnoy.example'), origin: 'https://samrad.example.no' });
});
afterEach(async () => {
	await rounds.end();
	await server.stop();
});

const row = () =>
	sqlite().prepare("SELECT state, tries, reply FROM notice WHERE kind = 'digest'").get() as Record<
		string,
		unknown
	>;
/** The round that began with the office, and those after it. */
async function settled(): Promise<void> {
	await rounds.tick();
	await expect.poll(() => row()['state']).not.toBe('sending');
}
function anHourLater(): Promise<void> {
	clock.set(clock.now() + 60 * 60 * 1000);
	return settled();
}

test('delivered', async () => {
	await settled();
	expect(row()).toEqual({ state: 'sent', tries: 1, reply: null });
	expect(server.taken).toHaveLength(1);
	expect(server.taken[0]).toContain('berit.skissdal@sunnoy.example');
});

test('refused for now, and delivered the second time, under the same name', async () => {
	answers = [451];
	await settled();
	expect(row()).toEqual({ state: 'waiting', tries: 1, reply: 451 });
	await anHourLater();
	expect(row()).toMatchObject({ state: 'sent', tries: 2 });
	expect(server.offered).toBe(2);
	expect(server.taken).toHaveLength(1);
});

test('refused for good', async () => {
	answers = [554];
	await settled();
	await anHourLater();
	expect(row()).toEqual({ state: 'given_up', tries: 1, reply: 554 });
	expect(server.offered).toBe(1);
});

test('cut off in the middle, and never offered again', async () => {
	answers = ['cut'];
	await settled();
	await anHourLater();
	expect(row()).toEqual({ state: 'uncertain', tries: 1, reply: null });
	expect(server.offered).toBe(1);
});
