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

/** Making a formatter takes a hundred times as long as using it, and using it is still too slow for thousands of moments. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, string>();
const quarter = 15 * 60 * 1000;

/** The date in a time zone, 'YYYY-MM-DD'. Wherever that is, it changes at a full quarter of an hour. */
export function dateIn(timeZone: string, moment = now()): string {
	const key = `${timeZone} ${Math.floor(moment / quarter)}`;
	const before = known.get(key);
	if (before !== undefined) return before;
	const formatter = formatters.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone });
	formatters.set(timeZone, formatter);
	if (known.size > 50_000) known.clear();
	const date = formatter.format(moment);
	known.set(key, date);
	return date;
}

export const timeZone = 'Europe/Oslo';

/** Today in Norway, 'YYYY-MM-DD'. */
export function today(): string {
	return dateIn(timeZone);
}
