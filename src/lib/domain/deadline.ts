/*
 * Deadlines of case handling. Dates are 'YYYY-MM-DD' and are counted as dates, without clock or
 * time zone. How many weeks and months there are is the municipality's data; how days are counted
 * is settled here.
 */
const day = 24 * 60 * 60 * 1000;

/** A date some days later. */
export function addDays(date: string, days: number): string {
	return write(Date.parse(date) + days * day);
}

/** Whole days from one date to another; negative when the other is past. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / day);
}

/** The same day of a later month; where that month is too short, its last day. */
export function addMonths(date: string, months: number): string {
	const [year = 0, month = 1, dayOfMonth = 1] = date.split('-').map(Number);
	const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
	return write(Date.UTC(year, month - 1 + months, Math.min(dayOfMonth, last)));
}

/** Easter Sunday of a year in the Gregorian calendar (the method of Meeus, Jones and Butcher). */
export function easter(year: number): string {
	const golden = year % 19;
	const century = Math.floor(year / 100);
	const rest = year % 100;
	const leaps = Math.floor(century / 4);
	const moon = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
	const epact = (19 * golden + century - leaps - moon + 15) % 30;
	const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7;
	const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
	const sum = epact + weekday - 7 * late + 114;
	return write(Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 1));
}

/**
 * Days from Easter Sunday: Maundy Thursday, Good Friday, both Easter days, Ascension, both days
 * of Whitsun.
 */
const movable = [-3, -2, 0, 1, 39, 49, 50];
const fixed = ['01-01', '05-01', '05-17', '12-25', '12-26'];

/**
 * Norway's public holidays of a year, 1 and 17 May among them, in order. Christmas Eve and the
 * like are no such days.
 */
export function holidays(year: number): string[] {
	const sunday = easter(year);
	const days = [
		...movable.map((days) => addDays(sunday, days)),
		...fixed.map((rest) => `${year}-${rest}`)
	];
	return [...new Set(days)].sort();
}

/** Neither a Saturday, a Sunday nor a public holiday. */
export function isWorkday(date: string): boolean {
	const weekday = new Date(date).getUTCDay();
	if (weekday === 0 || weekday === 6) return false;
	return !holidays(Number(date.slice(0, 4))).includes(date);
}

/**
 * The date itself, or the next one that is a workday: where a deadline ends that would end on a
 * day off.
 */
export function onWorkday(date: string): string {
	return isWorkday(date) ? date : onWorkday(addDays(date, 1));
}

/**
 * The last day on which an appeal is in time: so many weeks from the day on which notice was
 * received, that day not counted, moved off days off.
 */
export function appealDeadline(notice: string, weeks: number): string {
	return onWorkday(addDays(notice, weeks * 7));
}

/**
 * The day by which an application must be answered, or a preliminary reply be sent. It asks for
 * an act, and is not moved.
 */
export function replyDeadline(applied: string, months: number): string {
	return addMonths(applied, months);
}

function write(moment: number): string {
	return new Date(moment).toISOString().slice(0, 10);
}
