import { createHash } from 'node:crypto';

/* How one row of the audit trail holds on to the one before it. */

export interface Entry {
	seq: number;
	/** Milliseconds since 1970. */
	at: number;
	person: string | null;
	verb: string;
	/** `kind:id` */
	subject: string;
	content: string;
}

export interface SealedEntry extends Entry {
	hash: string;
}

/** What the first row holds on to. */
export const origin = '';

/** SHA-256, hexadecimal, of a row and of the hash before it. */
export function hashOf(entry: Entry, previous: string): string {
	const { seq, at, person, verb, subject, content } = entry;
	return createHash('sha256')
		.update(JSON.stringify([previous, seq, at, person, verb, subject, content]))
		.digest('hex');
}
