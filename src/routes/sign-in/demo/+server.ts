import { error, redirect } from '@sveltejs/kit';
import { clearToken, setToken } from '#lib/server/auth/cookie.ts';
import { localPath } from '#lib/server/auth/path.ts';
import * as sessions from '#lib/server/auth/session.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as people from '#lib/server/municipality/people.ts';
import { env, isSecure } from '#lib/server/start/start.ts';
import { readForm } from '#lib/server/web/form-actions.ts';

export const fallback = () => error(404, 'not_found');

/** The demo's door: signs a made-up person in by the code. In production it does not exist. */
export async function POST({ request, cookies, locals }) {
	if (env().mode !== 'demo') error(404, 'not_found');
	const form = await readForm(request);
	const code = form?.get('person');
	const person = typeof code === 'string' ? people.findByCode(code) : null;
	if (!person) error(400, 'unknown_person');
	if (locals.session) {
		sessions.end(locals.session);
		rooms.signedOut(locals.session);
		clearToken(cookies, isSecure());
	}
	setToken(cookies, sessions.begin(person.id), isSecure());
	redirect(303, localPath(form?.get('to')));
}
