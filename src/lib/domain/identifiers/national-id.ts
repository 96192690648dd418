import { type Group, isDateAt, weighted, type Window, windows } from './digits.ts';
import { finding, type Finding } from './finding.ts';

/**
 * Added to the month: none; Nav's BOST; H-number and Nav's Dolly; NHN's SyntPop; Skatteetaten's
 * Tenor.
 */
const monthOffsets = [0, 20, 40, 65, 80];

const daysIn = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Five digits that stand for a person without a number in reports (SSB KOSTRA). */
const pseudo = /^\d{6}(?:00100|00200|55555|99999)$/;

/**
 * Whether `DDMMYY…` holds a date as the identity numbers write it: day + 40 for a d-number, the
 * month moved for help numbers and made-up persons, both at once for a made-up person with a
 * d-number. Sources: folkeregisterforskriften § 2-2-1; navikt/fnrvalidator; FHI NINCheck.
 */
export function holdsDate(digits: string): boolean {
	const written = Number(digits.slice(0, 2));
	const day = written > 40 ? written - 40 : written;
	const year = Number(digits.slice(4, 6));
	return monthOffsets.some((offset) => {
		const month = Number(digits.slice(2, 4)) - offset;
		const days = month === 2 && year % 4 !== 0 ? 28 : (daysIn[month - 1] ?? 0);
		return day >= 1 && day <= days;
	});
}

/**
 * The two control sums mod 11 of eleven digits. Source: navikt/fnrvalidator `src/validator.ts`.
 *   r1 = 3a+7b+6c+1d+8e+9f+4g+5h+2i + K1,  r2 = 5a+4b+3c+2d+7e+6f+5g+4h+3i+2·K1 + K2
 */
export function controlSums(digits: string): [number, number] {
	return [
		weighted(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11,
		weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11
	];
}

/**
 * Eleven digits that are a national identity number of any sort. From 2032 r1 may be 0, 1, 2 or 3
 * (skatteetaten.no, «Nye fødselsnummer og d-nummer fra 2032»); it is let through already now,
 * since wider is safer here.
 */
export function isNationalId(digits: string): boolean {
	if (!holdsDate(digits)) return false;
	const [first, second] = controlSums(digits);
	return first <= 3 && second === 0;
}

/**
 * Felles hjelpenummer of the health services: no date, first nine digits from 800000000. Source:
 * FHI NINCheck.
 */
export function isFhNumber(digits: string): boolean {
	const [first, second] = controlSums(digits);
	return digits >= '8' && first === 0 && second === 0;
}

export function findNationalIds(groups: readonly Group[]): Finding[] {
	const found = windows(groups, 11).flatMap((window) =>
		window.motley ? [] : (judge(window) ?? [])
	);
	return [...found, ...findLongDates(groups)];
}

function judge({ digits, layout, start, end }: Window): Finding | null {
	if (isNationalId(digits)) return finding('national_id', start, end);
	if (isFhNumber(digits)) return finding('fh_number', start, end);
	if ((layout !== '11' && layout !== '6+5') || !holdsDate(digits)) return null;
	return finding(pseudo.test(digits) ? 'national_id' : 'almost_national_id', start, end);
}

/** A birth date with its whole year and then the five last digits, `14.05.1971 …`. */
function findLongDates(groups: readonly Group[]): Finding[] {
	return groups.flatMap((group, at) => {
		const [month, year, rest] = groups.slice(at + 1, at + 4);
		if (!month || !year || !rest?.gap || rest.digits.length !== 5) return [];
		if (year.digits.length !== 4 || !isDateAt(groups, at)) return [];
		const date = group.digits.padStart(2, '0') + month.digits.padStart(2, '0');
		const digits = date + year.digits.slice(2) + rest.digits;
		return isNationalId(digits) ? [finding('national_id', group.start, rest.end)] : [];
	});
}
