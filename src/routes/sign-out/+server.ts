import { clearToken } from '#lib/server/auth/cookie.ts';
import * as sessions from '#lib/server/auth/session.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import { isSecure } from '#lib/server/start/start.ts';

/**
 * Milliseconds that the answer has before the sockets are cut. A page that is cut goes to sign in
 * at once, and lets go of the answer that has not come yet: the browser would keep what it is
 * told here to forget.
 */
const headStart = 300;

/**
 * Ends the session, and with it every socket that was opened under it, and has the browser forget
 * its copies.
 */
export function POST({ locals, cookies }) {
	const { session } = locals;
	if (session) {
		sessions.end(session);
		setTimeout(() => rooms.signedOut(session), headStart).unref();
	}
	clearToken(cookies, isSecure());
	return new Response(null, {
		status: 303,
		headers: { location: '/sign-in', 'clear-site-data': '"storage"' }
	});
}
