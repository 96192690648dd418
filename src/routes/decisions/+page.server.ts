import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { decisionFilters } from '#lib/domain/decision.ts';
import * as register from '#lib/server/decision-register.ts';
import { pageNumber, signedIn } from '#lib/server/door.ts';
import type { PageServerLoad } from './$types';

const filters = v.object({
	forum: v.fallback(v.nullable(v.pipe(v.string(), v.maxLength(20))), null),
	year: v.fallback(v.nullable(v.pipe(v.string(), v.regex(/^\d{4}$/))), null),
	status: v.fallback(v.picklist(decisionFilters), 'any'),
	page: pageNumber
});

export const load: PageServerLoad = ({ locals, url, depends }) => {
	const asker = signedIn(locals);
	if (!register.mayBrowse(asker)) error(404, 'not_found');
	const topics = [
		`person:${asker.id}`,
		...Object.keys(asker.roles).map((forum) => `forum:${forum}`)
	];
	depends(...topics);
	const asked = v.parse(filters, Object.fromEntries(url.searchParams));
	return {
		asked,
		register: register.browse(asker, asked),
		pageSize: register.pageSize,
		topics
	};
};
