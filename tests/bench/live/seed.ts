import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as Y from 'yjs';
import { addItem, agendaItems } from '../../../src/lib/domain/agenda.ts';
import { closeDatabase, connect, transaction, use } from '../../../src/lib/server/db/index.ts';
import { migrate, readMigrations } from '../../../src/lib/server/db/migrate.ts';
import { loadDemo } from '../../../src/lib/server/demo/load.ts';
import * as setup from '../../../src/lib/server/demo/setup.ts';
import * as rooms from '../../../src/lib/server/live/rooms.ts';
import * as agendas from '../../../src/lib/server/meeting/agendas.ts';
import * as meetings from '../../../src/lib/server/meeting/meetings.ts';
import * as people from '../../../src/lib/server/municipality/people.ts';
import * as clock from '../../../src/lib/server/platform/clock.ts';
import * as documents from '../../../src/lib/server/start/documents.ts';
import { demoClock } from '../../server.ts';
import { draw } from './chance.ts';
import type { World } from './world.ts';

/*
 * Makes the municipality that the bench works in, in the folder that is given: the demo, and
 * beside it a forum with many members and more meetings than anybody holds. The documents are
 * written down as files too, for the servers that have no keepers.
 */

const amounts = { members: 40, meetings: 1000, items: 12, rows: 4999, characters: 60_000 };
const forum = '7c1f1c66-9d0e-4a0b-8a49-3f5b1f0a7a10';

function addPeople(): string[] {
	return Array.from({ length: amounts.members }, (_, index) => {
		const id = crypto.randomUUID();
		const code = `L${index}`;
		people.add({ id, code, name: `Prøve Måling ${index}`, title: 'Rådgivar', unitId: null });
		setup.enrol(forum, id, index === 0 ? 'chair' : 'member');
		return code;
	});
}

function addForum(): void {
	const words = { mandate: '', cadence: '', intake: '', output: '' };
	setup.addForum({ id: forum, code: 'LG', name: 'Lastgruppa', kind: 'group', ...words });
}

let number = 0;
function addMeeting(): string {
	const id = crypto.randomUUID();
	const when = { date: clock.today(), starts: '09:00', ends: '11:00' };
	const rest = { place: 'Rådhuset', theme: '', status: 'planned' as const };
	meetings.add({ id, forumId: forum, number: `Lastgruppa ${++number}`, ...when, ...rest });
	return id;
}

/** A meeting with an agenda of ordinary items. */
function addAgenda(items: number): string {
	const id = addMeeting();
	const planned = Array.from({ length: items }, (_, index) => ({
		title: `Punkt ${index + 1}`,
		kind: 'discussion' as const,
		minutes: 10,
		responsible: null
	}));
	agendas.write(id, planned, null);
	return id;
}

function paragraph(text: Y.XmlFragment): Y.XmlText {
	const words = new Y.XmlText();
	const element = new Y.XmlElement('paragraph');
	element.insert(0, [words]);
	text.insert(text.length, [element]);
	return words;
}

/**
 * A text of single letters, each put in at a place of its own: nothing lies together that was
 * written together.
 */
function addFragmented(): string {
	const id = addMeeting();
	rooms.transact({ kind: 'agenda', id }, null, (doc) => {
		for (let item = 0; item < amounts.items; item++)
			addItem(doc, {
				id: crypto.randomUUID(),
				title: `Punkt ${item}`,
				kind: 'discussion',
				minutes: 10
			});
		const texts = [...agendaItems(doc).values()].flatMap((fields) =>
			Array.from({ length: 10 }, () => paragraph(fields.get('text') as Y.XmlFragment))
		);
		for (let index = 0; index < amounts.characters; index++) {
			const text = texts[draw(texts.length)]!;
			text.insert(draw(text.length + 1), String.fromCharCode(97 + draw(26)));
		}
	});
	return id;
}

/** A meeting whose log is as long as a log gets: one row for each keystroke. */
function addLong(): string {
	const id = addAgenda(amounts.items);
	const name = { kind: 'agenda' as const, id };
	const written = (doc: Y.Doc, index: number) => {
		const all = [...agendaItems(doc).values()];
		const text = all[index % all.length]!.get('text') as Y.XmlFragment;
		const last = text.length > 0 ? (text.get(text.length - 1) as Y.XmlElement) : null;
		const words = last?.length && draw(60) > 0 ? (last.get(0) as Y.XmlText) : paragraph(text);
		words.insert(words.length, String.fromCharCode(97 + draw(26)));
	};
	// The agenda itself was the first row. Held open, so that it is not read anew for each.
	rooms.read(name, () => {
		for (let row = 1; row < amounts.rows; row++)
			rooms.transact(name, null, (doc) => written(doc, row));
	});
	return id;
}

const stateOf = (id: string) =>
	rooms.read({ kind: 'agenda', id }, (doc) => Y.encodeStateAsUpdate(doc));

const folder = process.argv[2]!;
mkdirSync(folder, { recursive: true });
const database = connect(join(folder, 'samrad.db'));
migrate(database, readMigrations('drizzle'));
use(database);
clock.set(Date.parse(demoClock));
documents.register();
loadDemo();
const world = transaction((): World => {
	addForum();
	const members = addPeople();
	const crowded = addAgenda(amounts.items);
	const many = Array.from({ length: amounts.meetings }, () => addAgenda(3));
	return { members, crowded, many, fragmented: addFragmented(), long: addLong() };
});
for (const id of [world.crowded, world.many[0]!, world.fragmented, world.long])
	writeFileSync(join(folder, `${id}.update`), stateOf(id));
writeFileSync(join(folder, 'world.json'), JSON.stringify(world));
const rows = database
	.prepare('SELECT count(*) FROM document_log WHERE document = ?')
	.pluck()
	.get(`agenda:${world.long}`);
if (rows !== amounts.rows) throw new Error(`The long log has ${String(rows)} rows.`);
closeDatabase();
