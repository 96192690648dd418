import * as v from 'valibot';
import { may, type Actor } from '#lib/domain/may.ts';
import { membershipRoles } from '#lib/domain/membership.ts';
import * as backlogs from '#lib/server/backlogs.ts';
import * as proceedings from '#lib/server/proceedings.ts';
import * as actionRegister from '#lib/server/action-register.ts';
import { date, deed, id, line, show, signedIn } from '#lib/server/door.ts';
import { setDone } from '#lib/server/forms.ts';
import * as figures from '#lib/server/figures.ts';
import * as forums from '#lib/server/forums.ts';
import * as people from '#lib/server/people.ts';
import type { Actions, PageServerLoad } from './$types';

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
			// Somebody from outside sees the programme, not who works here.
			members: (asker.outside ? [] : members).map((member) => ({
				...member,
				deputyFor: member.deputyFor && (names.get(member.deputyFor) ?? null)
			})),
			meetings: forums.meetings(asker, forum),
			...openActions(asker, forum.code),
			manages,
			figures: figures.allows(asker, forum),
			plans: asker.roles[forum.id] === 'chair' || asker.roles[forum.id] === 'secretary',
			proposes: may(asker, 'create', forums.thing(forum)) && asker.roles[forum.id] !== undefined,
			waiting: backlogs.waiting(asker, forum.id),
			candidates: manages ? people.directory(asker).filter((person) => !inside.has(person.id)) : []
		};
	});

/** The first of what is open; the register has the rest. */
function openActions(asker: Actor, code: string) {
	const { actions, total } = actionRegister.browse(asker, {
		...{ scope: 'all', status: 'open', forum: code, order: 'due', down: false, page: 1 }
	});
	return { actions: actions.slice(0, 25), openActions: total };
}

const membership = v.object({ person: id, role: v.picklist(membershipRoles) });

/** A form's deed on the forum of the address. */
function forumDeed<Schema extends v.GenericSchema>(
	schema: Schema,
	work: (asker: Actor, forum: string, input: v.InferOutput<Schema>) => unknown
) {
	return deed(schema, (asker, input, params) =>
		work(asker, forums.read(asker, params.code!).id, input)
	);
}

const time = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/));
const planned = v.object({
	date,
	starts: time,
	ends: time,
	place: line,
	theme: v.optional(line, '')
});
const proposal = v.object({
	title: line,
	minutes: v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number), v.maxValue(600))
});

export const actions: Actions = {
	addMember: forumDeed(membership, forums.addMember),
	changeRole: forumDeed(membership, forums.changeRole),
	removeMember: forumDeed(v.object({ person: id }), (asker, forum, { person }) =>
		forums.removeMember(asker, forum, person)
	),
	plan: forumDeed(planned, (asker, forum, input) => ({
		planned: proceedings.plan(asker, forum, input)
	})),
	propose: forumDeed(proposal, backlogs.propose),
	done: setDone
};
