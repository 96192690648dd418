import * as v from 'valibot';
import { isOpen } from '#lib/domain/action.ts';
import type { ActionView } from '#lib/server/action-rows.ts';
import * as actionItems from '#lib/server/actions.ts';
import { signedIn } from '#lib/server/door.ts';
import { setDone } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

const filters = v.object({
	scope: v.fallback(v.picklist(['mine', 'unit', 'all']), 'mine'),
	status: v.fallback(v.picklist(['open', 'overdue', 'done', 'any']), 'open')
});

export const load: PageServerLoad = ({ locals, url, depends }) => {
	const asker = signedIn(locals);
	depends(`person:${asker.id}`);
	for (const forum of Object.keys(asker.roles)) depends(`forum:${forum}`);
	const { scope, status } = v.parse(filters, Object.fromEntries(url.searchParams));
	const within = actionItems.list(asker, scope);
	const matches: Record<typeof status, (action: ActionView) => boolean> = {
		open: (action) => isOpen(action.status),
		overdue: (action) => action.overdue,
		done: (action) => !isOpen(action.status),
		any: () => true
	};
	return {
		scope,
		status,
		actions: within.filter(matches[status]),
		counts: {
			open: within.filter(matches.open).length,
			overdue: within.filter(matches.overdue).length,
			done: within.filter(matches.done).length,
			any: within.length
		},
		topics: Object.keys(asker.roles).map((forum) => `forum:${forum}`)
	};
};

export const actions: Actions = { done: setDone };
