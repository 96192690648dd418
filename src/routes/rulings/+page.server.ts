import { error } from '@sveltejs/kit';
import { rulingQuery } from '#lib/server/register/queries.ts';
import * as register from '#lib/server/register/ruling-register.ts';
import { signedIn } from '#lib/server/web/form-actions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url, depends }) => {
	const asker = signedIn(locals);
	if (!register.mayBrowse(asker)) error(404, 'not_found');
	const topics = [
		`person:${asker.id}`,
		...Object.keys(asker.roles).map((forum) => `forum:${forum}`)
	];
	depends(...topics);
	const asked = rulingQuery(url.searchParams, register.usual(asker));
	return {
		asked,
		rules: asker.rules.length > 0,
		register: register.browse(asker, asked, locals.language),
		pageSize: register.pageSize,
		topics
	};
};
