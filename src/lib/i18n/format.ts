import { getLocale } from './paraglide/runtime.js';

/*
 * Dates and times as each language writes them. Our own tables, since browsers leave nynorsk out
 * of theirs and a page must read the same on the server and in the browser. Dates are
 * 'YYYY-MM-DD', without a time zone to get wrong.
 */
interface Words {
	days: string[];
	shortDays: string[];
	months: string[];
	shortMonths: string[];
}

const words: Record<string, Words> = {
	nn: {
		days: ['søndag', 'måndag', 'tysdag', 'onsdag', 'torsdag', 'fredag', 'laurdag'],
		shortDays: ['sø.', 'må.', 'ty.', 'on.', 'to.', 'fr.', 'la.'],
		months:
			'januar februar mars april mai juni juli august september oktober november desember'.split(
				' '
			),
		shortMonths: 'jan. feb. mars april mai juni juli aug. sep. okt. nov. des.'.split(' ')
	},
	nb: {
		days: ['søndag', 'mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag'],
		shortDays: ['sø.', 'ma.', 'ti.', 'on.', 'to.', 'fr.', 'lø.'],
		months:
			'januar februar mars april mai juni juli august september oktober november desember'.split(
				' '
			),
		shortMonths: 'jan. feb. mars april mai juni juli aug. sep. okt. nov. des.'.split(' ')
	},
	en: {
		days: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
		shortDays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
		months:
			'January February March April May June July August September October November December'.split(
				' '
			),
		shortMonths: 'Jan Feb Mar Apr May June July Aug Sep Oct Nov Dec'.split(' ')
	}
};

function parts(date: string) {
	const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
	return {
		year,
		month: month - 1,
		day,
		weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay()
	};
}

function own(): Words {
	return words[getLocale()] ?? words.nn!;
}

/** «tysdag 1. desember 2026», «Tuesday 1 December 2026» */
export function longDate(date: string): string {
	const { year, month, day, weekday } = parts(date);
	return `${own().days[weekday]} ${dayNumber(day)} ${own().months[month]} ${year}`;
}

/** «ty. 1. des.», «Tue 1 Dec»; with the year when it is not the year of `today`. */
export function shortDate(date: string, today?: string): string {
	const { year, month, day, weekday } = parts(date);
	const tail = today?.startsWith(`${year}-`) === false ? ` ${year}` : '';
	return `${own().shortDays[weekday]} ${dayNumber(day)} ${own().shortMonths[month]}${tail}`;
}

/** «november 2026», of 'YYYY-MM'. */
export function monthName(month: string): string {
	const { year, month: index } = parts(`${month}-01`);
	return `${own().months[index]} ${year}`;
}

function dayNumber(day: number): string {
	return getLocale() === 'en' ? `${day}` : `${day}.`;
}

/** «09.00», «09:00», of minutes after midnight. */
export function clockTime(minutes: number): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const whole = ((minutes % 1440) + 1440) % 1440;
	const dot = getLocale() === 'en' ? ':' : '.';
	return `${two(Math.floor(whole / 60))}${dot}${two(whole % 60)}`;
}

/** A moment, milliseconds since 1970, on the clock in Oslo: «1. des. 10.32». */
export function momentText(moment: number): string {
	const [date = '', time = ''] = new Intl.DateTimeFormat('sv-SE', {
		timeZone: 'Europe/Oslo',
		dateStyle: 'short',
		timeStyle: 'short'
	})
		.format(moment)
		.split(' ');
	const { month, day } = parts(date);
	return `${dayNumber(day)} ${own().shortMonths[month]} ${clockTime(minutesOf(time))}`;
}

/** Minutes after midnight, of 'HH:MM'. */
export function minutesOf(time: string): number {
	const [hours = 0, minutes = 0] = time.split(':').map(Number);
	return hours * 60 + minutes;
}

/** «09.00–10.30», of two 'HH:MM'. */
export function timeSpan(starts: string, ends: string): string {
	return `${clockTime(minutesOf(starts))}–${clockTime(minutesOf(ends))}`;
}
