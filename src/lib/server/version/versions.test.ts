import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { caseTextOf, changeItem, textOf, titleOf } from '#lib/domain/agenda.ts';
import { blocksOf, readAuthored } from '#lib/domain/authored-text.ts';
import type { DocumentName } from '#lib/domain/document.ts';
import { recommendationTextOf, replaceWords, wordsOf } from '#lib/domain/recommendation-text.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as restorations from '#lib/server/history/restorations.ts';
import * as views from '#lib/server/history/views.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as drafting from '#lib/server/recommendation/drafting.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import { allocation, openBoard, placeOf } from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as versions from './versions.ts';

beforeEach(openDemo);

const meeting = () => boardMeeting('22/26');
const found = () => meetings.find(meeting())!;
const agenda = (): DocumentName => ({ kind: 'agenda', id: meeting() });
const caseItem = (): DocumentName => ({ kind: 'item', id: itemOf('S-K6YJ') });

function ordinaryItem(): string {
	const rows = sqlite()
		.prepare(
			"SELECT id FROM agenda_item WHERE meeting = ? AND case_id IS NULL AND kind = 'fixed' ORDER BY pos"
		)
		.all(meeting()) as { id: string }[];
	return rows[0]!.id;
}

/** Writes paragraphs as somebody, the way their editor would. */
function type(who: string, name: DocumentName, item: string, ...lines: string[]): void {
	rooms.transact(name, person(who).id, (doc) => {
		const fragment = name.kind === 'agenda' ? textOf(doc, item)! : caseTextOf(doc);
		for (const line of lines) {
			const paragraph = new Y.XmlElement('paragraph');
			paragraph.insert(0, [new Y.XmlText(line)]);
			fragment.insert(fragment.length, [paragraph]);
		}
	});
}

