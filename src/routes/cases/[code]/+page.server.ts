import * as actionItems from '#lib/server/actions.ts';
import * as cases from '#lib/server/cases.ts';
import { show, signedIn } from '#lib/server/door.ts';
import { setDone } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params, depends }) =>
	show(() => {
		const asker = signedIn(locals);
		const row = cases.read(asker, params.code);
		depends(`case:${row.id}`);
		const [card] = cases.describe([row], locals.language);
		return {
			card: card!,
			appearances: cases.appearances(row),
			actions: actionItems.ofCase(asker, row.id)
		};
	});

export const actions: Actions = { done: setDone };
