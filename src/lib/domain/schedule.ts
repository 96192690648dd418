/*
 * The agenda as plain values, and the arithmetic of its clock. Without Yjs, so that a page that
 * only shows it stays light.
 */

export const itemKinds = [
	'section',
	'fixed',
	'information',
	'discussion',
	'decision',
	'notice',
	'talk',
	'conversation',
	'plenary',
	'group',
	'form',
	'break'
] as const;

export type ItemKind = (typeof itemKinds)[number];

export interface AgendaItem {
	id: string;
	pos: string;
	parent: string | null;
	minutes: number;
	/** What an ordinary item says of itself; null for a case item. */
	open: { title: string; kind: ItemKind; responsible: string | null } | null;
}

/** An item with its place in the day. Times are minutes after midnight, Europe/Oslo. */
export interface ScheduledItem extends AgendaItem {
	/** 1, 2, 3 … for items at the top, 6.1, 6.2 … for those under a section. */
	ordinal: string;
	starts: number;
	/** Of a section with items beneath: its own minutes or theirs together, whichever is more. */
	total: number;
}

export function byPlace(a: { pos: string; id: string }, b: { pos: string; id: string }): number {
	if (a.pos !== b.pos) return a.pos < b.pos ? -1 : 1;
	return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/**
 * The agenda as a list of lines with start times: each item at the top followed by those that
 * stand under it. An item whose section is gone stands at the top. `starts` is the meeting's
 * start, minutes after midnight.
 */
export function schedule(items: AgendaItem[], starts: number): ScheduledItem[] {
	const ids = new Set(items.filter((item) => item.parent === null).map((item) => item.id));
	const parentOf = (item: AgendaItem) =>
		item.parent !== null && ids.has(item.parent) ? item.parent : null;
	const lines: ScheduledItem[] = [];
	let clock = starts;
	items
		.filter((item) => parentOf(item) === null)
		.forEach((top, index) => {
			const under = items.filter((item) => parentOf(item) === top.id);
			const sum = under.reduce((minutes, item) => minutes + item.minutes, 0);
			const total = Math.max(top.minutes, sum);
			lines.push({ ...top, parent: null, ordinal: `${index + 1}`, starts: clock, total });
			let inner = clock;
			under.forEach((item, place) => {
				const ordinal = `${index + 1}.${place + 1}`;
				lines.push({ ...item, ordinal, starts: inner, total: item.minutes });
				inner += item.minutes;
			});
			clock += total;
		});
	return lines;
}

/**
 * Minutes of the whole agenda: what stands at the top, sections counted with what is under them.
 */
export function totalMinutes(lines: ScheduledItem[]): number {
	return lines.filter((line) => line.parent === null).reduce((sum, line) => sum + line.total, 0);
}
