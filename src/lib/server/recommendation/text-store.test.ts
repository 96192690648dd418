import { beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { recommendationTextOf, replaceWords } from '#lib/domain/recommendation-text.ts';
import { sqlite } from '#lib/server/db/index.ts';
import {
	allocation,
	chair,
	openBoard,
	placeOf,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { openDemo } from '#lib/server/start/testing.ts';
import * as drafting from './drafting.ts';
import * as recommendations from './recommendations.ts';
import * as textStore from './text-store.ts';

let item: string;
let id: string;
beforeEach(() => {
	openDemo();
	openBoard();
	item = placeOf('S-G5MQ').id;
	id = recommendations.save(secretary(), placeOf('S-G5MQ'), allocation());
});

const log = () => sqlite().prepare('SELECT count(*) FROM document_log').pluck().get();

/** Checks a change as the live engine does, one that comes from a peer or the server's own. */
function refusalOf(touch: (doc: Y.Doc) => void, fromPeer = true): string | null {
	const doc = new Y.Doc();
	textStore.open(doc);
	let refused: string | null = null;
	doc.on('afterTransaction', (transaction: Y.Transaction) => {
		try {
			textStore.check(doc, transaction, item);
		} catch (no) {
			refused = (no as Error).message;
		}
	});
	if (!fromPeer) doc.transact(() => touch(doc));
	else {
		const peer = new Y.Doc();
		touch(peer);
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(peer));
	}
	return refused;
}
const text = (doc: Y.Doc) => replaceWords(recommendationTextOf(doc), 'Heilt andre ord');
const elsewhere = (doc: Y.Doc) => void doc.getMap('other').set('a', 1);

test('it stands in the document of its item, and can be put in the place of what stood there', () => {
	expect(textStore.wordsAt(item)).toContain('Bustadrådet tilrår');
	textStore.write(item, 'Rådet tilrår noko anna.');
	expect(textStore.wordsAt(item)).toBe('Rådet tilrår noko anna.');
	const before = log();
	textStore.write(item, 'Rådet tilrår noko anna.');
	expect(log()).toBe(before);
});

test('of an item where nothing is recommended there is none', () => {
	expect(textStore.wordsAt(placeOf('S-2WHK').id)).toBe('');
});

test('people write in it from when it is opened until it is adopted; beside it at any time', () => {
	expect(refusalOf(elsewhere)).toBeNull();
	expect(refusalOf(text)).toBe('bad_shape');
	expect(refusalOf(text, false)).toBeNull();
	drafting.open(secretary(), id);
	expect(refusalOf(text)).toBeNull();
	recommendations.adopt(chair(), id, 1, '', textStore.wordsAt(item));
	expect(refusalOf(text)).toBe('bad_shape');
	expect(refusalOf(elsewhere)).toBeNull();
});
