import * as v from 'valibot';
import { actionStatuses } from '#lib/domain/action.ts';
import { date, id, line } from '#lib/domain/field-shapes.ts';
import * as actions from '#lib/server/action/actions.ts';
import * as handovers from '#lib/server/action/handovers.ts';
import { formAction } from './form-actions.ts';

/** The form behind every «done» button, wherever a list of actions stands. */
export const setDone = formAction(
	v.object({ id, done: v.picklist(['true', 'false']) }),
	(actor, input) => actions.setDone(actor, input.id, input.done === 'true')
);

const words = v.optional(line, '');
const party = v.pipe(v.string(), v.maxLength(60));

/** How it stands with an action, said in a list or on its page. */
export const setStatus = formAction(
	v.object({
		id,
		status: v.picklist(actionStatuses),
		from: v.optional(v.picklist(actionStatuses)),
		/** A party, or nothing, and then in words. */
		waitingFor: words,
		waitingText: words,
		note: words
	}),
	(actor, { id, waitingFor, waitingText, ...input }) =>
		actions.changeStatus(actor, id, { ...input, waitingFor: waitingFor || waitingText })
);

/** The other forms of an action's own page. */
export const actionForms = {
	status: setStatus,
	done: setDone,
	due: formAction(v.object({ id, due: date, from: date, note: words }), (actor, { id, ...input }) =>
		actions.moveDeadline(actor, id, input)
	),
	note: formAction(v.object({ id, note: line }), (actor, input) =>
		actions.addNote(actor, input.id, input.note)
	),
	offer: formAction(v.object({ id, to: party, note: words }), (actor, { id, ...input }) =>
		handovers.offer(actor, id, input)
	),
	accept: formAction(v.object({ id }), (actor, input) => handovers.accept(actor, input.id)),
	decline: formAction(v.object({ id, note: words }), (actor, input) =>
		handovers.decline(actor, input.id, input.note)
	),
	withdraw: formAction(v.object({ id }), (actor, input) => handovers.withdraw(actor, input.id))
};
