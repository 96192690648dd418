/** Sentences of a municipality, by key: `{name}` stands where a value goes. */
export type Sentences = Readonly<Record<string, string>>;

/** A sentence with its values; empty when the municipality has none by that key. */
export function fill(
	sentences: Sentences,
	key: string,
	values: Readonly<Record<string, string>> = {}
): string {
	return (sentences[key] ?? '').replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** «a, b og c» */
export function listed(all: readonly string[], sentences: Sentences): string {
	if (all.length < 2) return all.join('');
	return `${all.slice(0, -1).join(', ')} ${sentences.and ?? ''} ${all.at(-1)}`;
}
