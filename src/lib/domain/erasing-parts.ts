import { eraseFromWords, placesIn, shortestPassage, unite } from './erasing.ts';

/*
 * A text that was put together from parts, and the parts beside it. When a passage of the text is
 * to go, so is what it holds of each part: a passage may begin or end within a part, or hold it
 * whole with the words around it.
 */

/**
 * A part without the passages, wherever they stand in it, and without what they hold of it in one
 * of the `lines` that it was put into. What is taken out leaves an ellipsis.
 */
export function eraseFromPart(
	part: string,
	passages: readonly string[],
	lines: readonly string[]
): string {
	return part
		.split('\n')
		.map((words) => eraseFromWords(words, passages, heldIn(words, passages, lines)))
		.join('\n');
}

/** Where the words stand that a passage holds of them in one of the lines. */
function heldIn(
	words: string,
	passages: readonly string[],
	lines: readonly string[]
): [number, number][] {
	// A sentence gives its own full stop to what it quotes.
	const quoted = words.trim().replace(/\.+$/, '');
	if (quoted.length < shortestPassage) return [];
	const indent = words.indexOf(quoted);
	const found = lines.flatMap((line) => {
		const going = placesIn(line, passages);
		return occurrences(line, quoted).flatMap((at) =>
			going
				.map(([from, to]): [number, number] => [
					Math.max(from - at, 0) + indent,
					Math.min(to - at, quoted.length) + indent
				])
				.filter(([from, to]) => from < to)
		);
	});
	return unite(found);
}

function occurrences(line: string, words: string): number[] {
	const found: number[] = [];
	for (let at = line.indexOf(words); at >= 0; at = line.indexOf(words, at + 1)) found.push(at);
	return found;
}
