import * as v from 'valibot';
import { date, id, line } from '#lib/domain/field-shapes.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { isUpcoming } from '#lib/domain/meeting.ts';
import { membershipRoles } from '#lib/domain/membership.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as actionRegister from '#lib/server/action/register.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as backlogs from '#lib/server/meeting/backlogs.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as urgentRecommendations from '#lib/server/recommendation/urgent.ts';
import * as figures from '#lib/server/register/figures.ts';
import { setDone } from '#lib/server/web/action-forms.ts';
import { formAction, show, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		const forum = forums.read(actor, params.code);
		depends(topicOf('forum', forum.id), topicOf('person', actor.id));
		const members = forums.members(forum.id);
		const manages = may(actor, 'manage', forums.subject(forum));
		const inside = new Set(members.map((member) => member.person));
		const names = people.names();
		const knowsPeople = may(actor, 'read', { kind: 'directory' });
		return {
			forum,
			// Somebody from outside sees the programme, not who works here.
			members: (knowsPeople ? members : []).map((member) => ({
				...member,
				deputyFor: member.deputyFor && (names.get(member.deputyFor) ?? null)
			})),
			meetings: forums.meetings(actor, forum),
			...openActions(actor, forum.code),
			manages,
			figures: figures.allows(actor, forum),
			plans: may(actor, 'plan', forums.subject(forum)),
			proposes: may(actor, 'propose', forums.subject(forum)),
			waiting: backlogs.waiting(actor, forum.id),
			...board(actor, forum),
			candidates: manages ? people.directory(actor).filter((person) => !inside.has(person.id)) : []
		};
	});

/**
 * What a forum that handles cases has beside: who decides what cannot wait, and what waits for
 * its next meeting.
 */
function board(actor: Actor, forum: forums.Forum) {
	if (!forum.handlesCases || !may(actor, 'read', { kind: 'directory' }))
		return { few: null, queue: null };
	const manages = may(actor, 'manage', forums.subject(forum));
	const cases = { kind: 'case', forum: forum.id, id: null } as const;
	const fills = may(actor, 'run', cases);
	return {
		few: {
			named: urgentRecommendations.few(forum.id),
			candidates: manages ? urgentRecommendations.candidates(forum.id) : []
		},
		queue: may(actor, 'write', cases)
			? {
					waiting: progress.queue(actor, forum.id),
					fills,
					targets: fills ? coming(actor, forum) : []
				}
			: null
	};
}

/** The meetings whose agendas can still be filled, the next first. */
function coming(actor: Actor, forum: forums.Forum) {
	const today = clock.today();
	return forums
		.meetings(actor, forum)
		.filter(({ status, date }) => isUpcoming(status) && date >= today)
		.map(({ id, number, date }) => ({ id, number, date }))
		.reverse();
}

/** The first of what is open; the register has the rest. */
function openActions(actor: Actor, code: string) {
	const { actions, total } = actionRegister.browse(actor, {
		scope: 'all',
		status: 'open',
		forum: code,
		order: 'due',
		down: false,
		page: 1
	});
	return { actions: actions.slice(0, 25), openActions: total };
}

const membership = v.object({ person: id, role: v.picklist(membershipRoles) });

/** A form's command on the forum of the address. */
function forumStep<Schema extends v.GenericSchema>(
	schema: Schema,
	work: (actor: Actor, forum: string, input: v.InferOutput<Schema>) => unknown
) {
	return formAction(schema, (actor, input, params) =>
		work(actor, forums.read(actor, params.code!).id, input)
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
	addMember: forumStep(membership, forums.addMember),
	changeRole: forumStep(membership, forums.changeRole),
	removeMember: forumStep(v.object({ person: id }), (actor, forum, { person }) =>
		forums.removeMember(actor, forum, person)
	),
	plan: forumStep(planned, (actor, forum, input) => ({
		planned: lifecycle.plan(actor, forum, input)
	})),
	propose: forumStep(proposal, backlogs.propose),
	fill: forumStep(v.object({ meeting: id, title: line }), (actor, forum, { meeting, title }) => {
		if (meetings.read(actor, meeting).forumId !== forum) throw new Refusal('not_found');
		progress.fillAgenda(actor, meeting, title);
	}),
	nameUrgent: forumStep(v.object({ person: id }), (actor, forum, { person }) =>
		urgentRecommendations.name(actor, forum, person)
	),
	unnameUrgent: forumStep(v.object({ person: id }), (actor, forum, { person }) =>
		urgentRecommendations.unname(actor, forum, person)
	),
	done: setDone
} satisfies Actions;
