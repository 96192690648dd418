/**
 * A case card holds closed lists only, each coarse enough that a card tells of a situation and
 * not of a person. What stands on each list is the municipality's data; which lists there are, is
 * settled here.
 */
export const caseLists = [
	'household',
	'age',
	'situation',
	'bedrooms',
	'follow_up',
	'case_status',
	'measure'
] as const;

export type CaseList = (typeof caseLists)[number];

/**
 * Further lists of the municipality: what recommendations, rulings and questions of impartiality
 * are put into words with.
 */
export const procedureLists = [
	'recommended',
	'criterion',
	'criterion_reason',
	'dwelling_kind',
	'track',
	'track_law',
	'appeal_body',
	'recusal_reason',
	'law',
	'sentence'
] as const;
export type ProcedureList = (typeof procedureLists)[number];

/** Without vowels and look-alikes: nothing that reads as a word, nothing to mishear. */
const letters = '23456789BCDFGHJKLMNPQRSTVWXYZ';

export const caseCode = /S-[2-9BCDFGHJKLMNPQRSTVWXYZ]{4}/;

/**
 * A random code, without order or date. The key from code to household stays in the specialist
 * system.
 * `random` gives whole numbers below its argument, evenly.
 */
export function drawCode(random: (below: number) => number): string {
	const four = Array.from({ length: 4 }, () => letters[random(letters.length)]);
	return `S-${four.join('')}`;
}

/**
 * The codes that a text speaks of, however they are written: small letters, another dash, a space
 * beside it.
 */
export function codesIn(text: string): string[] {
	const written =
		/(?<![\p{L}\d-])s\s?[-\u2010-\u2015\u2212]\s?([2-9bcdfghjklmnpqrstvwxyz]{4})(?![\p{L}\d])/giu;
	return [...text.matchAll(written)].map(([, letters = '']) => `S-${letters.toUpperCase()}`);
}