function put(who: string, name: DocumentName, item: string, at: number, words: string): void {
	rooms.transact(name, person(who).id, (doc) => {
		const fragment = name.kind === 'agenda' ? textOf(doc, item)! : caseTextOf(doc);
		((fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText).insert(at, words);
	});
}

function textNow(name: DocumentName, item: string) {
	const authorOf = versions.authorsIn(name);
	return rooms.read(name, (doc) =>
		readAuthored(name.kind === 'agenda' ? textOf(doc, item)! : caseTextOf(doc), authorOf)
	);
}

const linesNow = (name: DocumentName, item: string) =>
	blocksOf(textNow(name, item)).map((block) =>
		block.pieces.map((piece) => ('text' in piece ? piece.text : '@')).join('')
	);

const seen = (who: string, from: string | null, to: string | null, item: string) =>
	views.compare(actor(who), found(), from, to).find((one) => one.id === item)!;

const words = (side: views.Side | null) =>
	side?.blocks.map((block) =>
		block.segments
			.map((segment) => {
				const text = 'text' in segment ? segment.text : `@${segment.id}`;
				return segment.change === 'same' ? text : `[${segment.change} ${text}]`;
			})
			.join('')
	);

describe('a version', () => {
	test('is taken at every step of a meeting’s life, and by hand', () => {
		versions.keep(actor('P05'), meeting(), ' Før vi møtest ');
		lifecycle.move(actor('P03'), meeting(), 'open');
		lifecycle.move(actor('P03'), meeting(), 'close');
		lifecycle.move(actor('P03'), meeting(), 'lock');
		const kept = versions.of(actor('P05'), meeting());
		expect(kept.map(({ kind }) => kind).sort()).toEqual(
			['by_hand', 'locked', 'opened', 'reviewed'].sort()
		);
		const own = kept.find(({ kind }) => kind === 'by_hand');
		expect(own).toMatchObject({ name: 'Før vi møtest', person: person('P05').name });
	});

	test('needs a name without an identifier in it, and a text that can be written', () => {
		const keep = (who: string, name: string) => () => versions.keep(actor(who), meeting(), name);
		expect(keep('P05', '  ')).toThrow('missing_text');
		expect(keep('P05', 'Om 13097248022')).toThrow('identifier_in_text');
		expect(keep('P05', 'x'.repeat(101))).toThrow('text_too_long');
		expect(keep('P12', 'Utanfrå')).toThrow('not_found');
		for (const step of ['open', 'close', 'lock'] as const)
			lifecycle.move(actor('P03'), meeting(), step);
		expect(keep('P03', 'For seint')).toThrow('meeting_locked');
	});

	test('stands: neither its words nor its name can be changed, nor can it be taken away', () => {
		versions.keep(actor('P05'), meeting(), 'Før');
		const run = (sql: string) => () => sqlite().exec(sql);
		expect(run("UPDATE document_version SET rendered = '{}'")).toThrow('a version stands');
		expect(run("UPDATE document_version SET bytes = x'', at = 0")).toThrow('a version stands');
		expect(run('DELETE FROM document_version')).toThrow('a version stays');
		expect(run("UPDATE meeting_version SET name = 'Etter'")).toThrow('a version stands');
		expect(run('DELETE FROM meeting_version')).toThrow('a version stays');
	});

	test('that is not what was stored is not shown', () => {
		const id = versions.keep(actor('P05'), meeting(), 'Før');
		sqlite().exec('DROP TRIGGER document_version_stands');
		sqlite().exec(
			"UPDATE document_version SET rendered = replace(rendered, 'Opning', 'Lukking') WHERE document LIKE 'agenda:%'"
		);
		expect(() => views.compare(actor('P05'), found(), id, null)).toThrow('version_damaged');
	});

	test('of another meeting is none', () => {
		const other = versions.keep(actor('P05'), boardMeeting('23/26'), 'Hin');
		expect(() => views.compare(actor('P05'), found(), other, null)).toThrow('not_found');
	});

	test('is for those who read the meeting and may know who wrote', () => {
		expect(() => versions.of(actor('P12'), meeting())).toThrow('not_found');
		const day = proceedingsOfDay();
		expect(versions.of(actor('P12'), day)).toEqual([]);
		expect(() => versions.of(actor('P20'), day)).toThrow('not_found');
	});
});

function proceedingsOfDay(): string {
	return sqlite()
		.prepare(
			"SELECT m.id FROM meeting m JOIN forum f ON f.id = m.forum WHERE f.kind = 'day' LIMIT 1"
		)
		.pluck()
		.get() as string;
}

describe('two versions side by side', () => {
	test('show what was taken out and what was put in, and who wrote each word', () => {
		const item = ordinaryItem();
		type('P05', agenda(), item, 'Vi byrjar presis klokka ni.');
		const before = versions.keep(actor('P05'), meeting(), 'Før');
		put('P04', agenda(), item, 'Vi byrjar '.length, 'ikkje ');
		type('P03', agenda(), item, 'Eirik er bortreist.');
		const one = seen('P05', before, null, item);
		expect(one.difference).toBe('words');
		const lines = words(one.before)!;
		expect(lines.at(-1)).toBe('Vi byrjar presis klokka ni.');
		expect(words(one.after)!.slice(-2)).toEqual([
			'Vi byrjar [inserted ikkje ]presis klokka ni.',
			'[inserted Eirik er bortreist.]'
		]);
		const segments = one.after!.blocks.at(-2)!.segments;
		expect(segments.map(({ by }) => by)).toEqual(
			['P05', 'P04', 'P05'].map((code) => person(code).id)
		);
	});

	test('tell a word that two have written from one that has changed', () => {
		const item = ordinaryItem();
		type('P05', agenda(), item, 'bustad');
		put('P04', agenda(), item, 6, 'en');
		const before = versions.keep(actor('P05'), meeting(), 'Før');
		type('P04', agenda(), item, 'meir');
		const one = seen('P05', before, null, item);
		expect(words(one.after)!.slice(-2)).toEqual(['bustaden', '[inserted meir]']);
		expect(one.after!.blocks.at(-2)!.segments).toHaveLength(2);
	});

	test('show another title, an item that is gone, and one that is new', () => {
		const item = ordinaryItem();
		const before = versions.keep(actor('P05'), meeting(), 'Før');
		rooms.transact(agenda(), person('P03').id, (doc) => titleOf(doc, item)!.insert(0, 'Ny '));
		const title = seen('P05', before, null, item).after!.title;
		expect(title[0]).toMatchObject({ text: 'Ny ', change: 'inserted' });
		rooms.transact(agenda(), person('P03').id, (doc) => changeItem(doc, item, { removed: true }));
		expect(seen('P05', before, null, item)).toMatchObject({ ordinal: null, after: null });
		expect(seen('P05', null, before, item)).toMatchObject({ before: null, difference: 'words' });
	});

	test('say so when only the looks have changed', () => {
		const item = ordinaryItem();
		type('P05', agenda(), item, 'Viktig');
		const before = versions.keep(actor('P05'), meeting(), 'Før');
		expect(seen('P05', before, null, item).difference).toBe('none');
		rooms.transact(agenda(), person('P05').id, (doc) => {
			const fragment = textOf(doc, item)!;
			const line = fragment.get(fragment.length - 1) as Y.XmlElement;
			(line.get(0) as Y.XmlText).format(0, 3, { bold: {} });
		});
		expect(seen('P05', before, null, item).difference).toBe('looks');
	});

	test('hold of a case only what one may read of it', () => {
		const item = caseItem().id;
		type('P05', caseItem(), item, 'Løyndom om ein husstand');
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		type('P05', caseItem(), item, 'Endå ein');
		expect(words(seen('P05', version, null, item).before)).toContain('Løyndom om ein husstand');
		const observer = { ...actor('P12'), roles: { [found().forumId]: 'observer' as const } };
		const all = views.compare(observer, found(), version, null);
		expect(all.find((one) => one.id === item)).toMatchObject({ sealed: true, difference: 'none' });
		expect(JSON.stringify(all)).not.toContain('Løyndom');
		expect(JSON.stringify(all)).not.toContain(person('P05').id);
	});
});

describe('bringing a text back', () => {
	test('is new writing by whoever does it, and leaves alone what has not changed', () => {
		const item = ordinaryItem();
		type('P05', agenda(), item, 'Står', 'Blir endra');
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		const lines = linesNow(agenda(), item);
		rooms.transact(agenda(), person('P04').id, (doc) =>
			textOf(doc, item)!.delete(lines.length - 1, 1)
		);
		type('P04', agenda(), item, 'Noko anna', 'Og meir');
		restorations.restore(actor('P03'), meeting(), version, item);
		expect(linesNow(agenda(), item)).toEqual(lines);
		const [stood, back] = blocksOf(textNow(agenda(), item)).slice(-2);
		expect(stood!.pieces[0]!.by).toBe(person('P05').id);
		expect(back!.pieces[0]!.by).toBe(person('P03').id);
	});

	test('keeps what stood there in a version of its own', () => {
		const item = caseItem().id;
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		type('P04', caseItem(), item, 'Dette stod her sist');
		restorations.restore(actor('P05'), meeting(), version, item);
		const kept = versions.of(actor('P05'), meeting()).find(({ kind }) => kind === 'replaced')!;
		expect(words(seen('P05', kept.id, null, item).before)).toContain(
			'[deleted Dette stod her sist]'
		);
		restorations.restore(actor('P05'), meeting(), version, item);
		expect(versions.of(actor('P05'), meeting())).toHaveLength(2);
	});

	test('brings marks, lists and mentions back as they were', () => {
		const item = caseItem().id;
		rooms.transact(caseItem(), person('P05').id, (doc) => {
			const list = new Y.XmlElement('bulletList');
			const entry = new Y.XmlElement('listItem');
			const paragraph = new Y.XmlElement('paragraph');
			const text = new Y.XmlText();
			text.applyDelta([{ insert: 'ring ' }, { insert: 'no', attributes: { bold: {} } }]);
			const mention = new Y.XmlElement('mention');
			mention.setAttribute('kind', 'person');
			mention.setAttribute('id', person('P04').id);
			paragraph.insert(0, [text, mention]);
			entry.insert(0, [paragraph]);
			list.insert(0, [entry]);
			const heading = new Y.XmlElement<{ level: number }>('heading');
			heading.setAttribute('level', 3);
			heading.insert(0, [new Y.XmlText('Tittel')]);
			caseTextOf(doc).insert(0, [heading as unknown as Y.XmlElement, list]);
		});
		const xml = () => rooms.read(caseItem(), (doc) => caseTextOf(doc).toString());
		const before = xml();
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		rooms.transact(caseItem(), person('P04').id, (doc) =>
			caseTextOf(doc).delete(0, caseTextOf(doc).length)
		);
		restorations.restore(actor('P05'), meeting(), version, item);
		expect(xml()).toBe(before);
	});

	test('is refused to readers, and to everybody once the meeting is locked', () => {
		const item = caseItem().id;
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		type('P04', caseItem(), item, 'Meir');
		const restore = (who: string) => () =>
			restorations.restore(actor(who), meeting(), version, item);
		expect(restore('P12')).toThrow('not_found');
		for (const step of ['open', 'close'] as const) lifecycle.move(actor('P03'), meeting(), step);
		expect(restore('P05')).toThrow('not_allowed');
		expect(seen('P05', version, null, item).restorable).toBe(false);
		expect(seen('P03', version, null, item).restorable).toBe(true);
		lifecycle.move(actor('P03'), meeting(), 'lock');
		expect(restore('P03')).toThrow('meeting_locked');
	});
});

describe('erasing', () => {
	const holds = (text: string) =>
		sqlite()
			.prepare(
				'SELECT count(*) FROM document_version WHERE instr(rendered, ?) OR instr(bytes, CAST(? AS BLOB))'
			)
			.pluck()
			.get(text, text);

	test('takes the words of one document out of every version, and leaves the rest', () => {
		type('P05', caseItem(), '', 'Kanari som må bort');
		type('P05', agenda(), ordinaryItem(), 'Dette skal stå');
		const first = versions.keep(actor('P05'), meeting(), 'Ein');
		versions.keep(actor('P05'), meeting(), 'To');
		expect(holds('Kanari')).toBe(2);
		expect(versions.forget(caseItem())).toBe(2);
		expect(holds('Kanari')).toBe(0);
		const gone = seen('P05', first, null, caseItem().id);
		expect(gone.before).toMatchObject({ erased: true, blocks: [] });
		expect(words(seen('P05', first, null, ordinaryItem()).before)).toContain('Dette skal stå');
		expect(() => restorations.restore(actor('P05'), meeting(), first, caseItem().id)).toThrow(
			'text_erased'
		);
	});

	test('takes one item of an agenda out of every version, and the others can still be read', () => {
		const item = ordinaryItem();
		type('P05', agenda(), item, 'Kanari som må bort');
		lifecycle.move(actor('P03'), meeting(), 'open');
		const [version] = versions.of(actor('P05'), meeting());
		versions.forget(agenda(), item);
		expect(holds('Kanari')).toBe(0);
		expect(seen('P05', version!.id, null, item).before).toMatchObject({ erased: true });
		expect(versions.frozenAgenda(meeting(), 'opened')!.items.length).toBeGreaterThan(3);
		expect(agendas.find(item)).not.toBeNull();
	});

	test('can be done to what has been erased before', () => {
		versions.keep(actor('P05'), meeting(), 'Ein');
		versions.forget(caseItem());
		expect(() => versions.forget(caseItem())).not.toThrow();
		versions.forget(agenda(), ordinaryItem());
		versions.forget(agenda());
		expect(versions.frozenAgenda(meeting(), 'by_hand')).toBeNull();
	});
});

describe('the text of a recommendation', () => {
	const item = () => caseItem().id;
	const say = (words: string, who = 'P05') =>
		rooms.transact(caseItem(), person(who).id, (doc) =>
			replaceWords(recommendationTextOf(doc), words)
		);
	const says = () => rooms.read(caseItem(), (doc) => wordsOf(recommendationTextOf(doc)));
	const bringBack = (version: string) =>
		restorations.restore(actor('P05'), meeting(), version, item(), 'recommendation');
	let id: string;

	beforeEach(() => {
		openBoard();
		id = recommendations.save(actor('P04'), placeOf('S-K6YJ'), allocation());
		drafting.open(actor('P04'), id);
		say('Rådet er i tvil.');
	});

	test('is part of a version, and shown side by side with who wrote it', () => {
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		expect(seen('P05', version, null, item()).recommendation).toMatchObject({
			difference: 'none',
			restorable: true
		});
		say('Rådet er ikkje i tvil.', 'P04');
		const { recommendation, difference } = seen('P05', version, null, item());
		expect(difference).toBe('none');
		expect(recommendation!.difference).toBe('words');
		expect(words(recommendation!.before)).toEqual(['Rådet er i tvil.']);
		expect(words(recommendation!.after)).toEqual(['Rådet er [inserted ikkje ]i tvil.']);
		const by = (side: views.Side | null) => side!.blocks[0]!.segments[0]!.by;
		expect([by(recommendation!.before), by(recommendation!.after)]).toEqual([
			person('P05').id,
			person('P04').id
		]);
		expect([...views.writersIn([seen('P05', version, null, item())])]).toEqual(
			expect.arrayContaining([person('P04').id, person('P05').id])
		);
	});

	test('is brought back by itself, and the minutes stay', () => {
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		say('Noko anna.');
		type('P04', caseItem(), item(), 'Nytt i referatet');
		bringBack(version);
		expect(says()).toBe('Rådet er i tvil.');
		expect(linesNow(caseItem(), item())).toContain('Nytt i referatet');
		restorations.restore(actor('P05'), meeting(), version, item());
		expect(linesNow(caseItem(), item())).not.toContain('Nytt i referatet');
		expect(says()).toBe('Rådet er i tvil.');
	});

	test('is not brought back once it is adopted, nor where there was none', () => {
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		recommendations.adopt(actor('P03'), id, 1, '', says());
		expect(() => bringBack(version)).toThrow('already_adopted');
		expect(seen('P05', version, null, item()).recommendation!.restorable).toBe(false);
		expect(says()).toBe('Rådet er i tvil.');
	});

	test('of one that nobody has opened is not brought back: it follows the choices', () => {
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		sqlite().exec('UPDATE recommendation SET seed = NULL');
		expect(() => bringBack(version)).toThrow('wrong_state');
	});

	test('is nothing to somebody who may not read the case', () => {
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		say('Løyndom.');
		const observer = { ...actor('P12'), roles: { [found().forumId]: 'observer' as const } };
		const all = views.compare(observer, found(), version, null);
		expect(all.find((one) => one.id === item())!.recommendation).toBeNull();
		expect(JSON.stringify(all)).not.toMatch(/Løyndom|i tvil/);
	});

	test('goes from every version when its words are erased, and what is beside it stays', () => {
		type('P04', caseItem(), item(), 'Referatet står');
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		expect(versions.forget(caseItem(), item(), ['i tvil'])).toBe(1);
		const { recommendation, before } = seen('P05', version, null, item());
		expect(words(recommendation!.before)!.join()).not.toContain('tvil');
		expect(words(before)!.join()).toContain('Referatet står');
		expect(versions.forget(caseItem(), item(), null)).toBe(1);
		expect(seen('P05', version, version, item())).toMatchObject({
			recommendation: null,
			before: { erased: true }
		});
	});
});
