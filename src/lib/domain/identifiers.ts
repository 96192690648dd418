import { findEmails, findPhones } from './identifiers/contact.ts';
import { findBirthDates } from './identifiers/dates.ts';
import { digitGroups } from './identifiers/digits.ts';
import { type Finding, identifierClasses, type Severity } from './identifiers/finding.ts';
import { findNationalIds } from './identifiers/national-id.ts';
import { asSeen, normalise } from './identifiers/normalise.ts';
import { findNumbers } from './identifiers/numbers.ts';
import { findPlaces } from './identifiers/places.ts';
import { Refusal } from './refusal.ts';

/**
 * What must not be written where others can read it: numbers, addresses and dates that lead to
 * one person. A safety net, not anonymisation: a text without findings can still tell who it is
 * about. Names are not looked for.
 */
export { identifierClasses, severities } from './identifiers/finding.ts';
export type { Finding, IdentifierClass, Severity } from './identifiers/finding.ts';

const strength: Record<Severity, number> = { block: 2, warn: 1, info: 0 };

/**
 * All findings in a text, sorted by start; of those that overlap the strongest is kept, then the
 * longest.
 */
export function findIdentifiers(text: string): Finding[] {
	const seen = asSeen(text);
	const found = scan(text);
	for (const { start, end, ...rest } of seen ? scan(seen.text) : []) {
		found.push({ ...rest, start: seen?.starts[start] ?? 0, end: seen?.ends[end - 1] ?? 0 });
	}
	return withoutOverlaps(found, text.length);
}

/** First block-class finding or null. */
export function firstBlocked(text: string): Finding | null {
	return findIdentifiers(text).find(({ severity }) => severity === 'block') ?? null;
}

/**
 * Refuses `identifier_in_text`, with place and class but never the text, if it holds a block
 * class. Else the text.
 */
export function refuseIdentifiers(text: string, field: string): string {
	const found = firstBlocked(text);
	if (!found) return text;
	const { start, end } = found;
	throw new Refusal('identifier_in_text', { field, start, end, found: found.class });
}

/**
 * Whether an edit completes what points to one person: the lines that it touches, as they are and
 * as they would be. What stands there already is not held against whoever writes on. An edit that
 * only takes away may change such a thing (that is how one gets rid of it), but not make one by
 * joining two halves.
 */
export function completesIdentifier(
	before: readonly string[],
	now: readonly string[],
	onlyTakesAway = false
): boolean {
	const found = blockedIn(now, onlyTakesAway);
	if (found.size === 0) return false;
	const stood = blockedIn(before, onlyTakesAway);
	return [...found].some(([key, count]) => count > (stood.get(key) ?? 0));
}

/** How many times each stands in these lines; or, whatever it says, each class. */
function blockedIn(lines: readonly string[], byClass: boolean): Map<string, number> {
	const counts = new Map<string, number>();
	for (const line of lines)
		for (const found of findIdentifiers(line)) {
			if (found.severity !== 'block') continue;
			const key = byClass ? found.class : `${found.class} ${line.slice(found.start, found.end)}`;
			counts.set(key, (counts.get(key) ?? 0) + 1);
		}
	return counts;
}

function scan(text: string): Finding[] {
	const plain = normalise(text);
	const groups = digitGroups(plain);
	return [
		...findNationalIds(groups),
		...findNumbers(plain, groups),
		...findEmails(plain),
		...findPhones(plain, groups),
		...findBirthDates(plain),
		...findPlaces(plain)
	];
}

function withoutOverlaps(found: Finding[], length: number): Finding[] {
	const covered = new Uint8Array(length);
	return found
		.sort(byStrength)
		.filter(({ start, end }) => {
			if (covered.subarray(start, end).includes(1)) return false;
			covered.fill(1, start, end);
			return true;
		})
		.sort((one, other) => one.start - other.start);
}

function byStrength(one: Finding, other: Finding): number {
	return (
		strength[other.severity] - strength[one.severity] ||
		other.end - other.start - (one.end - one.start) ||
		identifierClasses.indexOf(one.class) - identifierClasses.indexOf(other.class) ||
		one.start - other.start
	);
}
