import { may } from '#lib/domain/may.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { env } from '#lib/server/start/start.ts';
import { accountName, placesOf } from '#lib/server/web/navigation.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals, depends, route }) => {
	const { language } = locals;
	// This page is kept in the browser for the time without a net: it holds nothing of anybody.
	const actor = route.id === '/offline' ? null : locals.actor;
	if (actor) depends(topicOf('person', actor.id));
	const person = actor && people.find(actor.id);
	return {
		language,
		municipality: units.ours()?.name ?? '',
		demo: env().mode === 'demo',
		today: clock.today(),
		copies: env().copies,
		person: person && { id: person.id, name: person.name, title: person.title },
		account: accountName(),
		places: actor ? placesOf(actor) : [],
		sees: { directory: actor !== null && may(actor, 'read', { kind: 'directory' }) }
	};
};
