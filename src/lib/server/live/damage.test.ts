import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type * as Y from 'yjs';
import { addItem, changeItem, readAgenda, titleOf } from '#lib/domain/agenda.ts';
import type { DocumentName } from '#lib/domain/document.ts';
import { Close } from '#lib/domain/wire.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as log from './log.ts';
import * as rooms from './rooms.ts';
import * as t from './testing.ts';

t.useEngine();

const fixed = (title: string) => ({ id: randomUUID(), title, kind: 'fixed' as const, minutes: 5 });
const titles = (doc: Y.Doc) => readAgenda(doc).map((item) => item.open?.title);
const run = (sql: string, ...values: unknown[]) =>
	sqlite()
		.prepare(sql)
		.run(...values);
const damageOf = (name: DocumentName) =>
	sqlite()
		.prepare(
			'SELECT part, length(bytes) AS size FROM document_damage WHERE document = ? ORDER BY id'
		)
		.all(`${name.kind}:${name.id}`);

/** An agenda whose log has these titles, a row each, and which nobody has open. */
function written(...all: string[]): DocumentName {
	const name = t.newDocument('agenda', { anna: 'write', bo: 'write' });
	for (const title of all) rooms.transact(name, null, (doc) => addItem(doc, fixed(title)));
	return name;
}

/** Turns a bit in the nth row of a document's log. */
function spoil(name: DocumentName, nth: number): void {
	const rows = sqlite()
		.prepare('SELECT seq, bytes FROM document_log WHERE document = ? ORDER BY seq')
		.all(`${name.kind}:${name.id}`) as { seq: number; bytes: Buffer }[];
	const { seq, bytes } = rows[nth]!;
	bytes[bytes.length >> 1]! ^= 4;
	run('UPDATE document_log SET bytes = ? WHERE seq = ?', bytes, seq);
}

/** Leaves the document compacted into a state. */
async function compacted(...all: string[]): Promise<DocumentName> {
	const name = written(...all);
	const anna = await new t.Person(name, 'anna').synced();
	anna.leave();
	await t.until(() => t.rowsOf(name) === 0);
	return name;
}

test('of a damaged row only what was in it is gone, and that is reported once and kept as it lay', async () => {
	const name = written('Ein', 'To', 'Tre');
	spoil(name, 1);
	const anna = await new t.Person(name, 'anna').synced();
	expect(titles(anna.doc)).toEqual(['Ein', 'Tre']);
	expect(t.faults).toEqual(['live.damaged']);
	expect(t.damaged).toEqual([name.id]);
	expect(damageOf(name)).toEqual([{ part: 'log', size: expect.any(Number) as number }]);
	expect(rooms.losses(name)).toEqual([{ at: expect.any(Number), found: expect.any(Number) }]);

	// It goes on being written in, is put together, and says nothing more of it.
	addItem(anna.doc, fixed('Fire'));
	await anna.saved();
	anna.leave();
	await t.until(() => t.rowsOf(name) === 0);
	expect(rooms.read(name, titles)).toEqual(['Ein', 'Tre', 'Fire']);
	expect(t.faults).toEqual(['live.damaged']);
	expect(damageOf(name)).toHaveLength(1);
});

