import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../src/lib/domain/language.ts';
import type { m } from '../src/lib/i18n/paraglide/messages.js';

const folder = join(import.meta.dirname, '../src/lib/i18n/messages');

type Texts = Record<keyof typeof m, string>;

/** Every text of a language by its key, as it stands in the message files. */
export function messagesIn(language: Language): Texts {
	return Object.assign(
		{},
		...readdirSync(folder)
			.filter((file) => file.endsWith(`.${language}.json`))
			.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as object)
	) as Texts;
}
