import { type Group, isDay, isMonth, isYear, type Window, windowAt } from './digits.ts';
import { finding, type Finding, precedes, standsFree } from './finding.ts';

const roles = new Set(['post', 'postmottak', 'firmapost']);
const localCharacter = /[\p{L}\p{M}\p{N}._%+'-]/u;
const domain = /^(?:[\p{L}\p{M}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/u;

/**
 * Starts at each @ and walks outwards: a pattern that begins with the name would be quadratic on
 * long words.
 */
export function findEmails(text: string): Finding[] {
	const found: Finding[] = [];
	for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
		let start = at;
		while (start > 0 && at - start < 64 && localCharacter.test(text.charAt(start - 1))) start--;
		while (start < at && /[.'-]/.test(text.charAt(start))) start++;
		const host = domain.exec(text.slice(at + 1, at + 256));
		if (start === at || !host) continue;
		const name = roles.has(text.slice(start, at).toLowerCase()) ? 'role_mailbox' : 'email';
		found.push(finding(name, start, at + 1 + host[0].length));
	}
	return found;
}

/**
 * Eight digits of the Norwegian plan that lead to a person: 20–39, 50–57, 60–79 fixed, 40–49 and
 * 90–99 mobile.
 */
const personal = /^(?:[2-4679]\d|5[0-7])\d{6}$/;
const service = /^8\d{7}$/;

const phoneWord =
	/(?<!\p{L})(?:tlf|tel|telefon(?:nummer|nr)?|mobil(?:nummer|nr|telefon)?|mob|sms|ring|phone)[.: ]{0,3}$/iu;
const otherWord =
	/(?<!\p{L})(?:(?:arkiv)?sak(?:s ?(?:nr|nummer))?|ref|hpr(?:-?nr)?|kr|nok)[.: ]{0,3}$/iu;
/** The letters of a case or dwelling code, `B-…`, and a sign. */
const codeBefore = /(?:(?<!\p{L})\p{Lu}{1,3}-|\+)$/u;
const amountAfter =
	/^(?: {0,2}(?:(?:kr|kroner|nok|mrd|tusen|euro?)(?!\p{L})|mill|[%€$]|m2)|,(?:-|\d{1,2}(?!\d)))/iu;

/**
 * Phone numbers by the plan of Nkom («Alle nummerserier», nkom.no), and any written with a
 * country before it.
 */
export function findPhones(text: string, groups: readonly Group[]): Finding[] {
	const pairs = pairStarts(groups);
	return groups.flatMap((group, at) => {
		if (group.taken) return [];
		return abroad(text, groups, at) ?? atHome(text, groups, at, pairs.has(at)) ?? [];
	});
}

function atHome(
	text: string,
	groups: readonly Group[],
	at: number,
	paired: boolean
): Finding | null {
	const window = windowAt(groups, at, 8);
	if (!window || !(personal.test(window.digits) || service.test(window.digits))) return null;
	const { digits, start, end } = window;
	if (!standsFree(text, start, end) || amountAfter.test(text.slice(end, end + 12))) return null;
	const announced = precedes(text, start, phoneWord);
	if (!announced && !looksLikePhone(groups, at, window, paired)) return null;
	if (precedes(text, start, codeBefore) || precedes(text, start, otherWord)) return null;
	if (window.layout === '8' && isDate(digits, announced)) return null;
	return finding(service.test(digits) ? 'service_phone' : 'phone', start, end);
}

/** `91234567`, `91 23 45 67` or `912 34 567`. `91 234 567` is how money is written. */
function looksLikePhone(
	groups: readonly Group[],
	at: number,
	window: Window,
	paired: boolean
): boolean {
	const [first, second, third, next] = groups.slice(at, at + 4);
	if (window.layout === '2+2+2+2') return paired;
	if (window.layout === '3+2+3') {
		return isPhoneGap(second?.gap) && second?.gap === third?.gap && !isTight(next);
	}
	const beside = (group: Group | undefined) => group?.digits.length !== 8;
	const before = groups[at - 1];
	return (
		window.layout === '8' &&
		!(isTight(first) && beside(before)) &&
		!(isTight(groups[at + 1]) && beside(groups[at + 1]))
	);
}

/**
 * Written against the group before with a dot, dash or slash, as the parts of one longer number
 * are.
 */
function isTight(group: Group | undefined): boolean {
	return group?.gap != null && /^[./-]$/.test(group.gap);
}

function isPhoneGap(gap: string | null | undefined): boolean {
	return gap === ' ' || gap === '.' || gap === '-';
}

/**
 * Where a phone number in four pairs begins. Rows of pairs that do not come out in fours are
 * figures, not numbers; pairs with unlike separators are clock times (`20.00–21.30`) or meeting
 * numbers.
 */
function pairStarts(groups: readonly Group[]): Set<number> {
	const starts = new Set<number>();
	for (let first = 0; first < groups.length;) {
		let end = first + 1;
		while (continuesPairs(groups, first, end)) end++;
		const size = end - first;
		const lead = size % 4 === 1 && groups[first]?.digits === '47' ? 1 : 0;
		if ((size - lead) % 4 === 0) {
			for (let at = first + lead; at < end; at += 4) starts.add(at);
		}
		first = end;
	}
	return starts;
}

function continuesPairs(groups: readonly Group[], first: number, at: number): boolean {
	const group = groups[at];
	if (!group || group.taken || group.digits.length !== 2) return false;
	if (groups[first]?.digits.length !== 2 || groups[first]?.taken) return false;
	return isPhoneGap(group.gap) && group.gap === groups[first + 1]?.gap;
}

/** Eight digits that are a date. After «tlf» only the order year, month, day counts as one. */
function isDate(digits: string, announced: boolean): boolean {
	const parts = (...cuts: [number, number][]) => cuts.map(([from, to]) => digits.slice(from, to));
	const [y = '', m = '', d = ''] = parts([0, 4], [4, 6], [6, 8]);
	if (isYear(y) && isMonth(m) && isDay(d)) return true;
	const [day = '', month = '', year = ''] = parts([0, 2], [2, 4], [4, 8]);
	return !announced && isYear(year) && isMonth(month) && isDay(day);
}

/**
 * A number with `+` or `00` and its country. Norwegian ones have eight digits more, others seven
 * to thirteen.
 */
function abroad(text: string, groups: readonly Group[], at: number): Finding | null {
	const group = groups[at];
	if (!group) return null;
	const plus = text.charAt(group.start - 1) === '+';
	if (!plus && !/^00[1-9](?:\d{0,2}|\d{9,14})$/.test(group.digits)) return null;
	const start = group.start - (plus ? 1 : 0);
	if (group.digits.startsWith(plus ? '47' : '0047')) {
		const window = norwegian(text, groups, at, plus ? 10 : 12);
		const national = window?.digits.slice(-8) ?? '';
		if (!window || amountAfter.test(text.slice(window.end, window.end + 12))) return null;
		if (service.test(national)) return finding('service_phone', start, window.end);
		return personal.test(national) ? finding('phone', start, window.end) : null;
	}
	return foreign(text, groups, at, start, plus ? 0 : 2);
}

/** With the closing bracket of `(+47) …` between, which parts the groups. */
function norwegian(
	text: string,
	groups: readonly Group[],
	at: number,
	total: number
): Window | null {
	const group = groups[at];
	const next = groups[at + 1];
	if (group && next && [')', ') '].includes(text.slice(group.end, next.start))) {
		const rest = windowAt(groups, at + 1, 8);
		return rest && group.digits.length === total - 8 ? rest : null;
	}
	return windowAt(groups, at, total);
}

function foreign(
	text: string,
	groups: readonly Group[],
	at: number,
	start: number,
	prefix: number
): Finding | null {
	let count = -prefix;
	let end = -1;
	let amount = true;
	for (let next = at; next < groups.length; next++) {
		const group = groups[next];
		if (!group || group.taken || (next > at && !/^[ .-]{1,2}$/.test(group.gap ?? ''))) break;
		if (count + group.digits.length > 15) break;
		if (next > at && group.digits.length !== 3) amount = false;
		count += group.digits.length;
		end = group.end;
	}
	if (end < 0 || count < 9 || (amount && /^[ .]/.test(text.slice(groups[at]?.end ?? 0))))
		return null;
	return amountAfter.test(text.slice(end, end + 12)) ? null : finding('phone', start, end);
}
