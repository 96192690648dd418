import { AsyncLocalStorage } from 'node:async_hooks';
import { type Language, languages } from '#lib/domain/language.ts';
import {
	getServerAsyncLocalStorage,
	overwriteServerAsyncLocalStorage
} from '#lib/i18n/paraglide/runtime.js';

/** What somebody who has not signed in chose. */
export const languageCookie = 'samrad-language';

/** The first of the wishes that is a language of ours; nynorsk when none is. */
export function readLanguage(...wishes: (string | null | undefined)[]): Language {
	return (wishes.find((wish) => isLanguage(wish)) as Language | undefined) ?? 'nn';
}

export function isLanguage(text: unknown): text is Language {
	return languages.includes(text as Language);
}

/**
 * Does something in a language that no request has chosen: messages and dates within are in it,
 * and nobody else's are.
 */
export function speak<Result>(language: Language, work: () => Result): Result {
	const store = getServerAsyncLocalStorage() ?? new AsyncLocalStorage();
	overwriteServerAsyncLocalStorage(store);
	return store.run({ locale: language, messageCalls: new Set() }, work) as Result;
}
