import { topicOf } from '#lib/domain/topic.ts';
import * as actionItems from '#lib/server/action/actions.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as startPage from '#lib/server/start-page/start-page.ts';
import { setDone } from '#lib/server/web/action-forms.ts';
import { signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, depends }) => {
	const actor = signedIn(locals);
	depends(topicOf('person', actor.id));
	const belongsTo = (forum: string) => actor.roles[forum] !== undefined;
	return {
		meetings: meetings
			.coming(actor, 20)
			.filter((meeting) => belongsTo(meeting.forumId))
			.slice(0, 3)
			.map((meeting) => ({
				...meeting,
				items: agendas.countItems(meeting.id),
				present: rooms
					.presentIn({ kind: 'agenda', id: meeting.id })
					.filter((person) => person !== actor.id).length
			})),
		forums: forums
			.visibleTo(actor)
			.filter((forum) => belongsTo(forum.id))
			.map(({ id, code, name }) => ({ code, name, role: actor.roles[id]! })),
		waiting: startPage.waiting(actor),
		news: startPage.news(actor),
		actions: actionItems.list(actor, 'mine', 'open')
	};
};

export const actions = { done: setDone } satisfies Actions;
