import { readAgenda } from '#lib/domain/agenda.ts';
import { may } from '#lib/domain/may.ts';
import { isSummoned } from '#lib/domain/membership.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as versions from '#lib/server/version/versions.ts';
import { show, signedIn } from '#lib/server/web/form-actions.ts';
import type { PageServerLoad } from './$types';

/** The notice of a meeting: as it was called, or as it stands while nobody has called it. */
export const load: PageServerLoad = ({ locals, params }) =>
	show(() => {
		const actor = signedIn(locals);
		const meeting = meetings.read(actor, params.id);
		const frozen = versions.frozenAgenda(meeting.id, 'called');
		const called = forums.members(meeting.forumId).filter(({ role }) => isSummoned(role));
		return {
			meeting,
			calledAt: frozen?.at ?? null,
			items: frozen?.items ?? rooms.read({ kind: 'agenda', id: meeting.id }, readAgenda),
			headings: agendas.headings(actor, meeting, locals.language),
			called: may(actor, 'read', { kind: 'directory' })
				? called.map(({ name, title }) => ({ name, title }))
				: []
		};
	});
