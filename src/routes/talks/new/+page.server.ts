import * as v from 'valibot';
import { Refusal } from '#lib/domain/refusal.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as talkRights from '#lib/server/talk/rights.ts';
import * as talks from '#lib/server/talk/talks.ts';
import { formAction, GoTo, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) =>
	show(() => {
		const actor = signedIn(locals);
		const meeting = meetings.read(actor, meetingOf(url));
		if (!talkRights.mayPropose(actor, meeting)) throw new Refusal('not_found');
		const { id, forumName, number, date } = meeting;
		return { meeting: { id, forumName, number, date } };
	});

export const actions = {
	default: formAction(
		v.object({}),
		(actor, _input, _params, _fields, url) =>
			new GoTo(`/talks/${talks.propose(actor, meetingOf(url))}`)
	)
} satisfies Actions;

function meetingOf(url: URL): string {
	return url.searchParams.get('meeting') ?? '';
}
