import * as v from 'valibot';
import { topicOf } from '#lib/domain/topic.ts';
import * as figures from '#lib/server/register/figures.ts';
import { period } from '#lib/server/register/queries.ts';
import { show, signedIn } from '#lib/server/web/form-actions.ts';
import type { PageServerLoad } from './$types';

const filters = v.object({ period });

export const load: PageServerLoad = ({ locals, params, url, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		const asked = v.parse(filters, Object.fromEntries(url.searchParams));
		const found = figures.of(actor, params.code, asked.period);
		depends(topicOf('forum', found.forum.id), topicOf('person', actor.id));
		return { period: asked.period, figures: found };
	});
