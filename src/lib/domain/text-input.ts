import { refuseIdentifiers } from './identifiers.ts';
import { Refusal } from './refusal.ts';

/* Texts that come in by a form. */

/** A text without identifiers, within its limit. Refuses identifier_in_text, text_too_long. */
export function readText(text: string, field: string, limit: number): string {
	const read = refuseIdentifiers(text.trim(), field);
	if (read.length > limit) throw new Refusal('text_too_long', { field });
	return read;
}

/** As `readText`, for what must not be empty. Refuses missing_text besides. */
export function requireText(text: string, field: string, limit: number): string {
	const read = readText(text, field, limit);
	if (read === '') throw new Refusal('missing_text', { field });
	return read;
}
