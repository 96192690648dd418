import * as encoding from 'lib0/encoding';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { agendaItems, caseTextOf, textOf } from '#lib/domain/agenda.ts';
import { documentKinds, type DocumentName } from '#lib/domain/document.ts';
import { may, type Subject } from '#lib/domain/may.ts';
import { isWritable, type MeetingStatus, meetingStatuses } from '#lib/domain/meeting.ts';
import { membershipRoles } from '#lib/domain/membership.ts';
import { recommendationTextOf } from '#lib/domain/recommendation-text.ts';
import { aboutOf, abstractOf } from '#lib/domain/talk.ts';
import { Close, Message, Sync } from '#lib/domain/wire.ts';
import { db, sqlite } from '#lib/server/db/index.ts';
import { deputyCall, meeting, meetingRole } from '#lib/server/db/schema/meeting.ts';
import * as setup from '#lib/server/demo/setup.ts';
import { type Access, handlerOf } from '#lib/server/live/document-kinds.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as t from '#lib/server/live/testing.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as drafting from '#lib/server/recommendation/drafting.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import * as talks from '#lib/server/talk/talks.ts';
import { allocation, placeOf } from './case-to-ruling/testing.ts';
import { actor, boardMeeting, forumId, itemOf, openDemo, person } from './testing.ts';

/*
 * Who may read, write and be seen in each kind of document, in each state of the meeting, driven
 * over real sockets. What is to be follows from `may`; what is, from what comes back. A kind that
 * somebody keeps must have its fixture here.
 */

interface Fixture {
	document: () => DocumentName;
	meeting: () => string;
	/** Who looks on, to see what reaches others: reads it in every state. */
	watcher: string;
	subject: () => Subject;
	/** What else writing takes, besides the right. */
	open?: (status: MeetingStatus) => boolean;
	/** The part of the document in which is written here. */
	text: (doc: Y.Doc) => Y.XmlFragment;
}

const board = () => boardMeeting('22/26');
const day = () => meetingOf('BSF', '2/26');

const fixtures: Record<string, Fixture & { kind: (typeof documentKinds)[number] }> = {
	'the agenda of a council': {
		kind: 'agenda',
		document: () => ({ kind: 'agenda', id: board() }),
		meeting: board,
		watcher: 'P03',
		subject: () => meetings.subject(meetings.find(board())!),
		text: firstTextOf
	},
	'the programme of a day': {
		kind: 'agenda',
		document: () => ({ kind: 'agenda', id: day() }),
		meeting: day,
		watcher: 'P09',
		subject: () => meetings.subject(meetings.find(day())!),
		text: firstTextOf
	},
	'a case item': {
		kind: 'item',
		document: () => ({ kind: 'item', id: itemOf('S-K6YJ') }),
		meeting: board,
		watcher: 'P03',
		subject: () => agendas.subject(agendas.find(itemOf('S-K6YJ'))!, meetings.find(board())!),
		text: caseTextOf
	},
	'the text of a recommendation': {
		kind: 'item',
		document: () => ({ kind: 'item', id: itemOf('S-G5MQ') }),
		meeting: board,
		watcher: 'P03',
		subject: () => agendas.subject(agendas.find(itemOf('S-G5MQ'))!, meetings.find(board())!),
		text: recommendationTextOf
	},
	'a talk': {
		kind: 'talk',
		document: () => ({ kind: 'talk', id: talkId }),
		meeting: day,
		watcher: 'P09',
		subject: () => {
			const { forumId: forum, forumKind } = meetings.find(day())!;
			return { kind: 'talk', forum, forumKind, speaker: idOf('the one who speaks') };
		},
		// A talk is its speaker's own until the day is over.
		open: isWritable,
		text: (doc) => {
			aboutOf(doc);
			return abstractOf(doc);
		}
	}
};

const roles = [
	...membershipRoles,
	'acting chair',
	'acting secretary',
	'chair of the item',
	'deputy called to the meeting',
	'deputy called to the item',
	'the one who speaks',
	'employee',
	'administrator',
	'from outside'
];

