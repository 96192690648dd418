/*
 * Whether this browser keeps copies of what is written about cases: only where the person has
 * switched it on, in this browser, until they sign out (which empties the browser's storage).
 */

const place = (person: string) => `samrad.cases.${person}`;

let changes = $state(0);

/** Reactive. */
export function keepsCases(person: string | undefined): boolean {
	void changes;
	try {
		return person !== undefined && globalThis.localStorage?.getItem(place(person)) === 'on';
	} catch {
		return false;
	}
}

/** Switches it; off removes what has been kept so far. */
export async function keepCases(person: string, keep: boolean): Promise<void> {
	if (keep) localStorage.setItem(place(person), 'on');
	else localStorage.removeItem(place(person));
	changes++;
	if (keep) return;
	const { drafts } = await import('#lib/live/unsaved/drafts.ts');
	drafts().dropCases(person);
	const copies = await import('./copies.ts');
	for (const copy of await copies.all()) {
		if (copy.person === person && copy.document.kind === 'item') void copies.remove(copy);
	}
}
