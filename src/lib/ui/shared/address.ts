/** The query of an address with these parts set otherwise; an empty one is left out. */
export function addressWith(query: URLSearchParams, change: Record<string, string>): string {
	const next = new URLSearchParams(query);
	for (const [name, value] of Object.entries(change))
		if (value === '') next.delete(name);
		else next.set(name, value);
	return `?${next}`;
}
