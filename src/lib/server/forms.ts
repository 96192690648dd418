import * as v from 'valibot';
import * as actions from './actions.ts';
import { attempt, id, parse, readForm, signedIn } from './door.ts';

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
