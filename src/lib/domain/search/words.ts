/** A word of a text: where it stands, and how it is compared. */
export interface Word {
	start: number;
	end: number;
	folded: string;
}

/** Longer texts are searched so far and no further. Characters. */
export const searchedLength = 100_000;

/** What the index takes for words too: letters and digits, with the marks on them. */
export function wordsOf(text: string): Word[] {
	const words: Word[] = [];
	for (const { 0: word, index } of text.slice(0, searchedLength).matchAll(/[\p{L}\p{N}\p{M}]+/gu))
		words.push({ start: index, end: index + word.length, folded: fold(word) });
	return words;
}

/** Without capitals and accents: «Idé» is «ide». But æ, ø and å are letters of their own. */
export function fold(word: string): string {
	const lower = word.normalize('NFC').toLowerCase();
	if (/^[\x00-\x7fæøå]*$/.test(lower)) return lower;
	return [...lower].map((letter) => (letter === 'å' ? letter : bare(letter))).join('');
}

function bare(letter: string): string {
	return letter.normalize('NFD').replace(/\p{M}/gu, '');
}
