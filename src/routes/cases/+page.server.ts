import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { pageNumber } from '#lib/domain/field-shapes.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as cases from '#lib/server/case/cases.ts';
import * as caseLists from '#lib/server/case/lists.ts';
import { signedIn } from '#lib/server/web/form-actions.ts';
import type { PageServerLoad } from './$types';

const filters = v.object({
	status: v.fallback(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(40))), null),
	page: pageNumber
});

export const load: PageServerLoad = ({ locals, url, depends }) => {
	const actor = signedIn(locals);
	const forums = cases.forumsOf(actor);
	if (forums.length === 0) error(404, 'not_found');
	const topics = [
		topicOf('person', actor.id),
		...forums.map((forum) => topicOf('forum', forum.id))
	];
	depends(...topics);
	const asked = v.parse(filters, Object.fromEntries(url.searchParams));
	return {
		asked,
		groups: caseLists.byStatus(actor, asked, locals.language),
		pageSize: caseLists.shown.alone,
		topics
	};
};
