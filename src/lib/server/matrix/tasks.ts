import { formatParty } from '#lib/domain/action.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import * as actions from '#lib/server/action/actions.ts';
import * as cases from '#lib/server/case/cases.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as matrices from './matrices.ts';

/* A matrix's tasks at work: starting one for a case. */

/**
 * The coming meetings about cases in which this person may write: where an action can come from.
 * The next first.
 */
export function openings(actor: Actor): meetings.Meeting[] {
	return meetings
		.coming(actor, 50)
		.filter((one) => one.handlesCases && may(actor, 'write', meetings.subject(one)));
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
 * Starts a task for a case: an action at a unit that holds R, from the case's item when the
 * meeting has one, and returns its code. Refuses not_found, meeting_locked, not_allowed,
 * unknown_unit (no R in the row), unknown_case (none of that meeting's forum), and whatever the
 * keeper of actions refuses.
 */
export function start(actor: Actor, task: string, input: StartInput): string {
	const { parties } = matrices.readTask(actor, task);
	const from = meetings.readToWrite(actor, input.meeting);
	if (!parties.some((party) => party.id === input.party))
		throw new Refusal('unknown_unit', { field: 'party' });
	const card = cases.readById(actor, input.case);
	if (!from.handlesCases || card.forumId !== from.forumId)
		throw new Refusal('unknown_case', { field: 'case' });
	const on = cases.appearances(card).find((one) => one.meeting === from.id);
	return actions.create(actor, {
		meeting: from.id,
		item: on?.item ?? null,
		what: input.what,
		responsible: formatParty({ kind: 'unit', id: input.party }),
		due: input.due,
		case: card.id,
		task
	});
}
