import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addItem, caseTextOf, changeItem, textOf, titleOf } from '#lib/domain/agenda.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { closeDatabase, sqlite } from '#lib/server/db/index.ts';
import * as erasures from '#lib/server/erasures/items.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import { history } from '#lib/server/meeting/log.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as recusals from '#lib/server/recommendation/recusals.ts';
import { actor, boardMeeting, itemOf, openDemoOnDisk, person } from '#lib/server/start/testing.ts';
import * as versions from '#lib/server/version/versions.ts';
import { viewOf } from '#lib/server/web/refusals.ts';
import * as lifecycle from './lifecycle.ts';

const secret = '14857134576';
const next = () => boardMeeting('22/26');
const agenda = () => ({ kind: 'agenda', id: next() }) as const;
const move = (who: string, step: 'open' | 'close' | 'lock') =>
	lifecycle.move(actor(who), next(), step);
const kinds = () => versions.of(actor('P03'), next()).map(({ kind }) => kind);
let folder = '';

// Erasing goes through the files of the database.
beforeEach(() => {
	folder = openDemoOnDisk();
	move('P03', 'open');
	move('P03', 'close');
});
afterEach(() => {
	closeDatabase();
	rmSync(folder, { recursive: true });
});

function line(words: string, marks: Record<string, unknown> = {}): Y.XmlElement {
	const element = new Y.XmlElement('paragraph');
	const text = new Y.XmlText();
	text.insert(0, words, marks);
	element.insert(0, [text]);
	return element;
}

/** An ordinary item as a client made by hand could write it. */
function ordinary(title: string, ...lines: Y.XmlElement[]): string {
	const id = randomUUID();
	rooms.transact(agenda(), person('P04').id, (doc) => {
		addItem(doc, { id, title, kind: 'information', minutes: 5 });
		textOf(doc, id)!.push(lines);
	});
	return id;
}

function refused(who = 'P03'): string[] {
	try {
		move(who, 'lock');
		return [];
	} catch (no) {
		if (!(no instanceof Refusal)) throw no;
		expect(no.reason).toBe('identifier_in_items');
		return no.place.items ?? [];
	}
}

/** As the agenda has it, for an item without a number. */
const last = () =>
	String(
		sqlite()
			.prepare(
				'SELECT count(*) FROM agenda_item WHERE meeting = ? AND parent IS NULL AND removed = 0'
			)
			.pluck()
			.get(next())
	);

describe('locking', () => {
	test('is refused while the minutes of an item hold what points to one person, and nothing has changed', () => {
		const item = ordinary('Orientering', line('Før'), line(`Gjeld ${secret}.`));
		const [before, events] = [kinds(), history(next()).length];
		expect(refused()).toEqual([last()]);
		expect(meetings.find(next())!.status).toBe('review');
		expect(kinds()).toEqual(before);
		expect(history(next())).toHaveLength(events);
		expect(rooms.read(agenda(), (doc) => plainText(textOf(doc, item)!))).toContain(secret);
	});

	test('goes when it has been erased', () => {
		const item = ordinary('Orientering', line(`Gjeld ${secret}.`));
		expect(refused()).toHaveLength(1);
		erasures.erase(actor('P03'), next(), { item, selection: secret, reason: 'identifier' });
		expect(move('P03', 'lock')).toBe('locked');
		expect(kinds()).toContain('locked');
	});

	test('looks at cases, titles and where links lead, and names all of it at once', () => {
		const about = itemOf('S-K6YJ');
		rooms.transact({ kind: 'item', id: about }, person('P04').id, (doc) =>
			caseTextOf(doc).push([line(`Sjå ${secret}`)])
		);
		const titled = ordinary(`Om ${secret}`);
		const linked = ordinary('Rutine', line('her', { link: { href: 'tel:+4791234567' } }));
		const number = agendas.find(about)!.number!;
		expect(refused()).toEqual([number, String(Number(last()) - 1), last()]);
		rooms.transact(agenda(), person('P04').id, (doc) => {
			titleOf(doc, titled)!.delete(3, secret.length);
			textOf(doc, linked)!.delete(0, 1);
		});
		expect(refused()).toEqual([number]);
	});

	test('calls what the chair may not read by its place on the agenda', () => {
		const about = itemOf('S-K6YJ');
		rooms.transact({ kind: 'item', id: about }, person('P04').id, (doc) =>
			caseTextOf(doc).push([line(`Sjå ${secret}`)])
		);
		const own = { item: about, person: person('P03').id, reason: 'close_tie' };
		recusals.raise(actor('P04'), next(), own);
		const [label] = refused();
		expect(label).not.toBe(agendas.find(about)!.number);
		expect(label).toMatch(/^\d+\.\d+$/);
	});

	test('does not look at what has been taken off the agenda', () => {
		const item = ordinary('Orientering', line(`Gjeld ${secret}.`));
		rooms.transact(agenda(), person('P04').id, (doc) => changeItem(doc, item, { removed: true }));
		expect(move('P03', 'lock')).toBe('locked');
	});

	test('is not stopped by amounts, dates, numbers of cases and codes', () => {
		ordinary('Husleige', line('50 000 000 kr, 24.11.2026 kl. 09.00, BR 12/26, S-7KQM og B-107.'));
		ordinary('Vakta', line('Ring post@example.no eller 116 123.'));
		expect(move('P03', 'lock')).toBe('locked');
	});
});

test('the refusal says where in words, and never what', () => {
	ordinary('Orientering', line(`Gjeld ${secret}.`));
	try {
		move('P03', 'lock');
		expect.unreachable();
	} catch (no) {
		const view = viewOf(no as Refusal);
		expect(view.text).toContain(`peikar ut ein person: ${last()}. `);
		expect(JSON.stringify(view)).not.toContain(secret);
	}
});
