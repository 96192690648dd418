import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit';
import { defineCustomServerStrategy } from '#lib/i18n/paraglide/runtime.js';
import { paraglideMiddleware } from '#lib/i18n/paraglide/server.js';
import { cookieName } from '#lib/server/auth/cookie.ts';
import { isOurs, isSafe } from '#lib/server/auth/origin.ts';
import * as sessions from '#lib/server/auth/session.ts';
import { languageCookie, readLanguage } from '#lib/server/municipality/language.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as log from '#lib/server/platform/log.ts';
import { env, isSecure, start } from '#lib/server/start/start.ts';

export const init: ServerInit = start;

/** The language of each request, for the messages: it is the person's, not the address's. */
const languages = new WeakMap<Request, string>();
defineCustomServerStrategy('custom-person', {
	getLocale: (request) => request && languages.get(request)
});

/** Addresses that need no session. */
const open = new Set(['/sign-in', '/healthz', '/language', '/metrics', '/offline', '/session']);

/** In production the demo's door is like any address that does not exist. */
function isOpen(path: string): boolean {
	if (open.has(path) || holdsSecret(path)) return true;
	return path === '/sign-in/demo' && env().mode === 'demo';
}

/** Addresses that are a secret themselves: a calendar's, and that of a mail's «no more of this». */
function holdsSecret(path: string): boolean {
	return path.startsWith('/feeds/') || path.startsWith('/unsubscribe/');
}

const headers: Record<string, string> = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=()',
	'cache-control': 'private, no-store'
};

/** To a form that a script has sent: it stays where it is, with what was written in it. */
function sessionOver(): Response {
	const body = { type: 'error', error: { message: 'not_signed_in' } };
	return Response.json(body, { status: 401, headers });
}

export const handle: Handle = async ({ event, resolve }) => {
	const { request, url, cookies, locals } = event;
	const foreign = () => !isOurs(request.headers, env().origin ?? url.origin);
	// Mail programs answer without a page of ours, and without a session (RFC 8058).
	if (!isSafe(request.method) && !holdsSecret(url.pathname) && foreign())
		return new Response('Cross-site request refused', { status: 403, headers });
	const session = sessions.find(cookies.get(cookieName(isSecure())));
	locals.session = session?.id ?? null;
	locals.actor = session && people.actor(session.person);
	locals.language = readLanguage(
		(session && people.find(session.person)?.language) ?? cookies.get(languageCookie),
		units.ours()?.language
	);
	if (!locals.actor && !isOpen(url.pathname)) {
		if (request.headers.get('x-sveltekit-action') === 'true') return sessionOver();
		const to = isSafe(request.method) ? `?to=${encodeURIComponent(url.pathname + url.search)}` : '';
		return new Response(null, { status: 303, headers: { ...headers, location: `/sign-in${to}` } });
	}
	languages.set(request, locals.language);
	const response = await paraglideMiddleware(request, () =>
		resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', locals.language)
		})
	);
	for (const [name, value] of Object.entries(headers))
		if (!response.headers.has(name)) response.headers.set(name, value);
	return response;
};

export const handleError: HandleServerError = ({ error, event, status }) => {
	if (status === 404) return { message: 'not_found' };
	// What somebody sent amiss is theirs to mend, and no fault of ours.
	if (status < 500) return { message: 'bad_input' };
	const reference = crypto.randomUUID().slice(0, 8);
	log.fault('request', error, { route: event.route.id, status, reference });
	return { message: 'fault', reference };
};
