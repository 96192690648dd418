import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addItem, caseTextOf, textOf, titleOf } from '#lib/domain/agenda.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import * as backups from '#lib/server/db/backups.ts';
import { closeDatabase, connect, sqlite } from '#lib/server/db/index.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as corrections from '#lib/server/meeting-life/corrections.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as upkeep from '#lib/server/search-index/upkeep.ts';
import * as search from '#lib/server/search/search.ts';
import { actor, boardMeeting, itemOf, openDemoOnDisk, person } from '#lib/server/start/testing.ts';
import { finish } from './finishing.ts';
import * as erasures from './items.ts';
import * as notes from './notes.ts';
import { filesHolding } from './testing.ts';

const canary = 'kanarifuglXQZJ';
const next = () => boardMeeting('22/26');
let folder = '';

beforeEach(() => {
	folder = openDemoOnDisk();
});
afterEach(() => {
	closeDatabase();
	rmSync(folder, { recursive: true });
});

const filesWith = (word: string) => filesHolding(folder, word);

function line(text: string): Y.XmlElement {
	const element = new Y.XmlElement('paragraph');
	element.insert(0, [new Y.XmlText(text)]);
	return element;
}

/** An ordinary item with the canary in its minutes and its title, and others around it. */
function ordinary(meeting = next()): string {
	const id = randomUUID();
	rooms.transact({ kind: 'agenda', id: meeting }, person('P05').id, (doc) => {
		addItem(doc, { id, title: `Om ${canary}`, kind: 'discussion', minutes: 5 });
		textOf(doc, id)!.push([line('Før'), line(`Det gjeld ${canary} her.`), line('Etter')]);
	});
	return id;
}

function caseItem(text: string): string {
	const id = itemOf('S-K6YJ');
	rooms.transact({ kind: 'item', id }, person('P05').id, (doc) =>
		caseTextOf(doc).push([line(text)])
	);
	return id;
}

const minutesOf = (item: string) =>
	rooms.read({ kind: 'agenda', id: next() }, (doc) => plainText(textOf(doc, item)!));
const erase = (who: string, item: string, selection: string | null = canary, meeting = next()) =>
	erasures.erase(actor(who), meeting, { item, selection, reason: 'identifier' });
const terms = () => {
	sqlite().exec(
		'CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, search, row)'
	);
	return sqlite().prepare('SELECT term FROM temp.vocabulary').pluck().all();
};

