import * as v from 'valibot';
import { actionFilters, actionOrders, actionScopes } from '#lib/domain/action.ts';
import * as register from '#lib/server/action-register.ts';
import { pageNumber, signedIn } from '#lib/server/door.ts';
import { setDone, setStatus } from '#lib/server/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** What the address may say; `-due` is by deadline, the last first. */
const filters = v.object({
	scope: v.fallback(v.picklist(actionScopes), 'mine'),
	status: v.fallback(v.picklist(actionFilters), 'open'),
	forum: v.fallback(v.nullable(v.pipe(v.string(), v.maxLength(20))), null),
	sort: v.fallback(
		v.picklist(actionOrders.flatMap((order) => [order, `-${order}`] as const)),
		'due'
	),
	page: pageNumber
});

export const load: PageServerLoad = ({ locals, url, depends }) => {
	const asker = signedIn(locals);
	const topics = [
		`person:${asker.id}`,
		...Object.keys(asker.roles).map((forum) => `forum:${forum}`)
	];
	depends(...topics);
	const { sort, ...asked } = v.parse(filters, Object.fromEntries(url.searchParams));
	const down = sort.startsWith('-');
	const order = v.parse(v.picklist(actionOrders), down ? sort.slice(1) : sort);
	return {
		asked: { ...asked, order, down },
		register: register.browse(asker, { ...asked, order, down }),
		pageSize: register.pageSize,
		offered: register.offered(asker),
		topics
	};
};

export const actions: Actions = { done: setDone, status: setStatus };
