import { clearToken } from '#lib/server/auth/cookie.ts';
import * as sessions from '#lib/server/auth/session.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import { isSecure } from '#lib/server/start.ts';

/** Ends the session, and with it every socket that was opened under it, and has the browser forget its copies. */
export function POST({ locals, cookies }) {
	if (locals.session) {
		sessions.end(locals.session);
		rooms.signedOut(locals.session);
	}
	clearToken(cookies, isSecure());
	return new Response(null, {
		status: 303,
		headers: { location: '/sign-in', 'clear-site-data': '"storage"' }
	});
}
