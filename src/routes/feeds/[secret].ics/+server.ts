import { error } from '@sveltejs/kit';
import { readLanguage } from '#lib/server/municipality/language.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as calendars from '#lib/server/notices/calendars.ts';
import * as feeds from '#lib/server/notices/feeds.ts';
import { address } from '#lib/server/start/start.ts';

/**
 * Somebody's own calendar, for a program that knows its address and has no session. What they may
 * see is judged each time.
 */
export const GET = ({ params }) => {
	const owner = feeds.ownerOf(params.secret);
	const actor = owner === null ? null : people.actor(owner);
	if (owner === null || actor === null) error(404, 'not_found');
	const language = readLanguage(people.find(owner)?.language, units.ours()?.language);
	return new Response(calendars.own(actor, language, address()), {
		headers: {
			'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
			'cache-control': 'private, no-cache'
		}
	});
};
