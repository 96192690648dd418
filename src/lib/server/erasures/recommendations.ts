import { and, eq } from 'drizzle-orm';
import { eraseFromPart } from '#lib/domain/erasing-parts.ts';
import { db } from '#lib/server/db/index.ts';
import { recommendation, recommendationCriterion } from '#lib/server/db/schema/recommendation.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { digest } from '#lib/server/recommendation/recommendations.ts';
import { type Row, textOf } from '#lib/server/recommendation/rows.ts';

/*
 * Erasing from a recommendation what stands in the database: its text, and the words that it is
 * put together from. The text's passages reach those too, since it would be put together from
 * them again.
 */

const fields = ['shorter', 'reasons', 'wish', 'minority', 'text', 'seed'] as const;
type Words = Partial<Record<(typeof fields)[number], string>>;

export interface Going {
	id: string;
	/** The fields that change, as they will be. */
	words: Words;
	/** Criteria whose words change. */
	criteria: { criterion: string; words: string }[];
}

/** Everything that somebody may have written in it, its text first. */
export function wordsOf(row: Row): string[] {
	const { own } = row;
	const beside = fields.map((field) => own[field] ?? '');
	return [
		textOf(row),
		`${own.code}: ${textOf(row)}`,
		...beside,
		...criteriaOf(own.id).map(({ words }) => words)
	];
}

function criteriaOf(id: string) {
	return db()
		.select()
		.from(recommendationCriterion)
		.where(eq(recommendationCriterion.recommendationId, id))
		.all();
}

/** What erasing the passages (null: everything) would change; null when that is nothing. */
export function goingFrom(row: Row, passages: string[] | null): Going | null {
	const { own } = row;
	const text = textOf(row);
	// In the minutes the text has its code before it.
	const texts = [text, own.seed ?? '', `${own.code}: ${text}`];
	const lines = texts.flatMap((text) => text.split('\n'));
	const left = (words: string) =>
		passages === null ? words && '…' : eraseFromPart(words, passages, lines);
	const words: Words = {};
	for (const field of fields) {
		const before = own[field];
		if (before !== null && left(before) !== before) words[field] = left(before);
	}
	const criteria = criteriaOf(own.id)
		.filter((row) => left(row.words) !== row.words)
		.map((row) => ({ criterion: row.criterion, words: left(row.words) }));
	if (criteria.length === 0 && Object.keys(words).length === 0) return null;
	return { id: own.id, words, criteria };
}

/**
 * Takes it out, in the caller's transaction. That it was adopted, by whom and when, stays; the
 * fingerprint becomes one of what is left, since the old one would tell whoever guesses the words
 * that they are right.
 */
export function erase({ id, words, criteria }: Going): void {
	const set = (values: Partial<typeof recommendation.$inferInsert>) =>
		db().update(recommendation).set(values).where(eq(recommendation.id, id)).run();
	if (Object.keys(words).length > 0) set(words);
	for (const { criterion, words: left } of criteria)
		db()
			.update(recommendationCriterion)
			.set({ words: left })
			.where(
				and(
					eq(recommendationCriterion.recommendationId, id),
					eq(recommendationCriterion.criterion, criterion)
				)
			)
			.run();
	const own = db().select().from(recommendation).where(eq(recommendation.id, id)).get();
	if (own && own.status !== 'draft') set({ redactedAt: clock.now(), sha256: digest(id) });
}
