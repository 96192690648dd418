import type { completesIdentifier } from '#lib/domain/identifiers.ts';

/*
 * What judges each edit that is made here of a live text. Its rules weigh 6 kB, and only who
 * writes needs them: they are fetched when there is a text to be written in, and until they are
 * here nothing can be written.
 */
export type IdentifierCheck = typeof completesIdentifier;

/** Milliseconds until they are asked for again. */
const patience = 3_000;

let identifierCheck: IdentifierCheck | null = $state.raw(null);
let coming: Promise<IdentifierCheck> | null = null;

/** Null until it has been called and is here. */
export function presentIdentifierCheck(): IdentifierCheck | null {
	return identifierCheck;
}

/** Never fails: without a net it goes on asking. */
export function loadIdentifierCheck(): Promise<IdentifierCheck> {
	coming ??= fetchIdentifierCheck();
	return coming;
}

async function fetchIdentifierCheck(): Promise<IdentifierCheck> {
	for (;;) {
		try {
			const { completesIdentifier } = await import('#lib/domain/identifiers.ts');
			identifierCheck = completesIdentifier;
			return completesIdentifier;
		} catch {
			await new Promise((resolve) => setTimeout(resolve, patience));
		}
	}
}
