import { error } from '@sveltejs/kit';
import * as cases from '#lib/server/cases.ts';
import * as choices from '#lib/server/choices.ts';
import { signedIn } from '#lib/server/door.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, depends }) => {
	const asker = signedIn(locals);
	const forums = cases.forumsOf(asker);
	if (forums.length === 0) error(404, 'not_found');
	const topics = [`person:${asker.id}`, ...forums.map((forum) => `forum:${forum.id}`)];
	depends(...topics);
	const cards = cases.visibleTo(asker, locals.language);
	const groups = choices
		.lists(locals.language)
		.case_status.map((status) => ({
			status,
			cards: cards.filter((card) => card.status.code === status.code)
		}))
		.filter((group) => group.cards.length > 0);
	return { groups, total: cards.length, topics };
};
