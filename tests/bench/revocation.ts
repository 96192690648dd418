import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DocumentName } from '#lib/domain/document.ts';
import { Close, Message } from '#lib/domain/wire.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as setup from '#lib/server/demo/setup.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as t from '#lib/server/live/testing.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as people from '#lib/server/municipality/people.ts';
import { actor, boardMeeting, forumId, itemOf, openDemo } from '#lib/server/start/testing.ts';

/*
 * How long it takes until whoever has lost a right is cut off at the other end: 200 sockets of
 * twenty people, from the step that takes the right away. The other end is in this process too,
 * so all of it is counted. That they are cut at all, and at once, is what
 * server/start/revocation.test.ts proves; here only figures come out, for docs/LIVE.md. `npm run
 * bench:revocation`.
 */

const people20 = Array.from({ length: 20 }, (_, index) => ({
	index,
	id: crypto.randomUUID(),
	session: `session ${index}`
}));
const each = 10;

const opened: t.Raw[] = [];

beforeEach(async () => {
	openDemo();
	for (const { id, index } of people20)
		people.add({ id, code: `T${index}`, name: `Prøve ${index}`, title: 'Prøve' });
	await t.start();
});
afterEach(async () => {
	for (const raw of opened.splice(0)) raw.leave();
	await t.stop();
});

const board = () => boardMeeting('22/26');
const agenda = (): DocumentName => ({ kind: 'agenda', id: board() });
const caseItem = (): DocumentName => ({ kind: 'item', id: itemOf('S-K6YJ') });

/** Ten sockets for each of the twenty, by turns to these documents; in and served. */
async function openAll(...documents: DocumentName[]): Promise<void> {
	for (const { id, session } of people20) {
		const query = new URLSearchParams({ person: id, session });
		const theirs = Array.from({ length: each }, (_, index) => {
			const { kind, id: of } = documents[index % documents.length]!;
			return new t.Raw(`/live/${kind}:${of}@1?${query}`);
		});
		opened.push(...theirs);
		await t.until(() => theirs.every((raw) => raw.of(Message.sync).length > 0), 'a step 1');
	}
}

/** Says for how many milliseconds 99 of 100 waited. */
function report(p99: number): void {
	process.stdout.write(`${expect.getState().currentTestName}: ${Math.round(p99)} ms\n`);
}

/**
 * Does the commands one after the other, waits until every socket is closed with the code, and
 * says how long 99 of 100 took, in milliseconds: each from the command that took its right away.
 * A command alone is everybody's; else each is one person's.
 */
async function timeOf(verbs: (() => void)[], code: number): Promise<number> {
	const began: number[] = [];
	const ends = opened.map(async (raw, index) => {
		const said = await raw.closed;
		const verb = verbs.length === 1 ? 0 : Math.floor(index / each);
		return { said, took: performance.now() - began[verb]! };
	});
	for (const verb of verbs) {
		began.push(performance.now());
		verb();
		await new Promise(setImmediate);
	}
	const all = await Promise.all(ends);
	expect(all).toHaveLength(200);
	expect(new Set(all.map(({ said }) => said))).toEqual(new Set([code]));
	const sorted = all.map(({ took }) => took).sort((a, b) => a - b);
	return sorted[Math.ceil(sorted.length * 0.99) - 1]!;
}

test('memberships removed', async () => {
	for (const { id } of people20) setup.enrol(forumId('BR'), id, 'member');
	await openAll(agenda(), caseItem());
	const verbs = people20.map(
		({ id }) =>
			() =>
				forums.removeMember(actor('P03'), forumId('BR'), id)
	);
	report(await timeOf(verbs, Close.rightLost));
});

test('deputies’ calls ended', async () => {
	for (const { id } of people20) {
		setup.enrol(forumId('BR'), id, 'deputy');
		const call = { deputy: id, for: null, item: caseItem().id };
		attendances.callDeputy(actor('P03'), board(), call);
	}
	await openAll(caseItem(), agenda());
	const callOf = sqlite()
		.prepare('SELECT id FROM deputy_call WHERE deputy = ? AND ended_at IS NULL')
		.pluck();
	const verbs = people20.map(({ id }) => {
		const call = callOf.get(id) as string;
		return () => attendances.endCall(actor('P03'), board(), call);
	});
	report(await timeOf(verbs, Close.rightLost));
});

test('sessions ended', async () => {
	for (const { id } of people20) setup.enrol(forumId('BR'), id, 'observer');
	await openAll(agenda());
	const verbs = people20.map(
		({ session }) =>
			() =>
				rooms.signedOut(session)
	);
	report(await timeOf(verbs, Close.signedOut));
});

test('a meeting locked', async () => {
	for (const { id } of people20) setup.enrol(forumId('BR'), id, 'member');
	for (const step of ['open', 'close'] as const) lifecycle.move(actor('P03'), board(), step);
	// What is not finished goes on to the next meeting, and with it the case's latest item.
	const documents = [agenda(), caseItem()];
	await openAll(...documents);
	const lock = () => void lifecycle.move(actor('P03'), board(), 'lock');
	report(await timeOf([lock], Close.restart));
});
