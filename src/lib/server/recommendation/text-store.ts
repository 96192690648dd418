import type * as Y from 'yjs';
import type { DocumentName } from '#lib/domain/document.ts';
import {
	isRecommendationAmong,
	recommendationTextOf,
	replaceWords,
	touchesRecommendation,
	wordsOf
} from '#lib/domain/recommendation-text.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { statement } from '#lib/server/db/index.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import { projectRecommendation } from '#lib/server/search-index/upkeep.ts';

/*
 * Where the board's text of a recommendation lives while it is written: in the document of its
 * case item, beside the minutes, so that the item's rights, log, versions and erasing are the
 * text's as well. Who may do what to it is the business of recommendation-texts.ts.
 */

const documentOf = (item: string): DocumentName => ({ kind: 'item', id: item });

/** The text of the recommendation at an item, as it stands in the document now. */
export function wordsAt(item: string): string {
	return rooms.read(documentOf(item), (doc) => wordsOf(recommendationTextOf(doc)));
}

/**
 * Puts these words in the place of what stands there, as the server's own writing, in the
 * caller's transaction when there is one.
 */
export function write(item: string, words: string): void {
	rooms.transact(documentOf(item), null, (doc) => {
		const fragment = recommendationTextOf(doc);
		if (wordsOf(fragment) !== words) replaceWords(fragment, words);
	});
}

/**
 * Whether people may write in it: it has been opened to be written together, and is not adopted.
 */
function takesEdits(item: string): boolean {
	const open = `SELECT 1 FROM recommendation WHERE item = ? AND status = 'draft' AND seed IS NOT NULL`;
	return statement(open).get(item) !== undefined;
}

/*
 * The second text in the document of a case item, for agenda-documents.ts, which tells the live
 * engine of it.
 */

export function open(doc: Y.Doc): void {
	recommendationTextOf(doc);
}

/**
 * What is adopted takes no edits any more, nor does what nobody has opened. Refuses bad_shape
 * whoever writes there all the same.
 */
export function check(doc: Y.Doc, transaction: Y.Transaction, id: string): void {
	if (transaction.local || !touchesRecommendation(doc, transaction)) return;
	if (!takesEdits(id)) throw new Refusal('bad_shape');
}

export function project(doc: Y.Doc, id: string, changed: ReadonlySet<string>): void {
	if (isRecommendationAmong(changed)) projectRecommendation(id, doc);
}
