import { caseSizeAt, type Group, isDateAt, weighted, windows } from './digits.ts';
import { everyMatch, finding, type Finding, precedes, standsFree } from './finding.ts';

export function findNumbers(text: string, groups: readonly Group[]): Finding[] {
	return [
		...findDufNumbers(groups),
		...findAccounts(text, groups),
		...findIbans(text),
		...findOrganisations(text, groups),
		...findArchiveCases(groups),
		...everyMatch(text, plate, 'licence_plate'),
		...everyMatch(text, hpr, 'hpr_number')
	];
}

/** Two letters, never I, O or Q, and five digits. */
const plate = /(?<![\p{L}\d])[A-HJ-NPR-Z]{2}[ -]?\d{5}(?![\p{L}\d])/gu;

/** The number of a health worker, only with its name before it. */
const hpr = /(?<!\p{L})HPR(?:[ -]?(?:nummer|nr))?[.: ]{0,3}\d{7,9}(?!\d)/giu;

const dufLayouts = new Set(['12', '4+6+2', '4+8', '10+2']);
const splitYear = /^[123]\+/;

/**
 * DUF numbers: year, six digits, two control digits (udi.no). The real control rule is not public
 * and UDI's own example fails the one that circulates (SSB KOSTRA), so the usual layouts count as
 * they are and odd ones only when it holds.
 */
function findDufNumbers(groups: readonly Group[]): Finding[] {
	return windows(groups, 12)
		.filter(({ digits, layout }) => digits >= '1980' && digits < '2050' && !splitYear.test(layout))
		.filter(({ digits, layout }) => dufLayouts.has(layout) || holdsDufCheck(digits))
		.map(({ start, end }) => finding('duf_number', start, end));
}

function holdsDufCheck(digits: string): boolean {
	return weighted(digits, [4, 6, 3, 2, 4, 6, 3, 2, 7, 5]) % 11 === Number(digits.slice(10));
}

const accountLayouts = new Set(['11', '4+2+5', '4+7']);
const accountWord = /(?<!\p{L})(?:bank)?konto(?:nummer|nr)?[.: ]{0,3}$/iu;

/**
 * Norwegian account numbers: weights 5,4,3,2,7,6,5,4,3,2, and the sum with the last digit is 0
 * mod 11.
 */
function findAccounts(text: string, groups: readonly Group[]): Finding[] {
	return windows(groups, 11)
		.filter(({ digits }) => weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0)
		.filter(({ start, end }) => standsFree(text, start, end))
		.filter(({ layout, start }) => accountLayouts.has(layout) || precedes(text, start, accountWord))
		.map(({ start, end }) => finding('account_number', start, end));
}

/**
 * `NO`, two control digits and the account number; mod 97 = 1 with the letters as numbers behind
 * (ISO 13616).
 */
function findIbans(text: string): Finding[] {
	const shaped = everyMatch(text, /(?<![\p{L}\d])NO(?:[ .-]?\d){13}(?!\d)/giu, 'iban');
	return shaped.filter(({ start, end }) => {
		const digits = text.slice(start, end).replace(/\D/g, '');
		const turned = `${digits.slice(2)}2324${digits.slice(0, 2)}`;
		return BigInt(turned) % 97n === 1n;
	});
}

const organisationWord = /(?<!\p{L})org(?:anisasjons)?\.? ?(?:nummer|nr)[.: ]{0,3}$/iu;

/** Nine digits from 8 or 9, weights 3,2,7,6,5,4,3,2 mod 11 (brreg.no). */
function findOrganisations(text: string, groups: readonly Group[]): Finding[] {
	return windows(groups, 9)
		.filter(({ digits, layout }) => /^[89]/.test(digits) && (layout === '9' || layout === '3+3+3'))
		.filter(
			({ digits, start }) =>
				weighted(digits, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 ||
				precedes(text, start, organisationWord)
		)
		.map(({ start, end }) => finding('organisation_number', start, end));
}

/** `2026/1423-5` points straight at the named file. A school year, `2026/27`, does not. */
function findArchiveCases(groups: readonly Group[]): Finding[] {
	return groups.flatMap((group, at) => {
		const size = isDateAt(groups, at) ? 0 : caseSizeAt(groups, at);
		const number = groups[at + 1];
		const last = groups[at + size - 1];
		const next = String(Number(group.digits) + 1);
		if (size === 0 || !number || !last) return [];
		if (size === 2 && [next, next.slice(2)].includes(number.digits)) return [];
		return [finding('archive_case', group.start, last.end)];
	});
}
