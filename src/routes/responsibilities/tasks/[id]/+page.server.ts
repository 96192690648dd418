import * as v from 'valibot';
import { date, id, line } from '#lib/domain/field-shapes.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as actionItems from '#lib/server/action/actions.ts';
import * as caseLists from '#lib/server/case/lists.ts';
import * as matrices from '#lib/server/matrix/matrices.ts';
import * as tasks from '#lib/server/matrix/tasks.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { formAction, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

const twoWeeks = 14 * 24 * 60 * 60 * 1000;

export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		const found = matrices.readTask(actor, params.id);
		depends(topicOf('person', actor.id));
		for (const forum of Object.keys(actor.roles)) depends(topicOf('forum', forum));
		const meetings = tasks.openings(actor);
		return {
			...found,
			actions: actionItems.ofTask(actor, params.id),
			meetings: meetings.map(({ id, forumName, number, date }) => ({
				id,
				forumName,
				number,
				date
			})),
			cases:
				meetings.length > 0
					? caseLists.underWay(actor, locals.language).map(({ id, code, facts, status }) => ({
							id,
							code,
							hint: `${status.label} · ${facts[0]}, ${facts[2]}`
						}))
					: [],
			due: new Date(Date.parse(clock.today()) + twoWeeks).toISOString().slice(0, 10),
			topics: Object.keys(actor.roles).map((forum) => topicOf('forum', forum))
		};
	});

const startForm = v.object({ meeting: id, case: id, party: id, what: line, due: date });

export const actions = {
	start: formAction(startForm, (actor, input, params) => ({
		created: tasks.start(actor, params.id!, input)
	}))
} satisfies Actions;
