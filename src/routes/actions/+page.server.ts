import { topicOf } from '#lib/domain/topic.ts';
import * as register from '#lib/server/action/register.ts';
import { actionQuery } from '#lib/server/register/queries.ts';
import { setDone, setStatus } from '#lib/server/web/action-forms.ts';
import { signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url, depends }) => {
	const actor = signedIn(locals);
	const topics = [
		topicOf('person', actor.id),
		...Object.keys(actor.roles).map((forum) => topicOf('forum', forum))
	];
	depends(...topics);
	const asked = actionQuery(url.searchParams);
	return {
		asked,
		register: register.browse(actor, asked),
		pageSize: register.pageSize,
		offered: register.offered(actor),
		topics
	};
};

export const actions = { done: setDone, status: setStatus } satisfies Actions;