let talkId = '';
const ids = new Map(roles.map((role) => [role, crypto.randomUUID()]));
const idOf = (role: string) => ids.get(role)!;

function meetingOf(forum: string, number: string): string {
	return sqlite()
		.prepare('SELECT id FROM meeting WHERE forum = ? AND number = ?')
		.pluck()
		.get(forumId(forum), number) as string;
}

/** The minutes of an ordinary item that is always there. */
function firstTextOf(doc: Y.Doc): Y.XmlFragment {
	const id = [...agendaItems(doc).keys()].sort().find((key) => textOf(doc, key) !== null);
	return textOf(doc, id!)!;
}

/** Everybody is in both forums what their role says, and called or appointed to both meetings. */
function cast(): void {
	for (const role of roles) {
		const id = idOf(role);
		const outside = role === 'from outside';
		const administrator = role === 'administrator';
		people.add({ id, code: `T-${role}`, name: role, title: role, outside, administrator });
		for (const forum of ['BR', 'BSF']) enrol(forumId(forum), id, role);
		for (const held of [board(), day()]) appoint(held, id, role);
	}
	talkId = talks.propose(people.actor(idOf('the one who speaks'))!, day());
	const draft = recommendations.save(actor('P04'), placeOf('S-G5MQ'), allocation());
	drafting.open(actor('P04'), draft);
}

function enrol(forum: string, id: string, role: string): void {
	const known = membershipRoles.find((name) => name === role);
	if (known) setup.enrol(forum, id, known);
	if (role.startsWith('acting') || role === 'chair of the item') setup.enrol(forum, id, 'member');
	if (role.startsWith('deputy called')) setup.enrol(forum, id, 'deputy');
	if (role === 'the one who speaks') setup.enrol(forum, id, 'speaker');
}

function appoint(held: string, id: string, role: string): void {
	const item = role.endsWith('the item') && held === board() ? itemOf('S-K6YJ') : null;
	const row = { id: crypto.randomUUID(), meetingId: held, itemId: item };
	if (role.startsWith('acting') || role === 'chair of the item')
		db()
			.insert(meetingRole)
			.values({ ...row, personId: id, role: role.endsWith('secretary') ? 'secretary' : 'chair' })
			.run();
	if (role.startsWith('deputy called'))
		db()
			.insert(deputyCall)
			.values({ ...row, deputyId: id, byPersonId: person('P03').id, at: 0 })
			.run();
}

beforeAll(async () => {
	openDemo();
	cast();
	await t.start();
});
afterAll(t.stop);

test('every kind of document that somebody keeps has its fixture', () => {
	const kept = documentKinds.filter((kind) => handlerOf(kind) !== null);
	const known = new Set(Object.values(fixtures).map(({ kind }) => kind));
	expect(kept.filter((kind) => !known.has(kind))).toEqual([]);
	expect(kept.length).toBeGreaterThanOrEqual(3);
});

/** What `may` says, in the words of the engine. */
function rightOf(role: string, fixture: Fixture, status: MeetingStatus): Access | null {
	const actor = people.actor(idOf(role))!;
	if (!may(actor, 'read', fixture.subject())) return null;
	const writes = may(actor, 'write', fixture.subject()) && (fixture.open?.(status) ?? true);
	return writes ? 'write' : 'read';
}

function present(client: number): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const number of [1, client, 1]) encoding.writeVarUint(encoder, number);
	const state = { item: 'her', user: { id: 'somebody else', name: 'Ordføraren' } };
	encoding.writeVarString(encoder, JSON.stringify(state));
	return encoding.toUint8Array(encoder);
}

/** The update of somebody who writes a line in what they have. */
function writing(doc: Y.Doc, fixture: Fixture, line: string): Uint8Array {
	const before = Y.encodeStateVector(doc);
	const paragraph = new Y.XmlElement('paragraph');
	paragraph.insert(0, [new Y.XmlText(line)]);
	fixture.text(doc).insert(0, [paragraph]);
	return Y.encodeStateAsUpdate(doc, before);
}

