import type { completesIdentifier } from '#lib/domain/identifiers.ts';

/*
 * What judges each edit that is made here of a live text. Its rules weigh 6 kB, and only who writes needs them: they are fetched when
 * there is a text to be written in, and until they are here nothing can be written.
 */
export type Judge = typeof completesIdentifier;

/** Milliseconds until they are asked for again. */
const patience = 3_000;

let judge: Judge | null = $state.raw(null);
let coming: Promise<Judge> | null = null;

/** Null until it has been called and is here. */
export function presentJudge(): Judge | null {
	return judge;
}

/** Never fails: without a net it goes on asking. */
export function callJudge(): Promise<Judge> {
	coming ??= fetchJudge();
	return coming;
}

async function fetchJudge(): Promise<Judge> {
	for (;;) {
		try {
			const { completesIdentifier } = await import('#lib/domain/identifiers.ts');
			judge = completesIdentifier;
			return completesIdentifier;
		} catch {
			await new Promise((resolve) => setTimeout(resolve, patience));
		}
	}
}
