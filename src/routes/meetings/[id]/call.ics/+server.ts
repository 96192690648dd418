import * as calendars from '#lib/server/notices/calendars.ts';
import { address } from '#lib/server/start/start.ts';
import { show, signedIn } from '#lib/server/web/form-actions.ts';

/** The call to a meeting as a file for one's calendar. */
export const GET = ({ locals, params }) =>
	show(() => {
		const call = calendars.call(signedIn(locals), params.id, address());
		return new Response(call, {
			headers: {
				'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
				'content-disposition': 'attachment; filename="samrad.ics"'
			}
		});
	});
