import * as v from 'valibot';
import { may } from '#lib/domain/may.ts';
import { membershipRoles } from '#lib/domain/membership.ts';
import * as actionItems from '#lib/server/actions.ts';
import { attempt, id, parse, show, signedIn } from '#lib/server/door.ts';
import { setDone } from '#lib/server/forms.ts';
import * as forums from '#lib/server/forums.ts';
import * as people from '#lib/server/people.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const asker = signedIn(locals);
		const forum = forums.read(asker, params.code);
		depends(`forum:${forum.id}`);
		const members = forums.members(forum.id);
		const manages = may(asker, 'manage', forums.thing(forum));
		const inside = new Set(members.map((member) => member.person));
		const names = people.names();
		return {
			forum,
			members: members.map((member) => ({
				...member,
				deputyFor: member.deputyFor && (names.get(member.deputyFor) ?? null)
			})),
			meetings: forums.meetings(asker, forum),
			actions: actionItems.ofForum(asker, forum.id),
			manages,
			candidates: manages ? people.directory(asker).filter((person) => !inside.has(person.id)) : []
		};
	});

const membership = v.object({ person: id, role: v.picklist(membershipRoles) });

/** Each deed on the list of members: its form's shape, and what the keeper does. */
function deed<Schema extends v.GenericSchema>(
	schema: Schema,
	work: (asker: App.Locals['actor'] & object, forum: string, input: v.InferOutput<Schema>) => void
) {
	return async ({ request, locals, params }: RequestEvent) => {
		const form = await request.formData();
		return attempt(() => {
			const asker = signedIn(locals);
			work(asker, forums.read(asker, params.code).id, parse(schema, form));
			return { done: true };
		});
	};
}

export const actions: Actions = {
	addMember: deed(membership, forums.addMember),
	changeRole: deed(membership, forums.changeRole),
	removeMember: deed(v.object({ person: id }), (asker, forum, { person }) =>
		forums.removeMember(asker, forum, person)
	),
	done: setDone
};
