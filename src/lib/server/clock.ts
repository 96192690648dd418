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

/** Making one takes a hundred times as long as using it, and registers ask for thousands of dates. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The date in a time zone, 'YYYY-MM-DD'. */
export function dateIn(timeZone: string, moment = now()): string {
	const known = formatters.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone });
	formatters.set(timeZone, known);
	return known.format(moment);
}

export const timeZone = 'Europe/Oslo';

/** Today in Norway, 'YYYY-MM-DD'. */
export function today(): string {
	return dateIn(timeZone);
}
