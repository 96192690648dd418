import { everyMatch, type Finding } from './finding.ts';

const month =
	'(?:jan|feb|febr|mar|apr|jun|jul|aug|sep|sept|okt|oct|nov|des|dec)\\.?|januar|january|februar|february|mars|march|april|mai|may|juni|june|juli|july|august|september|oktober|october|november|desember|december';

const gap = '[.\\s/-]{1,2}';
const fullDate = [
	`\\d{1,2}${gap}\\d{1,2}${gap}\\d{2}(?:\\d{2})?`,
	`\\d{4}${gap}\\d{1,2}${gap}\\d{1,2}`,
	'\\d{8}',
	'\\d{6}',
	`\\d{1,2}\\.?\\s?(?:${month})(?:\\s\\d{4})?`,
	`(?:${month})\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s\\d{4}`
].join('|');
const year = `(?:(?:${month})\\s)?(?:18[89]|19\\d|20[0-4])\\d`;

const lead = '[\\s:.,-]{0,4}(?:(?:den|dato|år|året|i|on|in|the)[\\s:]{1,2}){0,2}';
const one =
	'(?<!\\.)f\\.|født|fødd|fdato|f\\.?\\s?dato|fødselsdato|fødselsår|fødselsdag|born|dob|d\\.o\\.b\\.|date of birth|year of birth';
const many = 'fødde|fødte';
const after = '(?![\\p{L}\\d]|[./-]\\d|-\\p{L})';

/**
 * A birth word and a date or a year. Of several («fødde 2024») only a full date, since a year
 * alone is how statistics are written. `f.` must stand free: «jf. 2026» and «m.f. 2026» are
 * something else.
 */
const birth = new RegExp(
	`(?<![\\p{L}\\d])(?:(?:${one})${lead}(?:${fullDate}|${year})|(?:${many})${lead}(?:${fullDate}))${after}`,
	'giu'
);

export function findBirthDates(text: string): Finding[] {
	return everyMatch(text, birth, 'birth_date');
}
