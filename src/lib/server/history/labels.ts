import type { Language } from '#lib/domain/language.ts';
import type { Actor } from '#lib/domain/may.ts';
import * as cases from '#lib/server/case/cases.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as units from '#lib/server/municipality/units.ts';

/**
 * What references in a text are called, by `kind:id`: those that this person may see. The others
 * are not named.
 */
export function of(actor: Actor, language: Language): Record<string, string> {
	return Object.fromEntries([
		...people.directory(actor).map(({ id, name }) => [`person:${id}`, name]),
		...units.directory(actor).map(({ id, name }) => [`unit:${id}`, name]),
		...cases.visibleTo(actor, language).map(({ id, code }) => [`case:${id}`, code])
	]);
}

/** Of these references, the names. */
export function among(
	ids: Iterable<string>,
	known: Record<string, string>
): Record<string, string> {
	return Object.fromEntries(
		[...new Set(ids)].flatMap((id) => (known[id] === undefined ? [] : [[id, known[id]]]))
	);
}
