import { topicOf } from '#lib/domain/topic.ts';
import * as decisions from '#lib/server/decision/decisions.ts';
import { setDone } from '#lib/server/web/action-forms.ts';
import { show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		const decision = decisions.read(actor, params.code);
		const topics = [topicOf('person', actor.id), topicOf('forum', decision.forum.id)];
		depends(...topics);
		return { decision, topics };
	});

export const actions = { done: setDone } satisfies Actions;
