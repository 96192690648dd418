/**
 * The zeros of the scripts whose digits are read as ours: Arabic-Indic, its eastern form,
 * Devanagari, Bengali.
 */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6];

const dash = /[\p{Pd}\u2043\u2212]/u;
const slash = /[\u2044\u2215]/;
const dot = /[\u00b7\u2024]/;
const unseen = /[\p{Zs}\p{Cf}\ufe00-\ufe0f\u20e3]/u;

/**
 * The text with its digits, spaces, dashes, slashes and dots in ASCII, so that one pattern reads
 * them all. Length-preserving: an offset in the answer is an offset in the text. What cannot be
 * seen becomes a space.
 */
export function normalise(text: string): string {
	return text.replace(/[\u0080-\u{10ffff}]/gu, plain);
}

function plain(character: string): string {
	const code = character.codePointAt(0) ?? 0;
	if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
	const zero = zeros.find((first) => code >= first && code <= first + 9);
	if (zero !== undefined) return String(code - zero);
	if (dash.test(character)) return '-';
	if (slash.test(character)) return '/';
	if (dot.test(character)) return '.';
	return unseen.test(character) ? ' '.repeat(character.length) : character;
}

/**
 * What a reader sees, with the way back: character i of `text` came from [starts[i], ends[i]) of
 * the original.
 */
export interface Seen {
	text: string;
	starts: number[];
	ends: number[];
}

const differs = /[\p{Cf}\p{M}\u{1d7ce}-\u{1d7ff}]/u;
const dropped = /[\p{Cf}\ufe00-\ufe0f\u20e3]/gu;

/**
 * The text as it looks: invisible characters gone, accents joined to their letters, mathematical
 * digits plain. A soft hyphen inside a street name would otherwise hide it. Null when the text
 * already is what it looks like.
 */
export function asSeen(text: string): Seen | null {
	if (!differs.test(text)) return null;
	const seen: Seen = { text: '', starts: [], ends: [] };
	const parts: string[] = [];
	for (const cluster of text.matchAll(/.\p{M}*/gsu)) {
		const part = cluster[0].replace(dropped, '');
		const joined = part.normalize(/^\p{Nd}/u.test(part) ? 'NFKC' : 'NFC');
		parts.push(joined);
		for (let unit = 0; unit < joined.length; unit++) {
			seen.starts.push(cluster.index);
			seen.ends.push(cluster.index + cluster[0].length);
		}
	}
	seen.text = parts.join('');
	return seen;
}
