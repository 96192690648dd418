import { may } from '#lib/domain/may.ts';
import * as cases from '#lib/server/cases.ts';
import * as clock from '#lib/server/clock.ts';
import * as people from '#lib/server/people.ts';
import { env } from '#lib/server/start.ts';
import * as units from '#lib/server/units.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, depends }) => {
	const { actor, language } = locals;
	if (actor) depends(`person:${actor.id}`);
	const person = actor && people.find(actor.id);
	return {
		language,
		municipality: units.ours()?.name ?? '',
		demo: env().mode === 'demo',
		today: clock.today(),
		copies: env().copies,
		person: person && { id: person.id, name: person.name, title: person.title },
		sees: {
			rulings: actor !== null && actor.rules.length > 0,
			cases: actor !== null && cases.forumsOf(actor).length > 0,
			directory: actor !== null && may(actor, 'read', { kind: 'directory' }),
			operation: actor !== null && may(actor, 'read', { kind: 'operation' })
		}
	};
};