async function readThrough(raw: t.Raw): Promise<Y.Doc> {
	const steps = () => raw.of(Message.sync).filter((data) => data[0] === Sync.step2);
	const before = steps().length;
	raw.send(Message.sync, Sync.step1, Y.encodeStateVector(new Y.Doc()));
	await t.until(() => steps().length > before);
	const doc = new Y.Doc();
	// After the kind stands the length, as a varuint.
	const [, ...rest] = steps().at(-1)!;
	const start = rest.findIndex((byte) => byte < 128) + 1;
	Y.applyUpdate(doc, Uint8Array.from(rest.slice(start)));
	return doc;
}

describe.each(Object.keys(fixtures))('%s', (name) => {
	const fixture = fixtures[name]!;
	const onDisk = () => fixture.text(t.onDisk(fixture.document())).toString();

	describe.each([...meetingStatuses])('of a meeting that is %s', (status) => {
		let watcher: t.Person;

		beforeAll(async () => {
			db().update(meeting).set({ status }).run();
			// So that there is something to read.
			rooms.transact(fixture.document(), null, (doc) =>
				writing(doc, fixture, `frå før, ${status}`)
			);
			watcher = await new t.Person(fixture.document(), person(fixture.watcher).id).synced();
		});
		afterAll(() => watcher.leave());

		const seenBy = (client: number) =>
			watcher.provider.awareness.getStates().get(client) as
				{ user: { id: string; name: string } } | undefined;

		test.each(roles)('%s', async (role) => {
			const right = rightOf(role, fixture, status);
			const raw = t.Raw.to(fixture.document(), idOf(role));
			const line = `${role} skreiv då det var ${status}`;
			if (right === null) {
				const blind = new Y.Doc();
				raw.socket.on('open', () => {
					raw.send(Message.awareness, present(blind.clientID));
					raw.send(Message.sync, Sync.step1, Y.encodeStateVector(blind));
					raw.send(Message.ack, 1);
				});
				expect(await raw.closed).toBe(Close.unknown);
				expect(raw.heard).toEqual([]);
				expect(seenBy(blind.clientID)).toBeUndefined();
				return;
			}
			await raw.open();

			const mine = await readThrough(raw);
			expect(fixture.text(mine).toString()).toContain(`frå før, ${status}`);

			raw.send(Message.awareness, present(mine.clientID));
			await t.until(() => seenBy(mine.clientID) !== undefined, `${role} is seen`);
			expect(seenBy(mine.clientID)!.user).toMatchObject({
				id: idOf(role),
				name: `Name of ${idOf(role)}`
			});

			raw.send(Message.sync, Sync.update, writing(mine, fixture, line));
			raw.send(Message.ack, 7);
			if (right === 'write') await t.until(() => raw.of(Message.ack).length > 0, 'an ack');
			const after = fixture.text(await readThrough(raw)).toString();
			expect(after.includes(line)).toBe(right === 'write');
			expect(onDisk().includes(line)).toBe(right === 'write');
			expect(raw.of(Message.ack)).toHaveLength(right === 'write' ? 1 : 0);
			raw.leave();
		});
	});
});

test.each([
	['an agenda under the name of an item', () => `item:${board()}`],
	['an ordinary item, which has no document of its own', () => `item:${ordinaryItem()}`],
	['a case item under the name of an agenda', () => `agenda:${itemOf('S-K6YJ')}`],
	['a case item by the id of its case', () => `item:${caseId()}`],
	['a talk under the name of an item', () => `item:${talkId}`],
	['an id that was guessed', () => `item:${crypto.randomUUID()}`]
])('%s is the same nothing to a chair as to a stranger', async (_, document) => {
	for (const who of [person('P03').id, idOf('from outside')]) {
		const raw = new t.Raw(`/live/${document()}@1?person=${who}`);
		expect(await raw.closed).toBe(Close.unknown);
		expect(raw.heard).toEqual([]);
	}
});

function ordinaryItem(): string {
	return sqlite()
		.prepare('SELECT id FROM agenda_item WHERE meeting = ? AND case_id IS NULL LIMIT 1')
		.pluck()
		.get(board()) as string;
}

function caseId(): string {
	return sqlite().prepare("SELECT id FROM case_card WHERE code = 'S-K6YJ'").pluck().get() as string;
}
