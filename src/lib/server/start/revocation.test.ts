import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { DocumentName } from '#lib/domain/document.ts';
import { Close, Message } from '#lib/domain/wire.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as setup from '#lib/server/demo/setup.ts';
import * as forums from '#lib/server/forum/forums.ts';
import { handlerOf } from '#lib/server/live/document-kinds.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as sockets from '#lib/server/live/sockets.ts';
import * as t from '#lib/server/live/testing.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as people from '#lib/server/municipality/people.ts';
import { actor, boardMeeting, forumId, itemOf, openDemo } from './testing.ts';

/*
 * Whoever loses a right is cut off in the step that takes it away: before it returns, the server
 * has closed every socket of theirs and none of anybody else's. How long the closing takes to
 * reach the other end is measured by `npm run bench:revocation`.
 */

const everybody = Array.from({ length: 4 }, (_, index) => ({
	index,
	id: crypto.randomUUID(),
	session: `session ${index}`
}));
const each = 5;

const opened = new Map<string, t.Raw[]>();

beforeEach(async () => {
	openDemo();
	opened.clear();
	for (const { id, index } of everybody)
		people.add({ id, code: `T${index}`, name: `Prøve ${index}`, title: 'Prøve' });
	await t.start();
});
afterEach(async () => {
	for (const raw of [...opened.values()].flat()) raw.leave();
	await t.stop();
});

const board = () => boardMeeting('22/26');
const agenda = (): DocumentName => ({ kind: 'agenda', id: board() });
const caseItem = (): DocumentName => ({ kind: 'item', id: itemOf('S-K6YJ') });

/** Five sockets for each of the four, by turns to these documents; in and served. */
async function openAll(...documents: DocumentName[]): Promise<void> {
	for (const { id, session } of everybody) {
		const query = new URLSearchParams({ person: id, session });
		const theirs = Array.from({ length: each }, (_, index) => {
			const { kind, id: of } = documents[index % documents.length]!;
			return new t.Raw(`/live/${kind}:${of}@1?${query}`);
		});
		opened.set(id, theirs);
		await t.until(() => theirs.every((raw) => raw.of(Message.sync).length > 0), 'a step 1');
	}
}

/** How many sockets of each of the four the server holds open, at this very moment. */
const open = () =>
	everybody.map(
		({ id }) =>
			sockets
				.all()
				.filter(({ visitor }) => visitor.person === id)
				.filter(({ socket }) => socket.readyState === WebSocket.OPEN).length
	);

/** Every socket of these people hears at its own end that it is closed, and why. */
async function expectTold(ids: string[], code: number): Promise<void> {
	const said = ids.flatMap((id) => opened.get(id)!).map((raw) => raw.closed);
	expect(await Promise.all(said)).toEqual(said.map(() => code));
}

/** Each of the four loses the right, one after the other. */
async function expectCut(take: (who: (typeof everybody)[number]) => void, code: number) {
	const left = everybody.map(() => each);
	expect(open()).toEqual(left);
	for (const who of everybody) {
		take(who);
		left[who.index] = 0;
		expect(open()).toEqual(left);
	}
	await expectTold(
		everybody.map(({ id }) => id),
		code
	);
}

test('a membership removed cuts that member’s sockets', async () => {
	for (const { id } of everybody) setup.enrol(forumId('BR'), id, 'member');
	await openAll(agenda(), caseItem());
	const take = ({ id }: { id: string }) => forums.removeMember(actor('P03'), forumId('BR'), id);
	await expectCut(take, Close.rightLost);
});

test('a deputy’s call that ends cuts that deputy’s sockets', async () => {
	for (const { id } of everybody) {
		setup.enrol(forumId('BR'), id, 'deputy');
		const call = { deputy: id, for: null, item: caseItem().id };
		attendances.callDeputy(actor('P03'), board(), call);
	}
	await openAll(caseItem(), agenda());
	const callOf = sqlite()
		.prepare('SELECT id FROM deputy_call WHERE deputy = ? AND ended_at IS NULL')
		.pluck();
	const take = ({ id }: { id: string }) =>
		attendances.endCall(actor('P03'), board(), callOf.get(id) as string);
	await expectCut(take, Close.rightLost);
});

test('a session that ends cuts its own sockets', async () => {
	for (const { id } of everybody) setup.enrol(forumId('BR'), id, 'observer');
	await openAll(agenda());
	await expectCut(({ session }) => rooms.signedOut(session), Close.signedOut);
});

test('a meeting that is locked cuts everybody’s, and who comes back only reads', async () => {
	for (const { id } of everybody) setup.enrol(forumId('BR'), id, 'member');
	for (const step of ['open', 'close'] as const) lifecycle.move(actor('P03'), board(), step);
	// What is not finished goes on to the next meeting, and with it the case's latest item.
	const documents = [agenda(), caseItem()];
	await openAll(...documents);
	lifecycle.move(actor('P03'), board(), 'lock');
	expect(open()).toEqual(everybody.map(() => 0));
	await expectTold(
		everybody.map(({ id }) => id),
		Close.restart
	);
	for (const { kind, id } of documents)
		expect(handlerOf(kind)!.access(everybody[0]!.id, id)).toBe('read');
});

test('a right taken in a transaction that fails cuts nobody', async () => {
	for (const { id } of everybody) setup.enrol(forumId('BR'), id, 'member');
	await openAll(agenda());
	const { id } = everybody[0]!;
	expect(() => forums.removeMember(actor('P05'), forumId('BR'), id)).toThrow('not_allowed');
	expect(open()).toEqual(everybody.map(() => each));
});
