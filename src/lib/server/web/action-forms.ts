import * as v from 'valibot';
import { actionStatuses } from '#lib/domain/action.ts';
import { date, id, line } from '#lib/domain/field-shapes.ts';
import * as actions from '#lib/server/action/actions.ts';
import * as handovers from '#lib/server/action/handovers.ts';
import { attempt, deed, parse, readForm, signedIn } from './form-actions.ts';

const doneForm = v.object({ id, done: v.picklist(['true', 'false']) });

/** The form behind every «done» button, wherever a list of actions stands. */
export async function setDone({ request, locals }: { request: Request; locals: App.Locals }) {
	const form = await readForm(request);
	return attempt(() => {
		const input = parse(doneForm, form);
		actions.setDone(signedIn(locals), input.id, input.done === 'true');
		return { done: true };
	});
}

const words = v.optional(line, '');
const party = v.pipe(v.string(), v.maxLength(60));

/** How it stands with an action, said in a list or on its page. */
export const setStatus = deed(
	v.object({
		id,
		status: v.picklist(actionStatuses),
		from: v.optional(v.picklist(actionStatuses)),
		/** A party, or nothing, and then in words. */
		waitingFor: words,
		waitingText: words,
		note: words
	}),
	(asker, { id, waitingFor, waitingText, ...input }) =>
		actions.changeStatus(asker, id, { ...input, waitingFor: waitingFor || waitingText })
);

/** The other forms of an action's own page. */
export const actionForms = {
	status: setStatus,
	done: setDone,
	due: deed(v.object({ id, due: date, from: date, note: words }), (asker, { id, ...input }) =>
		actions.moveDeadline(asker, id, input)
	),
	note: deed(v.object({ id, note: line }), (asker, input) =>
		actions.addNote(asker, input.id, input.note)
	),
	offer: deed(v.object({ id, to: party, note: words }), (asker, { id, ...input }) =>
		handovers.offer(asker, id, input)
	),
	accept: deed(v.object({ id }), (asker, input) => handovers.accept(asker, input.id)),
	decline: deed(v.object({ id, note: words }), (asker, input) =>
		handovers.decline(asker, input.id, input.note)
	),
	withdraw: deed(v.object({ id }), (asker, input) => handovers.withdraw(asker, input.id))
};
