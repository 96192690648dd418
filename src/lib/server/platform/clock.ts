/* The one place that knows what time it is, so that tests and the demo can set it. */
let offset = 0;

/** Milliseconds since 1970. */
export function now(): number {
	return Date.now() + offset;
}

/** Makes it `moment` now; time goes on from there. */
export function set(moment: number): void {
	offset = moment - Date.now();
}

/** Does something as if it were that moment. */
export function at<Result>(moment: number, work: () => Result): Result {
	const before = offset;
	set(moment);
	try {
		return work();
	} finally {
		offset = before;
	}
}

/**
 * What is known of a time zone: its formatter, since making one takes a hundred times as long as
 * using it, and the dates that have been asked for, since using it is still too slow for
 * thousands of moments.
 */
interface Zone {
	formatter: Intl.DateTimeFormat;
	dates: Map<number, string>;
}
const zones = new Map<string, Zone>();
const quarter = 15 * 60 * 1000;

/**
 * The date in a time zone, 'YYYY-MM-DD'. Wherever that is, it changes at a full quarter of an
 * hour.
 */
export function dateIn(timeZone: string, moment = now()): string {
	const { formatter, dates } = zones.get(timeZone) ?? enter(timeZone);
	const key = Math.floor(moment / quarter);
	const known = dates.get(key);
	if (known !== undefined) return known;
	if (dates.size > 50_000) dates.clear();
	const date = formatter.format(moment);
	dates.set(key, date);
	return date;
}

function enter(timeZone: string): Zone {
	const formatter = new Intl.DateTimeFormat('sv-SE', { timeZone });
	const zone = { formatter, dates: new Map<number, string>() };
	zones.set(timeZone, zone);
	return zone;
}

/** The time of day in a time zone, 'HH:MM'. */
export function timeIn(timeZone: string, moment = now()): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'short' }).format(moment);
}

export const timeZone = 'Europe/Oslo';

/** Today in Norway, 'YYYY-MM-DD'. */
export function today(): string {
	return dateIn(timeZone);
}

/** The date of a moment in Norway. */
export function dateOf(moment: number): string {
	return dateIn(timeZone, moment);
}

/**
 * The moment a day ('YYYY-MM-DD') begins in Norway: one hour before UTC in winter, two in summer.
 */
export function startOf(date: string): number {
	const utc = Date.parse(`${date}T00:00:00Z`);
	const moments = [2, 1].map((hours) => utc - hours * 3_600_000);
	return moments.find((moment) => dateIn(timeZone, moment) === date) ?? utc;
}
