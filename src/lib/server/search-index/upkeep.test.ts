import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { addItem, caseTextOf, textOf } from '#lib/domain/agenda.ts';
import { recommendationTextOf, replaceWords } from '#lib/domain/recommendation-text.ts';
import { readQuery, searchKinds } from '#lib/domain/search.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import {
	allocation,
	openBoard,
	placeOf,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { boardMeeting, itemOf, openDemo } from '#lib/server/start/testing.ts';
import { candidates } from './candidates.ts';
import * as upkeep from './upkeep.ts';

beforeEach(openDemo);

const stale = () =>
	sqlite().prepare('SELECT kind, thing AS subject FROM search_entry WHERE stale = 1').all() as {
		kind: string;
		subject: string;
	}[];
const found = (text: string) => candidates(readQuery(text), null);
const run = (query: string) => sqlite().exec(query);
const paragraph = (text: string) => {
	const element = new Y.XmlElement('paragraph');
	element.insert(0, [new Y.XmlText(text)]);
	return element;
};

test('every trigger is there: a later migration that rebuilds a table makes its own anew', () => {
	const triggers = sqlite()
		.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'search_%'`)
		.pluck()
		.all() as string[];
	// Minutes have no table of their own: the live documents tell what they say.
	const tables = searchKinds.filter((kind) => kind !== 'minutes');
	const expected = tables.flatMap((kind) =>
		['inserted', 'updated', 'deleted'].map((what) => `search_${kind}_${what}`)
	);
	expect(triggers.sort()).toEqual([...expected, 'search_entry_deleted'].sort());
});

test.each([
	['item', "UPDATE agenda_item SET title = 'Kanarifugl' WHERE number = 'BR 76/26'"],
	['action', "UPDATE action SET what = 'Kanarifugl' WHERE code = 'O-15'"],
	['recommendation', "UPDATE recommendation SET text = 'Kanarifugl' WHERE code = 'I-045'"],
	['person', "UPDATE person SET title = 'Kanarifugl' WHERE code = 'P05'"],
	[
		'task',
		"UPDATE matrix_task SET title = 'Kanarifugl' WHERE id = (SELECT id FROM matrix_task LIMIT 1)"
	]
] as const)('what changes in SQL is stale until it is put in order: %s', (kind, change) => {
	upkeep.refresh();
	expect(stale()).toEqual([]);
	run(change);
	expect(stale().map((entry) => entry.kind)).toContain(kind);
	upkeep.refresh();
	expect(stale()).toEqual([]);
	expect(found('kanarifugl')[kind]).toHaveLength(1);
});

describe('what the live documents say', () => {
	const agenda = (...lines: string[]) => {
		const doc = new Y.Doc();
		addItem(doc, { id: own, title: 'Budsjett', kind: 'discussion', minutes: 5 });
		textOf(doc, own)!.push(lines.map(paragraph));
		return doc;
	};
	let own: string;
	const project = (doc: Y.Doc, meeting = boardMeeting('22/26')) =>
		upkeep.projectMinutes('agenda', meeting, doc, new Set([own]));

	beforeEach(() => {
		own = sqlite()
			.prepare('SELECT id FROM agenda_item WHERE meeting = ? AND case_id IS NULL AND removed = 0')
			.pluck()
			.get(boardMeeting('22/26')) as string;
	});

	test('of an item of the agenda is found, and gone when it is deleted', () => {
		project(agenda('Kanarifuglen syng'));
		upkeep.refresh();
		expect(found('kanarifuglen')).toEqual({ minutes: [own] });
		project(agenda());
		upkeep.refresh();
		expect(found('kanarifuglen')).toEqual({});
	});

	test('of what has not changed nothing is stale', () => {
		project(agenda('Kanarifuglen syng'));
		upkeep.refresh();
		project(agenda('Kanarifuglen syng'));
		expect(stale()).toEqual([]);
	});

	test('of an item of another meeting, or of a case, an agenda says nothing', () => {
		project(agenda('Kanarifuglen syng'), boardMeeting('23/26'));
		own = itemOf('S-K6YJ');
		project(agenda('Kanarifuglen syng'));
		upkeep.refresh();
		expect(found('kanarifuglen')).toEqual({});
	});

	test('of a case item its own document says', () => {
		const doc = new Y.Doc();
		caseTextOf(doc).push([paragraph('Kanarifuglen syng')]);
		upkeep.projectMinutes('item', itemOf('S-K6YJ'), doc, new Set());
		upkeep.projectMinutes('item', own, doc, new Set());
		upkeep.refresh();
		expect(found('kanarifuglen')).toEqual({ minutes: [itemOf('S-K6YJ')] });
	});

	test('of a draft that is written together the text is found', () => {
		openBoard();
		const id = recommendations.save(secretary(), placeOf('S-G5MQ'), allocation());
		const doc = new Y.Doc();
		replaceWords(recommendationTextOf(doc), 'Rådet tilrår kanarifuglen');
		upkeep.projectRecommendation(placeOf('S-G5MQ').id, doc);
		upkeep.refresh();
		expect(found('kanarifuglen')).toEqual({ recommendation: [id] });
	});
});

describe('the whole index', () => {
	const all = () =>
		['bustad', 'S-K6YJ', 'samrøystes', 'Testvik'].map((text) =>
			Object.entries(found(text)).map(([kind, ids]) => [kind, ids.toSorted()])
		);

	test('made anew holds the same', () => {
		upkeep.refresh();
		const before = all();
		run('DELETE FROM search_entry');
		expect(all().flat()).toEqual([]);
		upkeep.prepare();
		expect(all()).toEqual(before);
	});

	test('is made at start when it lacks a kind, and left alone when it lacks none', () => {
		upkeep.refresh();
		run("DELETE FROM search_entry WHERE kind = 'person'");
		upkeep.prepare();
		expect(found('Testvik').person).toBeUndefined();
		run("DELETE FROM search_entry WHERE kind = 'recommendation'");
		upkeep.prepare();
		expect(found('Testvik').person).toHaveLength(1);
		expect(found('I-045').recommendation).toHaveLength(1);
	});

	test('once it is purged holds nothing of what has been erased', () => {
		run("UPDATE person SET title = 'kanarifugl' WHERE code = 'P05'");
		upkeep.refresh();
		const hidden = () =>
			(sqlite().prepare('SELECT block FROM search_data').pluck().all() as Buffer[]).some((block) =>
				// What a term shares with the one before it is not written again.
				block.includes('rifugl')
			);
		expect(hidden()).toBe(true);
		run("UPDATE person SET title = '' WHERE code = 'P05'");
		upkeep.purge();
		expect(hidden()).toBe(false);
	});
});
