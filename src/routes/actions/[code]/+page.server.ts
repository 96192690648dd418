import { topicOf } from '#lib/domain/topic.ts';
import * as handovers from '#lib/server/action/handovers.ts';
import * as register from '#lib/server/action/register.ts';
import * as followUp from '#lib/server/ruling/follow-up.ts';
import { actionForms } from '#lib/server/web/action-forms.ts';
import { show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		const action = register.read(actor, params.code);
		const topics = [topicOf('person', actor.id), topicOf('forum', action.forum)];
		depends(...topics);
		const targets = action.mayComplete ? handovers.targets(actor) : { people: [], units: [] };
		return { action, ruling: followUp.rulingBehind(actor, action.id), topics, ...targets };
	});

export const actions = actionForms satisfies Actions;
