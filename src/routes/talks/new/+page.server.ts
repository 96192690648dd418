import { redirect } from '@sveltejs/kit';
import { Refusal } from '#lib/domain/refusal.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as talkRights from '#lib/server/talk/rights.ts';
import * as talks from '#lib/server/talk/talks.ts';
import { attempt, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) =>
	show(() => {
		const actor = signedIn(locals);
		const meeting = meetings.read(actor, url.searchParams.get('meeting') ?? '');
		if (!talkRights.mayPropose(actor, meeting)) throw new Refusal('not_found');
		const { id, forumName, number, date } = meeting;
		return { meeting: { id, forumName, number, date } };
	});

export const actions = {
	default: ({ locals, url }) => {
		const made = attempt(() => ({
			id: talks.propose(signedIn(locals), url.searchParams.get('meeting') ?? '')
		}));
		if ('id' in made) redirect(303, `/talks/${made.id}`);
		return made;
	}
} satisfies Actions;
