/** A run of digits, and how it hangs together with the one before. */
export interface Group {
	digits: string;
	start: number;
	end: number;
	/**
	 * The separators between the group before and this one; null when something else stands there.
	 */
	gap: string | null;
	/**
	 * Part of a full date, a span of clock times or an archive case number, so not of another
	 * number.
	 */
	taken: boolean;
}

/** Neighbouring groups that together have a wanted number of digits. */
export interface Window {
	digits: string;
	/** The sizes of the groups, e.g. `6+5`. */
	layout: string;
	/**
	 * More than six groups with three or more sorts of separators: versions or ranges, not one
	 * number.
	 */
	motley: boolean;
	start: number;
	end: number;
}

const separators = /^[ ./-]{1,6}$/;

/**
 * Every run of digits in a normalised text, in order; those of dates, clock times and archive
 * cases are taken.
 */
export function digitGroups(text: string): Group[] {
	const groups: Group[] = [];
	let end = -1;
	for (const run of text.matchAll(/\d+/g)) {
		const between = end < 0 || run.index - end > 6 ? '' : text.slice(end, run.index);
		const gap = separators.test(between) ? between : null;
		end = run.index + run[0].length;
		groups.push({ digits: run[0], start: run.index, end, gap, taken: false });
	}
	groups.forEach((_, first) => {
		const size = takenSizeAt(groups, first);
		for (const group of groups.slice(first, first + size)) group.taken = true;
	});
	return groups;
}

function takenSizeAt(groups: readonly Group[], at: number): number {
	if (isDateAt(groups, at)) return 3;
	return isClockSpanAt(groups, at) ? 4 : caseSizeAt(groups, at);
}

/**
 * All ways to read `total` digits from whole groups. Separators may stand anywhere, but a number
 * never begins or ends inside a run of digits. At most `total` groups are looked at from each, so
 * the work is linear in the text.
 */
export function windows(groups: readonly Group[], total: number): Window[] {
	const found: Window[] = [];
	for (let first = 0; first < groups.length; first++) {
		const window = windowAt(groups, first, total);
		if (window) found.push(window);
	}
	return found;
}

export function windowAt(groups: readonly Group[], first: number, total: number): Window | null {
	const sizes: number[] = [];
	const gaps = new Set<string | null>();
	let digits = '';
	for (let at = first; at < groups.length && digits.length < total; at++) {
		const group = groups[at];
		if (!group || group.taken || (at > first && group.gap === null)) return null;
		digits += group.digits;
		if (at > first) gaps.add(group.gap);
		sizes.push(group.digits.length);
		if (digits.length === total) {
			const start = groups[first]?.start ?? 0;
			const motley = sizes.length > 6 && gaps.size > 2;
			return { digits, layout: sizes.join('+'), motley, start, end: group.end };
		}
	}
	return null;
}

const dateGap = /[./-]/;

/** A date with a four-digit year, `24.11.2026` or `2026-11-24`, in the three groups from here. */
export function isDateAt(groups: readonly Group[], at: number): boolean {
	const [first, second, third] = groups.slice(at, at + 3);
	if (!first || !second?.gap || !third?.gap) return false;
	if (!dateGap.test(second.gap) || !dateGap.test(third.gap)) return false;
	return (
		(isDay(first.digits) && isMonth(second.digits) && isYear(third.digits)) ||
		(isYear(first.digits) && isMonth(second.digits) && isDay(third.digits))
	);
}

/** From one clock time to another, `08.30–15.30`, in the four groups from here. */
function isClockSpanAt(groups: readonly Group[], at: number): boolean {
	const [hour, minute, toHour, toMinute] = groups.slice(at, at + 4);
	if (!hour || minute?.gap !== '.' || toMinute?.gap !== '.') return false;
	if (!toHour?.gap || !/^ ?- ?$/.test(toHour.gap)) return false;
	const isClock = (h: Group, m: Group) =>
		/^(?:[01]?\d|2[0-4])$/.test(h.digits) && /^[0-5][05]$/.test(m.digits);
	return isClock(hour, minute) && isClock(toHour, toMinute);
}

/**
 * How many groups from here are an archive case number, `2026/1423` or `2026/1423-5`; 0 when they
 * are not.
 */
export function caseSizeAt(groups: readonly Group[], at: number): number {
	const [year, number, part, more] = groups.slice(at, at + 4);
	if (!year || !isYear(year.digits)) return 0;
	if (number?.gap !== '/' || number.digits.length > 5 || part?.gap === '/') return 0;
	if (part?.gap !== '-' || part.digits.length > 4 || more?.gap === '/') return 2;
	return 3;
}

export function isDay(digits: string): boolean {
	return digits.length <= 2 && Number(digits) >= 1 && Number(digits) <= 31;
}

export function isMonth(digits: string): boolean {
	return digits.length <= 2 && Number(digits) >= 1 && Number(digits) <= 12;
}

export function isYear(digits: string): boolean {
	return /^(?:19|20)\d\d$/.test(digits);
}

/** Sum of digit times weight; digits beyond the weights do not count. */
export function weighted(digits: string, weights: readonly number[]): number {
	return weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0);
}
