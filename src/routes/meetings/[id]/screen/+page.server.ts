import { readAgenda } from '#lib/domain/agenda.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import { show, signedIn } from '#lib/server/web/form-actions.ts';
import type { PageServerLoad } from './$types';

/** For the wall: never more of a case than its number, whoever has put it there. */
export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		const meeting = meetings.read(actor, params.id);
		depends(topicOf('meeting', meeting.id));
		depends(topicOf('agenda', meeting.id));
		const { numbers, cases } = agendas.headings(actor, meeting, locals.language);
		const caseNumbers = Object.entries(cases).map(([id, item]) => [id, item.number ?? '']);
		return {
			meeting,
			items: rooms.read({ kind: 'agenda', id: meeting.id }, readAgenda),
			numbers: { ...numbers, ...Object.fromEntries(caseNumbers) } as Record<string, string>
		};
	});
