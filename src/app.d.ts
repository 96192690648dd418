import type { Actor } from '#lib/domain/may.ts';

declare global {
	namespace App {
		interface Locals {
			/** Who asks; null when nobody is signed in. */
			actor: Actor | null;
			session: string | null;
			language: import('#lib/domain/language.ts').Language;
		}
		interface Error {
			message: string;
			/** A number to quote when asking for help; stands in the log too. */
			reference?: string;
		}
	}
}

export {};
