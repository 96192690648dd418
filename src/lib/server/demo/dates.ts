/* The demo lives on: "today" is always a day of the same week of the story. Numbers never move. */
const day = 24 * 60 * 60 * 1000;

/** The story's own today, a Monday. */
export const storyToday = '2026-11-23';

/**
 * Moves a date of the story by whole weeks, so that it keeps its weekday and its distance from
 * the week of `today`.
 */
export function shiftDate(date: string, today: string): string {
	const weeks = Math.floor((Date.parse(today) - Date.parse(storyToday)) / (7 * day));
	return new Date(Date.parse(date) + weeks * 7 * day).toISOString().slice(0, 10);
}

/** Moves a month, 'YYYY-MM', by the months between the story's today and `today`. */
export function shiftMonth(month: string, today: string): string {
	const shifted = index(month) + index(today) - index(storyToday);
	return `${Math.floor(shifted / 12)}-${String((shifted % 12) + 1).padStart(2, '0')}`;
}

function index(date: string): number {
	const [year = 0, month = 1] = date.split('-').map(Number);
	return year * 12 + month - 1;
}
