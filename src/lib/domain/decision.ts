/**
 * A decision's code: the forum, an A (for «avgjerd») with its number, and the year: `BR-A12/26`.
 * Not to be taken for the number of an agenda item, `BR 12/26`, nor for that of a ruling,
 * `V-097`.
 */
export function decisionCode(forum: string, number: number, year: number): string {
	return `${decisionSeries(forum)}${number}/${String(year % 100).padStart(2, '0')}`;
}

/** What the codes of a forum begin with. */
export function decisionSeries(forum: string): string {
	return `${forum}-A`;
}

/** In an address the stroke is a hyphen: `/decisions/BR-A12-26`. */
export function decisionHref(code: string): string {
	return `/decisions/${code.replace('/', '-')}`;
}

/** The code of an address; the text itself when it is none. */
export function decisionOfAddress(text: string): string {
	return text.toUpperCase().replace(/-(\d\d)$/, '/$1');
}

/** Characters of each of its texts. */
export const decisionLimits = {
	text: 2000,
	reasons: 4000,
	minority: 2000,
	statement: 2000
} as const;

/** It is to be looked at again by now, and no agenda has had it back. */
export function isToReview(
	decision: { reviewOn: string | null; reviewedInId: string | null },
	today: string
): boolean {
	return decision.reviewOn !== null && decision.reviewedInId === null && decision.reviewOn <= today;
}
