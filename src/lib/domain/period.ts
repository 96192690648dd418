/**
 * A time that registers and figures are asked for: a year, '2026', or half of one, '2026-1' and
 * '2026-2'. Null is all that there is.
 */
export type Period = string | null;

export const periodPattern = /^\d{4}(-[12])?$/;

/** The half year of a date ('YYYY-MM-DD'). */
export function halfOf(date: string): string {
	return `${date.slice(0, 4)}-${date.slice(5, 7) <= '06' ? 1 : 2}`;
}

export function yearOf(half: string): string {
	return half.slice(0, 4);
}

/** Whether a half year is part of a period, or is it. */
export function isWithin(half: string, period: Period): boolean {
	return period === null || half === period || yearOf(half) === period;
}

/** Years and halves in which something is, the latest first, each year before its halves. */
export function periodsOf(halves: Iterable<string>): string[] {
	const known = new Set(halves);
	const all = [...known, ...[...known].map(yearOf)];
	return [...new Set(all)].sort((a, b) =>
		yearOf(a) === yearOf(b) ? a.length - b.length || (a < b ? 1 : -1) : a < b ? 1 : -1
	);
}
