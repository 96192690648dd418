import { error } from '@sveltejs/kit';
import { topicOf } from '#lib/domain/topic.ts';
import * as register from '#lib/server/register/decision-register.ts';
import { decisionQuery } from '#lib/server/register/queries.ts';
import * as rulings from '#lib/server/register/ruling-register.ts';
import { signedIn } from '#lib/server/web/form-actions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url, depends }) => {
	const actor = signedIn(locals);
	if (!register.mayBrowse(actor)) error(404, 'not_found');
	const topics = [
		topicOf('person', actor.id),
		...Object.keys(actor.roles).map((forum) => topicOf('forum', forum))
	];
	depends(...topics);
	const asked = decisionQuery(url.searchParams);
	return {
		asked,
		register: register.browse(actor, asked, locals.language),
		pageSize: register.pageSize,
		rulings: rulings.mayBrowse(actor),
		topics
	};
};
