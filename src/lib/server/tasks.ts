import { and, asc, eq, inArray } from 'drizzle-orm';
import { isOverdue, type ActionStatus } from '#lib/domain/action.ts';
import { may, type Actor } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import * as actions from './actions.ts';
import * as cases from './cases.ts';
import * as clock from './clock.ts';
import { db } from './db/index.ts';
import { action, caseCard, forum, meeting, person, unit } from './db/schema.ts';
import * as matrices from './matrices.ts';
import * as meetings from './meetings.ts';

/* A matrix's tasks at work: what has been started of them, and starting one for a case. */

/** An open action of a task, as the person who asked may see it. */
export interface TaskAction {
	id: string;
	code: string;
	what: string;
	responsible: string;
	due: string;
	status: ActionStatus;
	overdue: boolean;
	case: { code: string; readable: boolean } | null;
}

/** The open actions that carry out a task, by deadline: those that the person may read. */
export function openActions(asker: Actor, task: string): TaskAction[] {
	const today = clock.today();
	return db()
		.select({ action, forum, person, unit, card: caseCard })
		.from(action)
		.innerJoin(meeting, eq(meeting.id, action.meeting))
		.innerJoin(forum, eq(forum.id, meeting.forum))
		.leftJoin(person, eq(person.id, action.person))
		.leftJoin(unit, eq(unit.id, action.unit))
		.leftJoin(caseCard, eq(caseCard.id, action.case))
		.where(and(eq(action.task, task), inArray(action.status, ['open', 'in_progress', 'waiting'])))
		.orderBy(asc(action.due), asc(action.code))
		.all()
		.filter((row) =>
			may(asker, 'read', {
				kind: 'action',
				forum: row.forum.id,
				forumKind: row.forum.kind,
				person: row.action.person,
				unit: row.action.unit ?? row.person?.unit ?? null,
				case: row.action.case !== null
			})
		)
		.map(({ action: own, ...row }) => ({
			id: own.id,
			code: own.code,
			what: own.what,
			responsible: row.person?.name ?? row.unit?.name ?? '',
			due: own.due,
			status: own.status,
			overdue: isOverdue(own, today),
			case: row.card && {
				code: row.card.code,
				readable: may(asker, 'read', cases.thing(row.card))
			}
		}));
}

/** The coming meetings about cases in which this person may write: where an action can come from. The next first. */
export function openings(asker: Actor): meetings.Meeting[] {
	return meetings
		.coming(asker, 50)
		.filter((one) => one.handlesCases && may(asker, 'write', meetings.thing(one)));
}

export interface StartInput {
	meeting: string;
	case: string;
	/** The unit that shall do it. */
	party: string;
	what: string;
	/** 'YYYY-MM-DD' */
	due: string;
}

/**
 * Starts a task for a case: an action at a unit that holds R, from the case's item when the meeting has one, and returns its
 * code. Refuses not_found, meeting_locked, not_allowed, unknown_unit (no R in the row), unknown_case (none of that meeting's
 * forum), and whatever the keeper of actions refuses.
 */
export function start(asker: Actor, task: string, input: StartInput): string {
	const { parties } = matrices.readTask(asker, task);
	const from = meetings.readToWrite(asker, input.meeting);
	if (!parties.some((party) => party.id === input.party))
		throw new Refusal('unknown_unit', { field: 'party' });
	const card = cases.readById(asker, input.case);
	if (!from.handlesCases || card.forum !== from.forum)
		throw new Refusal('unknown_case', { field: 'case' });
	const on = cases.appearances(card).find((one) => one.meeting === from.id);
	return actions.create(asker, {
		meeting: from.id,
		item: on?.item ?? null,
		what: input.what,
		responsible: `unit:${input.party}`,
		due: input.due,
		case: card.id,
		task
	});
}
