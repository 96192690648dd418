import * as v from 'valibot';
import { date, id, line } from '#lib/domain/field-shapes.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { membershipRoles } from '#lib/domain/membership.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import * as actionRegister from '#lib/server/action/register.ts';
import * as courses from '#lib/server/case-progress/progress.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as proceedings from '#lib/server/meeting-life/lifecycle.ts';
import * as backlogs from '#lib/server/meeting/backlogs.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as urgents from '#lib/server/recommendation/urgent.ts';
import * as figures from '#lib/server/register/figures.ts';
import { setDone } from '#lib/server/web/action-forms.ts';
import { formAction, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const asker = signedIn(locals);
		const forum = forums.read(asker, params.code);
		depends(`forum:${forum.id}`, `person:${asker.id}`);
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
			...council(asker, forum),
			candidates: manages ? people.directory(asker).filter((person) => !inside.has(person.id)) : []
		};
	});

/** What a forum that handles cases has beside: who decides what cannot wait, and what waits for its next meeting. */
function council(asker: Actor, forum: forums.Forum) {
	if (!forum.handlesCases || asker.outside) return { few: null, queue: null };
	const manages = may(asker, 'manage', forums.thing(forum));
	const cases = { kind: 'case', forum: forum.id, id: null } as const;
	const fills = may(asker, 'run', cases);
	return {
		few: {
			named: urgents.few(forum.id),
			candidates: manages ? urgents.candidates(forum.id) : []
		},
		queue: may(asker, 'write', cases)
			? {
					waiting: courses.queue(asker, forum.id),
					fills,
					targets: fills ? coming(asker, forum) : []
				}
			: null
	};
}

/** The meetings whose agendas can still be filled, the next first. */
function coming(asker: Actor, forum: forums.Forum) {
	const today = clock.today();
	return forums
		.meetings(asker, forum)
		.filter(({ status, date }) => ['planned', 'called', 'open'].includes(status) && date >= today)
		.map(({ id, number, date }) => ({ id, number, date }))
		.reverse();
}

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
	return formAction(schema, (asker, input, params) =>
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

export const actions = {
	addMember: forumDeed(membership, forums.addMember),
	changeRole: forumDeed(membership, forums.changeRole),
	removeMember: forumDeed(v.object({ person: id }), (asker, forum, { person }) =>
		forums.removeMember(asker, forum, person)
	),
	plan: forumDeed(planned, (asker, forum, input) => ({
		planned: proceedings.plan(asker, forum, input)
	})),
	propose: forumDeed(proposal, backlogs.propose),
	fill: forumDeed(v.object({ meeting: id, title: line }), (asker, forum, { meeting, title }) => {
		if (meetings.read(asker, meeting).forumId !== forum) throw new Refusal('not_found');
		courses.fillAgenda(asker, meeting, title);
	}),
	nameUrgent: forumDeed(v.object({ person: id }), (asker, forum, { person }) =>
		urgents.name(asker, forum, person)
	),
	unnameUrgent: forumDeed(v.object({ person: id }), (asker, forum, { person }) =>
		urgents.unname(asker, forum, person)
	),
	done: setDone
} satisfies Actions;
