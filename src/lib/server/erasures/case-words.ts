import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { eraseFromWords } from '#lib/domain/erasing.ts';
import { auditSubject } from '#lib/domain/topic.ts';
import { db } from '#lib/server/db/index.ts';
import { caseStep } from '#lib/server/db/schema/case.ts';
import { recommendation } from '#lib/server/db/schema/recommendation.ts';
import { ruling } from '#lib/server/db/schema/ruling.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import * as followUpCondition from './follow-ups.ts';
import { hitsIn, type Place } from './places.ts';
import * as recommendations from './recommendations.ts';

/*
 * The words of a case that stand beside its items: why steps were taken, what was recommended
 * between meetings, what the rulings say, and its actions and decisions. Nobody can write in them
 * any more, so what must not stand there is erased as it is in a text.
 */

/** Where the passages stand in a case, whoever asks. */
export function placesOf(about: string, passages: string[]): Place[] {
	const places = [
		...stepsOf(about, passages),
		...recommendationsOf(about, passages),
		...rulingsOf(about, passages),
		...followUpCondition.ofCase(about, passages)
	];
	return places.filter(({ hits }) => hits.length > 0);
}

function stepsOf(about: string, passages: string[]): Place[] {
	const rows = db()
		.select()
		.from(caseStep)
		.where(and(eq(caseStep.caseId, about), isNotNull(caseStep.reason)))
		.orderBy(caseStep.at)
		.all();
	return rows.map(({ id, verb, at, reason }) => ({
		kind: 'step',
		label: verb,
		at,
		subject: auditSubject('case', about),
		hits: hitsIn([reason!], passages),
		erase: () =>
			db()
				.update(caseStep)
				.set({ reason: eraseFromWords(reason!, passages) })
				.where(eq(caseStep.id, id))
				.run()
	}));
}

/** Those made at an item have its text, and are erased with it. */
function recommendationsOf(about: string, passages: string[]): Place[] {
	const rows = recommendationRows
		.query()
		.where(and(eq(recommendation.caseId, about), isNull(recommendation.itemId)))
		.all();
	return rows.flatMap((row): Place[] => {
		const going = recommendations.goingFrom(row, passages);
		if (!going) return [];
		const { id, code, adoptedAt } = row.own;
		return [
			{
				kind: 'recommendation',
				label: code,
				at: adoptedAt,
				subject: auditSubject('recommendation', id),
				hits: hitsIn(recommendations.wordsOf(row), passages),
				erase: () => recommendations.erase(going)
			}
		];
	});
}

function rulingsOf(about: string, passages: string[]): Place[] {
	const rows = db()
		.select()
		.from(ruling)
		.where(eq(ruling.caseId, about))
		.orderBy(ruling.code)
		.all();
	return rows.map(({ id, code, at, content, reason }) => ({
		kind: 'ruling',
		label: code,
		at,
		subject: auditSubject('ruling', id),
		hits: hitsIn([content, reason], passages),
		erase: () =>
			db()
				.update(ruling)
				.set({
					content: eraseFromWords(content, passages),
					reason: eraseFromWords(reason, passages)
				})
				.where(eq(ruling.id, id))
				.run()
	}));
}
