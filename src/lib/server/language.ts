import type { Language } from './choices.ts';

export const languages: readonly Language[] = ['nn', 'nb', 'en'];

/** What somebody who has not signed in chose. */
export const languageCookie = 'samrad-language';

/** The first of the wishes that is a language of ours; nynorsk when none is. */
export function readLanguage(...wishes: (string | null | undefined)[]): Language {
	return (wishes.find((wish) => isLanguage(wish)) as Language | undefined) ?? 'nn';
}

export function isLanguage(text: unknown): text is Language {
	return languages.includes(text as Language);
}
