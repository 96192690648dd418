import type { DocumentName } from '#lib/domain/document.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import {
	isRecommendationAmong,
	recommendationTextOf,
	replaceWords,
	touchesRecommendation,
	wordsOf
} from '#lib/domain/recommendation-text.ts';
import { statement } from './db/index.ts';
import * as kinds from './live/kinds.ts';
import * as rooms from './live/rooms.ts';
import { projectRecommendation } from './search/upkeep.ts';

/*
 * Where the council's text of a recommendation lives while it is written: in the document of its case item, beside the minutes, so that
 * the item's rights, log, versions and erasing are the text's as well. Who may do what to it is the business of recommendation-texts.ts.
 */

const documentOf = (item: string): DocumentName => ({ kind: 'item', id: item });

/** The text of the recommendation at an item, as it stands in the document now. */
export function wordsAt(item: string): string {
	return rooms.read(documentOf(item), (doc) => wordsOf(recommendationTextOf(doc)));
}

/** Puts these words in the place of what stands there, as the server's own writing, in the caller's transaction when there is one. */
export function write(item: string, words: string): void {
	rooms.transact(documentOf(item), null, (doc) => {
		const fragment = recommendationTextOf(doc);
		if (wordsOf(fragment) !== words) replaceWords(fragment, words);
	});
}

/** Whether people may write in it: it has been opened to be written together, and is not adopted. */
function takesEdits(item: string): boolean {
	const open = `SELECT 1 FROM recommendation WHERE item = ? AND status = 'draft' AND seed IS NOT NULL`;
	return statement(open).get(item) !== undefined;
}

/**
 * Tells the live engine of the second text in the document of a case item. What is adopted takes no edits any more, nor does what nobody
 * has opened: who writes there all the same is refused. Called once, at start, after agendas.register().
 */
export function register(): void {
	const item = kinds.keeperOf('item');
	if (!item) throw new Error('Agendas are registered before the texts of recommendations.');
	kinds.register('item', {
		...item,
		open(doc) {
			item.open?.(doc);
			recommendationTextOf(doc);
		},
		check(doc, transaction, id) {
			item.check(doc, transaction, id);
			if (transaction.local || !touchesRecommendation(doc, transaction)) return;
			if (!takesEdits(id)) throw new Refusal('bad_shape');
		},
		project(doc, id, changed) {
			item.project?.(doc, id, changed);
			if (isRecommendationAmong(changed)) projectRecommendation(id, doc);
		}
	});
}
