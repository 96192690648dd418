import { error, redirect } from '@sveltejs/kit';
import { localPath } from '#lib/server/auth/path.ts';
import { isLanguage, languageCookie } from '#lib/server/municipality/language.ts';
import * as people from '#lib/server/municipality/people.ts';
import { isSecure } from '#lib/server/start/start.ts';
import { readForm } from '#lib/server/web/form-actions.ts';

/** Chooses the language: of the person who is signed in, else of this browser. */
export async function POST({ request, locals, cookies }) {
	const form = await readForm(request);
	const language = form?.get('language');
	if (!isLanguage(language)) error(400, 'bad_input');
	if (locals.actor) people.chooseLanguage(locals.actor.id, language);
	else
		cookies.set(languageCookie, language, {
			path: '/',
			sameSite: 'lax',
			httpOnly: true,
			secure: isSecure()
		});
	redirect(303, localPath(form?.get('to')));
}