describe('erasing', () => {
	test('leaves nothing of it in any file of the server, and everything else', () => {
		const item = ordinary();
		lifecycle.move(actor('P03'), next(), 'open');
		lifecycle.move(actor('P03'), next(), 'close');
		corrections.propose(actor('P05'), next(), { item, text: `Skal vere ${canary} Test` });
		upkeep.refresh();
		backups.make(sqlite(), 'before-something');
		expect(filesWith(canary).length).toBeGreaterThanOrEqual(2);
		expect(terms()).toContain(canary.toLowerCase());

		const found = erasures.preview(actor('P03'), next(), { item, selection: canary });
		expect(found).toMatchObject({
			hits: [{ line: `Det gjeld ${canary} her.`, places: [[10, 24]] }],
			title: true,
			corrections: 1,
			versions: 2,
			backups: 1
		});
		erase('P03', item);

		expect(filesWith(canary)).toEqual([]);
		expect(terms()).not.toContain(canary.toLowerCase());
		expect(minutesOf(item)).toBe('Før\nDet gjeld  her.\nEtter');
		expect(search.ask(actor('P03'), canary).flatMap(({ hits }) => hits)).toEqual([]);
		expect(readdirSync(join(folder, 'backup'))).toEqual([
			expect.stringMatching(/^after-erasure-\d+\.db$/)
		]);
		expect(sqlite().pragma('integrity_check', { simple: true })).toBe('ok');
	});

	test('goes for a case item too, and for what was typed a letter at a time and taken back', () => {
		const item = caseItem('');
		const name = { kind: 'item', id: item } as const;
		for (const letter of `${canary} bur her`)
			rooms.transact(name, person('P05').id, (doc) => {
				const words = (caseTextOf(doc).toArray().at(-1) as Y.XmlElement).get(0) as Y.XmlText;
				words.insert(words.length, letter);
			});
		upkeep.refresh();
		const epoch = rooms.epochOf(name);
		erase('P04', item, `${canary} bur her`);
		expect(rooms.epochOf(name)).toBe(epoch + 1);
		expect(filesWith(canary)).toEqual([]);
		const rows = sqlite().prepare('SELECT count(*) FROM document_log WHERE document = ?').pluck();
		expect(rows.get(`item:${item}`)).toBe(0);
	});

	test('keeps who wrote the rest, and the document can be written on', () => {
		const item = ordinary();
		const name = { kind: 'agenda', id: next() } as const;
		const authors = () =>
			sqlite()
				.prepare('SELECT client, person FROM document_author WHERE document = ? ORDER BY client')
				.all(`agenda:${next()}`);
		rooms.flush();
		const before = authors();
		erase('P03', item);
		expect(authors()).toEqual(expect.arrayContaining(before));
		rooms.transact(name, person('P05').id, (doc) => textOf(doc, item)!.push([line('Vidare')]));
		expect(minutesOf(item)).toContain('Vidare');
	});

	test('takes the whole text when asked to, in frozen versions as well', () => {
		const item = ordinary();
		lifecycle.move(actor('P03'), next(), 'open');
		erase('P03', item, null);
		expect(minutesOf(item)).toBe('');
		const rendered = sqlite().prepare('SELECT rendered FROM document_version').pluck().all();
		expect(rendered.join()).not.toContain('Etter');
		expect(
			rooms.read({ kind: 'agenda', id: next() }, (doc) => titleOf(doc, item)!.toString())
		).toBe(`Om ${canary}`);
	});

	test('is noted with who, where and why, and never what', () => {
		const item = ordinary();
		erase('P03', item);
		const last = sqlite()
			.prepare('SELECT deed AS verb, thing AS subject FROM audit ORDER BY seq DESC LIMIT 1')
			.get();
		expect(last).toEqual({ verb: 'item.erase', subject: `item:${item}` });
		expect(notes.ofItems([item])).toMatchObject([
			{ item, by: 'Solveig Testvik', reason: 'identifier', whole: false, finished: true }
		]);
	});

	test('what a full disk left unfinished is finished at the next start', () => {
		const item = ordinary();
		upkeep.refresh();
		const reader = connect(join(folder, 'samrad.db'));
		reader.exec('BEGIN');
		reader.prepare('SELECT count(*) FROM document_log').get();
		sqlite().pragma('busy_timeout = 20');
		erase('P03', item);
		expect(minutesOf(item)).not.toContain(canary);
		expect(notes.ofItems([item])[0]!.finished).toBe(false);
		reader.close();
		finish();
		expect(notes.ofItems([item])[0]!.finished).toBe(true);
		expect(filesWith(canary)).toEqual([]);
	});
});

describe('who may erase', () => {
	test.each([
		['P03', 'open', 'done'],
		['P04', 'open', 'done'],
		['P05', 'open', 'not_allowed'],
		['P03', 'locked', 'done'],
		['P05', 'locked', 'not_allowed'],
		['P13', 'open', 'not_found']
	] as const)('%s in a meeting that is %s: %s', (who, status, result) => {
		const item = ordinary();
		lifecycle.move(actor('P03'), next(), 'open');
		if (status === 'locked') {
			lifecycle.move(actor('P03'), next(), 'close');
			lifecycle.move(actor('P03'), next(), 'lock');
		}
		if (result === 'done') {
			erase(who, item);
			expect(minutesOf(item)).not.toContain(canary);
			return;
		}
		expect(() => erase(who, item)).toThrow(result);
		expect(() => erasures.preview(actor(who), next(), { item, selection: canary })).toThrow(result);
		expect(minutesOf(item)).toContain(canary);
	});

	test('nothing found is said, and changes nothing', () => {
		const item = ordinary();
		const epoch = rooms.epochOf({ kind: 'agenda', id: next() });
		for (const selection of ['finst ikkje', 'og', ' '])
			expect(() => erase('P03', item, selection)).toThrow('nothing_to_erase');
		expect(rooms.epochOf({ kind: 'agenda', id: next() })).toBe(epoch);
		expect(agendas.find(item)!.title).toContain(canary);
	});
});
