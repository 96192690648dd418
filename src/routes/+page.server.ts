import * as actionItems from '#lib/server/action/actions.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as desks from '#lib/server/start-page/start-page.ts';
import { setDone } from '#lib/server/web/action-forms.ts';
import { signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, depends }) => {
	const asker = signedIn(locals);
	depends(`person:${asker.id}`);
	const belongsTo = (forum: string) => asker.roles[forum] !== undefined;
	return {
		meetings: meetings
			.coming(asker, 20)
			.filter((meeting) => belongsTo(meeting.forumId))
			.slice(0, 3)
			.map((meeting) => ({
				...meeting,
				items: agendas.countItems(meeting.id),
				present: rooms
					.presentIn({ kind: 'agenda', id: meeting.id })
					.filter((person) => person !== asker.id).length
			})),
		forums: forums
			.visibleTo(asker)
			.filter((forum) => belongsTo(forum.id))
			.map(({ id, code, name }) => ({ code, name, role: asker.roles[id]! })),
		waiting: desks.waiting(asker),
		news: desks.news(asker),
		actions: actionItems.list(asker, 'mine', 'open')
	};
};

export const actions = { done: setDone } satisfies Actions;
