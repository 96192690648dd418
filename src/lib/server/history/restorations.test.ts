import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { caseTextOf, textOf } from '#lib/domain/agenda.ts';
import { blocksOf } from '#lib/domain/authored-text.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import { actor, openDemo, person } from '#lib/server/start/testing.ts';
import {
	agenda,
	caseItem,
	linesNow,
	meeting,
	ordinaryItem,
	seen,
	textNow,
	type,
	words
} from '#lib/server/version/testing.ts';
import * as versions from '#lib/server/version/versions.ts';
import * as restorations from './restorations.ts';

beforeEach(openDemo);

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
