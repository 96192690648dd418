import { addMonths, daysBetween } from './deadline.ts';
import { isWithin, type Period, yearOf } from './period.ts';

/*
 * Figures of a forum's cases, by half year. A figure of fewer than five is not shown, and neither
 * is one from which, together with others that are shown, a figure of fewer than five could be
 * worked out. Counts themselves are never shown.
 */
export const fewest = 5;
/** A share of fewer says little, and what it says is of single households. */
export const fewestOfShare = 20;

export type Figure =
	| { state: 'none' }
	/** Too few. */
	| { state: 'few' }
	/** Enough by itself, but it would tell of another that is too small. */
	| { state: 'guarded' }
	| { state: 'shown'; value: number };

/** A figure for each period that one may ask for. */
export type Figures = (period: Period) => Figure;

/** How long something took that was over in a half year. */
export interface Span {
	half: string;
	days: number;
}

/** Half of them took so many days or fewer. */
export function times(spans: Span[]): Figures {
	const counts = countBy(spans, () => 0, 1);
	const safe = ([count = 0]: Parts) => isEnough(count);
	return figures(counts, safe, (period) =>
		Math.round(median(spans.filter(({ half }) => isWithin(half, period)).map(({ days }) => days)))
	);
}

/** How many of a hundred did. */
export function shares(all: { half: string; did: boolean }[]): Figures {
	const counts = countBy(all, ({ did }) => (did ? 0 : 1), 2);
	const safe = ([did = 0, not = 0]: Parts) =>
		(did + not === 0 || did + not >= fewestOfShare) && isEnough(did) && isEnough(not);
	return figures(counts, safe, (period) => {
		const [did = 0, not = 0] = sum([...counts].filter(([half]) => isWithin(half, period)));
		return Math.round((100 * did) / (did + not));
	});
}

/** The middle one; between the two in the middle when they are even. Of at least one. */
export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const upper = sorted[middle] ?? 0;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** What is counted in a half year, part by part. */
type Parts = readonly number[];
type Safe = (parts: Parts) => boolean;

const isEnough = (count: number) => count === 0 || count >= fewest;

function countBy<One extends { half: string }>(
	all: One[],
	partOf: (one: One) => number,
	parts: number
): Map<string, Parts> {
	const counts = new Map<string, number[]>();
	for (const one of all) {
		const known = counts.get(one.half) ?? Array<number>(parts).fill(0);
		const part = partOf(one);
		known[part] = (known[part] ?? 0) + 1;
		counts.set(one.half, known);
	}
	return counts;
}

function figures(
	counts: Map<string, Parts>,
	safe: Safe,
	valueIn: (period: Period) => number
): Figures {
	const open = showable(counts, safe);
	return (period) => {
		const parts = sum([...counts].filter(([half]) => isWithin(half, period)));
		if (parts.every((part) => part === 0)) return { state: 'none' };
		if (!safe(parts)) return { state: 'few' };
		return open.has(period) ? { state: 'shown', value: valueIn(period) } : { state: 'guarded' };
	};
}

/**
 * The periods whose figure can be shown: safe by itself, and so is what is left of it when the
 * shown periods within it are taken away. Where that is not so, the smallest of those within is
 * not shown either. `safe` must hold for nothing at all, and for two together when it holds for
 * each.
 */
export function showable(counts: Map<string, Parts>, safe: Safe): Set<Period> {
	const halves = [...counts.keys()];
	const years = [...new Set(halves.map(yearOf))];
	const whole = (period: Period) => sum([...counts].filter(([half]) => isWithin(half, period)));
	const shown = new Set<Period>([...halves, ...years, null].filter((one) => safe(whole(one))));
	/** The largest shown periods within, which together leave the least. */
	const within = (period: Period): string[] =>
		period === null
			? years.flatMap((year) => (shown.has(year) ? [year] : within(year)))
			: halves.filter((half) => yearOf(half) === period && shown.has(half));
	for (const period of [...years, null])
		while (shown.has(period)) {
			const taken = within(period).map((one) => [one, whole(one)] as const);
			const all = whole(period);
			const known = sum(taken);
			const [smallest] = taken.sort(([, a], [, b]) => total(a) - total(b));
			if (!smallest || safe(all.map((part, index) => part - (known[index] ?? 0)))) break;
			shown.delete(smallest[0]);
		}
	return shown;
}

function sum(counts: (readonly [string, Parts])[]): Parts {
	const longest = Math.max(0, ...counts.map(([, parts]) => parts.length));
	return Array.from({ length: longest }, (_, index) =>
		counts.reduce((all, [, parts]) => all + (parts[index] ?? 0), 0)
	);
}

function total(parts: Parts): number {
	return parts.reduce((all, part) => all + part, 0);
}

/**
 * When somebody applied. The day itself is not kept: it is reckoned back from the day by which
 * they were to have an answer, and where only the month is known, it is taken to be the middle of
 * it.
 */
export function appliedOn(
	{ replyDue, monthIn }: { replyDue: string | null; monthIn: string },
	replyMonths: number
): string {
	const back = replyDue && addMonths(replyDue, -replyMonths);
	return back?.startsWith(monthIn) ? back : `${monthIn}-15`;
}

/** A deadline that was missed: by how many days, and whether what was due is still to be done. */
export interface Missed {
	due: string;
	days: number;
	open: boolean;
}

/** Null when it was kept, or can be yet. */
export function missed(due: string, doneOn: string | null, today: string): Missed | null {
	const days = daysBetween(due, doneOn ?? today);
	return days > 0 ? { due, days, open: doneOn === null } : null;
}