test('what builds on a damaged row is set aside with it, and what does not stays', async () => {
	const name = t.newDocument('agenda', { anna: 'write', bo: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	const [lost, kept] = [fixed('Tapt'), fixed('Heil')];
	addItem(anna.doc, lost);
	await anna.saved();
	titleOf(anna.doc, lost.id)!.insert(5, ' og bygd på');
	await anna.saved();
	rooms.transact(name, null, (doc) => addItem(doc, kept));
	rooms.transact(name, null, (doc) => changeItem(doc, kept.id, { minutes: 25 }));
	// As after a power cut: no page has anything of it any more.
	const rows = sqlite().prepare('SELECT * FROM document_log ORDER BY seq').all() as object[];
	await t.stop();
	run('DELETE FROM document_state');
	for (const row of rows)
		run(
			'INSERT INTO document_log VALUES (@seq, @document, @epoch, @person, @at, @bytes, @sha256)',
			row
		);
	anna.leave();
	await t.start();
	spoil(name, 0);
	expect(rooms.read(name, readAgenda)).toMatchObject([{ id: kept.id, minutes: 25 }]);
	expect(damageOf(name)).toMatchObject([{ part: 'log' }, { part: 'after' }]);
	expect(rooms.losses(name)).toHaveLength(2);
});

test('a page that was open all the time brings back what the disk has lost', async () => {
	const name = t.newDocument('agenda', { anna: 'write', bo: 'write' });
	const anna = await new t.Person(name, 'anna').synced();
	addItem(anna.doc, fixed('Framleis her'));
	await anna.saved();
	const row = sqlite().prepare('SELECT * FROM document_log').get() as object;
	anna.provider.disconnect();
	await t.until(() => t.rowsOf(name) === 0);
	run('DELETE FROM document_state');
	run(
		'INSERT INTO document_log VALUES (@seq, @document, @epoch, @person, @at, @bytes, @sha256)',
		row
	);
	spoil(name, 0);
	const bo = await new t.Person(name, 'bo').synced();
	expect(titles(bo.doc)).toEqual([]);
	anna.provider.connect();
	await t.until(() => titles(bo.doc).length === 1);
	expect(titles(t.onDisk(name))).toEqual(['Framleis her']);
});

test('a damaged state is read from its mirror and put back, and nothing is lost', async () => {
	const name = await compacted('Ein', 'To');
	run("UPDATE document_state SET bytes = x'0000'");
	const anna = await new t.Person(name, 'anna').synced();
	expect(titles(anna.doc)).toEqual(['Ein', 'To']);
	expect(t.faults).toEqual(['live.damaged']);
	expect(damageOf(name)).toEqual([{ part: 'state', size: 2 }]);
	expect(rooms.losses(name)).toEqual([]);
	const [state, mirror] = ['document_state', 'document_mirror'].map((table) =>
		sqlite().prepare(`SELECT * FROM ${table}`).get()
	);
	expect(state).toEqual(mirror);
	expect(titles(t.onDisk(name))).toEqual(['Ein', 'To']);
});

test('the mirror follows its state, so that whoever takes one away takes both', async () => {
	const name = await compacted('Ein');
	const mirror = () => sqlite().prepare('SELECT * FROM document_mirror').get();
	const state = () => sqlite().prepare('SELECT * FROM document_state').get();
	expect(mirror()).toEqual(state());
	run("UPDATE document_state SET epoch = 2, bytes = x'0000', sha256 = 'new'");
	expect(mirror()).toEqual(state());
	run('DELETE FROM document_state');
	expect(mirror()).toBeUndefined();
	expect(rooms.epochOf(name)).toBe(1);
});

test('with the epoch go the bytes of what was set aside', () => {
	const name = written('Løynd', 'Open');
	spoil(name, 0);
	rooms.read(name, titles);
	run('UPDATE document SET epoch = 2');
	expect(damageOf(name)).toEqual([{ part: 'log', size: 0 }]);
	expect(rooms.losses(name)).toEqual([]);
});

test('when the disk takes nothing, what is sound is still read, and the log is left as it is', async () => {
	const name = written('Ein', 'To');
	spoil(name, 0);
	sqlite().pragma('query_only = ON');
	const anna = await new t.Person(name, 'anna').synced();
	expect(titles(anna.doc)).toEqual(['To']);
	anna.leave();
	const vain = () => t.faults.filter((event) => event === 'live.set-aside').length;
	// As it was opened, and as it was to be put together.
	await t.until(() => vain() === 2);
	expect(t.rowsOf(name)).toBe(2);
	sqlite().pragma('query_only = OFF');
	expect(rooms.read(name, titles)).toEqual(['To']);
	expect(damageOf(name)).toHaveLength(1);
});

test('what is damaged twice over is neither shown nor begun anew', async () => {
	const name = await compacted('Ein');
	run("UPDATE document_state SET bytes = x'0000'");
	run("UPDATE document_mirror SET bytes = x'0000'");
	const anna = t.Raw.to(name, 'anna');
	expect(await anna.closed).toBe(Close.storageRefuses);
	expect(anna.heard).toEqual([]);
	expect(() => rooms.read(name, titles)).toThrow(log.DamagedDocument);
	expect(() => rooms.transact(name, null, (doc) => addItem(doc, fixed('X')))).toThrow('checksum');
	expect(t.faults).toContain('live.join');
	expect(t.rowsOf(name)).toBe(0);
});
