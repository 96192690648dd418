import { expect, test } from 'vitest';
import { firstLoudDate, isQuiet, usualQuiet } from './quiet.ts';

const at = (date: string, time: string) => ({ date, time });
/** A Wednesday and a Friday. */
const wednesday = '2026-11-25';
const friday = '2026-11-27';

test.each([
	['06:59', true],
	['07:00', false],
	['16:59', false],
	['17:00', true],
	['23:59', true],
	['00:00', true]
])('on a workday %s is quiet: %s', (time, quiet) => {
	expect(isQuiet(at(wednesday, time), usualQuiet)).toBe(quiet);
});

test('hours within one day, and none at all', () => {
	const lunch = { from: '11:00', until: '12:00', daysOff: false };
	expect(isQuiet(at(wednesday, '11:30'), lunch)).toBe(true);
	expect(isQuiet(at(wednesday, '12:00'), lunch)).toBe(false);
	const never = { from: '08:00', until: '08:00', daysOff: false };
	expect(isQuiet(at(wednesday, '08:00'), never)).toBe(false);
	expect(isQuiet(at('2026-11-29', '03:00'), never)).toBe(false);
});

test.each([
	['a Saturday', '2026-11-28'],
	['a Sunday', '2026-11-29'],
	['Maundy Thursday', '2027-03-25'],
	['Easter Monday', '2027-03-29'],
	['Ascension', '2027-05-06'],
	['the first of May', '2028-05-01'],
	['the seventeenth of May', '2027-05-17'],
	['Christmas Day', '2026-12-25']
])('%s is quiet for those who want days off to be', (_, date) => {
	expect(isQuiet(at(date, '10:00'), usualQuiet)).toBe(true);
	expect(isQuiet(at(date, '10:00'), { ...usualQuiet, daysOff: false })).toBe(false);
});

test('quiet ends the same day, the next day, or after the days off', () => {
	expect(firstLoudDate(at(wednesday, '05:00'), usualQuiet)).toBe(wednesday);
	expect(firstLoudDate(at(wednesday, '18:00'), usualQuiet)).toBe('2026-11-26');
	expect(firstLoudDate(at(friday, '18:00'), usualQuiet)).toBe('2026-11-30');
	expect(firstLoudDate(at(friday, '18:00'), { ...usualQuiet, daysOff: false })).toBe('2026-11-28');
	expect(firstLoudDate(at('2026-12-24', '17:30'), usualQuiet)).toBe('2026-12-28');
});
