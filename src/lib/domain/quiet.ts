import { addDays, isWorkday, onWorkday } from './deadline.ts';

/** When somebody wants no e-mail. Times of day are 'HH:MM', in Norway. */
export interface Quiet {
	/**
	 * From this time of day until that one, over midnight when it is the earlier one. The same: at
	 * no time of day.
	 */
	from: string;
	until: string;
	/** Whether Saturdays, Sundays and public holidays are quiet as a whole. */
	daysOff: boolean;
}

/** What holds for those who have chosen nothing. */
export const usualQuiet: Quiet = { from: '17:00', until: '07:00', daysOff: true };

/** A date, 'YYYY-MM-DD', and a time of day, 'HH:MM'. */
export interface Local {
	date: string;
	time: string;
}

export function isQuiet({ date, time }: Local, quiet: Quiet): boolean {
	if (quiet.daysOff && !isWorkday(date)) return true;
	const { from, until } = quiet;
	if (from === until) return false;
	return from < until ? from <= time && time < until : from <= time || time < until;
}

/** The first date on which there is a time that is not quiet, from this moment on. */
export function firstLoudDate({ date, time }: Local, quiet: Quiet): string {
	const over = quiet.from > quiet.until && quiet.from <= time;
	const first = over ? addDays(date, 1) : date;
	return quiet.daysOff ? onWorkday(first) : first;
}
