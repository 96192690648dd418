import { beforeEach, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { changeItem, textOf, titleOf } from '#lib/domain/agenda.ts';
import * as setup from '#lib/server/demo/setup.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import { actor, openDemo, person } from '#lib/server/start/testing.ts';
import {
	agenda,
	caseItem,
	found,
	meeting,
	ordinaryItem,
	put,
	seen,
	type,
	words
} from '#lib/server/version/testing.ts';
import * as versions from '#lib/server/version/versions.ts';
import * as views from './views.ts';

beforeEach(openDemo);

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

	test('say that a text can be brought back to those who write there, while they do', () => {
		const item = ordinaryItem();
		const version = versions.keep(actor('P05'), meeting(), 'Før');
		type('P05', agenda(), item, 'Meir');
		const restorable = (from: string | null, to: string | null) =>
			seen('P05', from, to, item).restorable;
		expect(restorable(version, null)).toBe(true);
		expect(restorable(null, version)).toBe(false);
		setup.setMeetingStatus(meeting(), 'locked');
		expect(restorable(version, null)).toBe(false);
	});
});
