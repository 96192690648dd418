import { firstBlocked } from '#lib/domain/identifiers.ts';
import { identifierSentence } from '#lib/i18n/identifiers.ts';
import { isText } from './form.ts';
import type { RefusalView } from './refusal.ts';

/*
 * What a form looks for before it is sent. The rules weigh 6 kB: this file is fetched when somebody
 * begins to write in a form.
 */

/** The first thing that points to one person in what was written, as the server would refuse it. */
export function identifierIn(form: HTMLFormElement): RefusalView | null {
	for (const control of form.elements) {
		if (!isText(control)) continue;
		const found = firstBlocked(control.value);
		if (!found) continue;
		const place = { start: found.start, end: found.end, found: found.class };
		const text = identifierSentence(place);
		return { ...place, reason: 'identifier_in_text', field: control.name, text };
	}
	return null;
}

export function holdsIdentifier(text: string): boolean {
	return firstBlocked(text) !== null;
}
