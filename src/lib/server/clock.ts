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

/** The date in a time zone, 'YYYY-MM-DD'. */
export function dateIn(timeZone: string, moment = now()): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(moment);
}

export const timeZone = 'Europe/Oslo';

/** Today in Norway, 'YYYY-MM-DD'. */
export function today(): string {
	return dateIn(timeZone);
}

/** The moment a day ('YYYY-MM-DD') begins in Norway: one hour before UTC in winter, two in summer. */
export function startOf(date: string): number {
	const utc = Date.parse(`${date}T00:00:00Z`);
	const moments = [2, 1].map((hours) => utc - hours * 3_600_000);
	return moments.find((moment) => dateIn(timeZone, moment) === date) ?? utc;
}
