import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addItem, readAgenda, titleOf } from '../../src/lib/domain/agenda.ts';
import { Close } from '../../src/lib/domain/wire.ts';
import { type Caller, get } from '../callers.ts';
import { isLong } from './chance.ts';
import { Client, until } from './client.ts';
import { callers, rooms } from './municipality.ts';
import { type ProbedServer, startProbed } from './probed.ts';

/** What is set up, last first, is taken down. */
const undo: (() => unknown)[] = [];
afterEach(async () => {
	for (const verb of undo.splice(0).reverse()) await verb();
});

/** How a database comes to refuse, and how it becomes well again. */
interface Illness {
	begin(server: ProbedServer): unknown;
	end(server: ProbedServer): unknown;
}

const refusing: Illness = {
	begin: (server) => server.sql('PRAGMA query_only = ON'),
	end: (server) => server.sql('PRAGMA query_only = OFF')
};
/**
 * SQLite says FULL when it may take no further page; the log is long, so that it soon needs one.
 */
const full: Illness = {
	begin: (server) => server.sql('PRAGMA max_page_count = 1'),
	end: (server) => server.sql('PRAGMA max_page_count = 1073741823')
};

// The others stand in the short form too, in the engine's own tests.
const illnesses: [string, Illness][] = [
	['is full', full],
	['refuses', refusing]
];

test.each(isLong ? illnesses : illnesses.slice(0, 1))(
	'while the database %s, nobody loses anything, and it goes on by itself',
	async (_, illness) => {
		await outlive(await start(), illness);
	}
);

test.skipIf(!isLong || !mayMount())('the same on a disk that is really full', async () => {
	const data = mkdtempSync(join(tmpdir(), 'samrad-small-'));
	execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', data]);
	undo.push(() => rmSync(data, { recursive: true }));
	undo.push(() => execFileSync('umount', [data]));
	const ballast = join(data, 'ballast');
	await outlive(await start(data), {
		begin() {
			const { bavail, bsize } = statfsSync(data);
			writeFileSync(ballast, Buffer.alloc(bavail * bsize));
		},
		end: () => rmSync(ballast)
	});
});

async function start(data?: string): Promise<ProbedServer> {
	const server = await startProbed(data === undefined ? {} : { data });
	undo.push(() => server.stop());
	return server;
}

async function outlive(server: ProbedServer, illness: Illness): Promise<void> {
	const place = rooms(server).find(({ kind }) => kind === 'agenda')!;
	const meeting = place.room.slice('agenda:'.length, -'@1'.length);
	const people = await callers(server, place.writers);
	const [anna, bo, cil] = place.writers.map((code) => people.get(code)!) as Caller[];
	const open = (who: Caller) => {
		const client = new Client(who, place.room);
		undo.push(() => client.leave());
		return client.synced();
	};
	const [writer, reader] = [await open(anna!), await open(bo!)];
	const health = async () => (await fetch(`${server.url}/healthz`)).status;
	const before = readAgenda(reader.doc).length;

	await illness.begin(server);
	const mine = crypto.randomUUID();
	// One update: of two the first may be small enough to find room.
	writer.doc.transact(() => {
		addItem(writer.doc, { id: mine, title: 'Går ikkje tapt', kind: 'discussion', minutes: 5 });
		const block = new Y.XmlElement('paragraph');
		block.insert(0, [new Y.XmlText('x'.repeat(200_000))]);
		(itemText(writer.doc, mine) as Y.XmlFragment).insert(0, [block]);
	});
	writer.ask();
	await until(() => writer.closings.includes(Close.storageRefuses), 'the writer to be told');
	// It goes on knocking, and what it has is neither taken in nor acknowledged.
	await until(() => writer.closings.filter((code) => code === Close.storageRefuses).length > 2);
	expect(writer.acknowledged).toEqual([]);
	expect(readAgenda(reader.doc)).toHaveLength(before);
	// Reading goes on: for who is there, for who comes, in the page.
	expect(reader.closings).toEqual([]);
	const late = await open(cil!);
	expect(readAgenda(late.doc)).toHaveLength(before);
	expect((await get(cil!, `/meetings/${meeting}`)).status).toBe(200);
	expect(await health()).toBe(503);

	await illness.end(server);
	await until(() => titleOf(reader.doc, mine)?.toString() === 'Går ikkje tapt', 'it to arrive');
	await writer.saved();
	await until(() => writer.acknowledged.length > 0);
	expect(await health()).toBe(200);
	expect(reader.closings).toEqual([]);
	[writer, reader, late].forEach((client) => client.leave());
	await server.kill();
	await server.restart();
	const after = await open(bo!);
	expect(titleOf(after.doc, mine)?.toString()).toBe('Går ikkje tapt');
}

/** The minutes of an item. */
function itemText(doc: Y.Doc, id: string): unknown {
	return doc.getMap<Y.Map<unknown>>('items').get(id)?.get('text');
}

/** Only the machine's owner may make a small disk. */
function mayMount(): boolean {
	const probe = mkdtempSync(join(tmpdir(), 'samrad-mount-'));
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe], { stdio: 'ignore' });
		execFileSync('umount', [probe]);
		return true;
	} catch {
		return false;
	} finally {
		rmSync(probe, { recursive: true });
	}
}
