import { describe, expect, test } from 'vitest';
import {
	addDays,
	addMonths,
	appealDeadline,
	daysBetween,
	easter,
	holidays,
	isWorkday,
	replyDeadline
} from './deadline.ts';

/** Easter Sundays and Whit Mondays as printed in Norwegian calendars. */
const printed: [year: number, easterSunday: string, whitMonday: string][] = [
	[2026, '2026-04-05', '2026-05-25'],
	[2027, '2027-03-28', '2027-05-17'],
	[2028, '2028-04-16', '2028-06-05'],
	[2029, '2029-04-01', '2029-05-21'],
	[2030, '2030-04-21', '2030-06-10'],
	[2031, '2031-04-13', '2031-06-02'],
	[2032, '2032-03-28', '2032-05-17'],
	[2033, '2033-04-17', '2033-06-06'],
	[2034, '2034-04-09', '2034-05-29'],
	[2035, '2035-03-25', '2035-05-14']
];

const weeks = 3;
/** The notice after which the three weeks run out on a date, were it a workday. */
const noticeFor = (date: string) => addDays(date, -7 * weeks);

describe.each(printed)('%i', (year, sunday, whitMonday) => {
	const maundyThursday = addDays(sunday, -3);

	test('has Easter and Whitsun where the calendar has them', () => {
		expect(easter(year)).toBe(sunday);
		expect(holidays(year)).toContain(whitMonday);
	});

	test('an appeal that would be due on any day of Easter is due on the Tuesday after', () => {
		for (const days of [0, 1, 2, 3, 4])
			expect(appealDeadline(noticeFor(addDays(maundyThursday, days)), weeks)).toBe(
				addDays(sunday, 2)
			);
	});

	test('the Wednesday before Easter is a workday', () => {
		const wednesday = addDays(sunday, -4);
		expect(appealDeadline(noticeFor(wednesday), weeks)).toBe(wednesday);
	});

	test('Ascension Day and Whit Monday move a deadline to the next workday', () => {
		for (const holiday of [addDays(sunday, 39), whitMonday]) {
			const due = appealDeadline(noticeFor(holiday), weeks);
			expect(due > holiday).toBe(true);
			expect(isWorkday(due)).toBe(true);
		}
	});

	test.each([`${year}-05-01`, `${year}-05-17`, `${year}-12-25`, `${year}-12-26`, `${year}-01-01`])(
		'no deadline ends on %s, and none is moved further than it must',
		(holiday) => {
			const due = appealDeadline(noticeFor(holiday), weeks);
			expect(due > holiday).toBe(true);
			expect(isWorkday(due)).toBe(true);
			for (let date = holiday; date < due; date = addDays(date, 1))
				expect(isWorkday(date)).toBe(false);
		}
	);

	test('every deadline of the year is a workday, three weeks away or as little later as can be', () => {
		for (let notice = `${year}-01-01`; notice <= `${year}-12-31`; notice = addDays(notice, 1)) {
			const due = appealDeadline(notice, weeks);
			expect(isWorkday(due)).toBe(true);
			const late = daysBetween(notice, due) - 21;
			expect(late).toBeGreaterThanOrEqual(0);
			// Maundy Thursday to Easter Monday are five days off in a row; Christmas and a weekend can
			// be four.
			expect(late).toBeLessThanOrEqual(5);
		}
	});
});

test.each([
	['2026-10-23', '2026-11-13', 'an ordinary Friday'],
	['2026-11-06', '2026-11-27', 'an ordinary Friday'],
	['2026-11-20', '2026-12-11', 'an ordinary Friday'],
	['2026-12-04', '2026-12-28', 'Christmas Day, Boxing Day and a Sunday'],
	['2026-12-03', '2026-12-24', 'Christmas Eve is a workday here'],
	['2026-03-12', '2026-04-07', 'Maundy Thursday'],
	['2026-04-10', '2026-05-04', '1 May on a Friday'],
	['2026-04-24', '2026-05-15', 'the Friday after Ascension Day is a workday'],
	['2026-04-26', '2026-05-18', '17 May on a Sunday'],
	['2027-04-26', '2027-05-18', '17 May on Whit Monday'],
	['2027-12-03', '2027-12-24', 'Christmas Eve on a Friday is a workday too'],
	['2029-12-05', '2029-12-27', 'Boxing Day on a Wednesday'],
	['2035-05-26', '2035-06-18', 'a Saturday']
])('notice on %s: an appeal is due on %s (%s)', (notice, due) => {
	expect(appealDeadline(notice, 3)).toBe(due);
});

test('a year has twelve public holidays, fewer when two fall together', () => {
	expect(holidays(2026)).toHaveLength(12);
	expect(holidays(2027)).toHaveLength(11);
});

test('a reply is due when a month has passed, on the last day of a month that is shorter', () => {
	expect(replyDeadline('2026-10-14', 1)).toBe('2026-11-14');
	expect(replyDeadline('2027-01-31', 1)).toBe('2027-02-28');
	expect(replyDeadline('2028-01-31', 1)).toBe('2028-02-29');
	expect(replyDeadline('2026-12-31', 1)).toBe('2027-01-31');
	expect(addMonths('2026-12-15', 2)).toBe('2027-02-15');
});
