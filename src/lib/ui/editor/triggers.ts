/** What one types to be offered something: people and units, cases, or what the editor can do. */
export type Trigger = '@' | 'S-' | '/';

export interface Match {
	trigger: Trigger;
	/** What has been typed after `@` or `/`; for a case the whole of it, `S-` too. */
	query: string;
	/** Where the trigger begins, counted back from the caret. */
	length: number;
}

/**
 * Names have up to three words. Behind a letter none of these is a trigger: `og/eller`,
 * `post@ks.no`.
 */
const patterns: [Trigger, RegExp][] = [
	['@', /(?:^|[\s(«])@([\p{L}\p{M}\d.'-]*(?: [\p{L}\p{M}\d.'-]+){0,2})$/u],
	['S-', /(?:^|[\s(«])(s-[a-z\d]{0,4})$/i],
	['/', /(?:^|\s)\/([\p{L}\p{M}]*)$/u]
];

/** Finds the trigger that the text before the caret ends in. */
export function findMatch(before: string): Match | null {
	for (const [trigger, pattern] of patterns) {
		const query = pattern.exec(before)?.[1];
		if (query === undefined) continue;
		return { trigger, query, length: query.length + (trigger === 'S-' ? 0 : 1) };
	}
	return null;
}

/**
 * The first few whose label, or a word of it or of the hint, begins as the query does; the
 * closest first.
 */
export function matching<T extends { label: string; hint?: string }>(
	all: T[],
	query: string,
	most = 8
): T[] {
	const sought = fold(query.trim());
	const near = (text: string | undefined) => {
		const folded = fold(text ?? '');
		if (folded.startsWith(sought)) return 0;
		return folded.includes(` ${sought}`) ? 1 : Infinity;
	};
	return all
		.map((one) => ({ one, distance: Math.min(near(one.label), near(one.hint) + 2) }))
		.filter(({ distance }) => distance < Infinity)
		.sort((a, b) => a.distance - b.distance)
		.slice(0, most)
		.map(({ one }) => one);
}

function fold(text: string): string {
	return text.toLocaleLowerCase('nb').normalize('NFC');
}
