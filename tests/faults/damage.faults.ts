import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { addItem, changeItem, readAgenda, titleOf } from '../../src/lib/domain/agenda.ts';
import { caller, get } from '../callers.ts';
import { rows } from '../records.ts';
import { type RunningServer, startServer } from '../server.ts';
import { Client, until } from './client.ts';
import { rooms } from './municipality.ts';

let server: RunningServer | null = null;
afterEach(async () => server?.stop());

test('one row of the log and one state are damaged while the server is away: the rest is served, and the loss is told', async () => {
	const running = (server = await startServer());
	const [agenda, other] = rooms(running).filter(({ kind }) => kind === 'agenda') as [Place, Place];
	const anna = await caller(running, agenda.writers[0]!);
	const [kept, lost] = [item('Står framleis'), item('Hemmeleg ord')];
	const client = await new Client(anna, agenda.room).synced();
	for (const one of [kept, lost]) {
		addItem(client.doc, one);
		await client.saved();
	}
	// Another row than theirs, upon which nothing of what stands builds.
	changeItem(client.doc, kept.id, { minutes: 25 });
	await client.saved();
	const before = await stateOf(running, other, anna);
	const states = 'SELECT 1 FROM document_state WHERE document = ?';
	await until(() => rows(running, states, other.room.split('@')[0]).length > 0, 'its state');
	await running.kill();
	client.leave();
	damage(running, agenda.room, 'Hemmeleg ord', other.room);
	await running.restart();

	const again = await new Client(anna, agenda.room).synced();
	expect(titleOf(again.doc, kept.id)?.toString()).toBe('Står framleis');
	expect(readAgenda(again.doc).map(({ id }) => id)).not.toContain(lost.id);
	addItem(again.doc, item('Skrive etterpå'));
	await again.saved();
	again.leave();
	expect(await stateOf(running, other, anna)).toEqual(before);

	const pages = [agenda, other].map(({ room }) => `/meetings/${idOf(room)}/__data.json`);
	const [told, untold] = await Promise.all(pages.map(async (p) => (await get(anna, p)).text()));
	expect(damageNoticesIn(told!, idOf(agenda.room))).toBeGreaterThan(0);
	expect(damageNoticesIn(untold!, idOf(other.room))).toBe(0);
	const reports = running
		.output()
		.split('\n')
		.filter((line) => line.includes('"event":"live.damaged"'));
	expect(reports).toHaveLength(2);
	expect(running.output()).not.toContain('Hemmeleg');
});

type Place = ReturnType<typeof rooms>[number];

const idOf = (room: string) => room.slice(room.indexOf(':') + 1, room.indexOf('@'));
const item = (title: string) => ({
	id: crypto.randomUUID(),
	title,
	kind: 'discussion' as const,
	minutes: 5
});

async function stateOf(
	running: RunningServer,
	place: Place,
	who: Awaited<ReturnType<typeof caller>>
) {
	const reader = await new Client({ ...who, server: running }, place.room).synced();
	const list = readAgenda(reader.doc);
	reader.leave();
	return list;
}

/** Turns a bit in the row that holds this word, and one in the state of the other document. */
function damage(running: RunningServer, room: string, word: string, other: string): void {
	const database = new Database(join(running.data, 'samrad.db'));
	const spoiled = (bytes: Buffer) => {
		bytes[bytes.length >> 1]! ^= 1;
		return bytes;
	};
	try {
		const { seq, bytes } = database
			.prepare('SELECT seq, bytes FROM document_log WHERE document = ? AND instr(bytes, ?) > 0')
			.get(room.split('@')[0], Buffer.from(word)) as { seq: number; bytes: Buffer };
		database.prepare('UPDATE document_log SET bytes = ? WHERE seq = ?').run(spoiled(bytes), seq);
		const id = other.split('@')[0];
		const state = database
			.prepare('SELECT bytes FROM document_state WHERE document = ?')
			.get(id) as { bytes: Buffer };
		database
			.prepare('UPDATE document_state SET bytes = ? WHERE document = ?')
			.run(spoiled(state.bytes), id);
	} finally {
		database.close();
	}
}

/**
 * How many losses a page's data tells of, of this document: Kit writes every object as a list of
 * places.
 */
function damageNoticesIn(text: string, of: string): number {
	const { nodes } = JSON.parse(text) as { nodes: { data?: unknown[] }[] };
	return nodes
		.flatMap(({ data = [] }) => {
			const [top] = data as [Record<string, number>?];
			const list = top?.losses === undefined ? [] : (data[top.losses] as number[]);
			return list.map((at) => data[(data[at] as Record<string, number>).of!]);
		})
		.filter((id) => id === of).length;
}
