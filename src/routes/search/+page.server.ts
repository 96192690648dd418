import * as v from 'valibot';
import { searchKinds } from '#lib/domain/search.ts';
import { topicOf } from '#lib/domain/topic.ts';
import * as search from '#lib/server/search/search.ts';
import { signedIn } from '#lib/server/web/form-actions.ts';
import type { PageServerLoad } from './$types';

const asked = v.object({
	q: v.fallback(v.pipe(v.string(), v.trim(), v.maxLength(200)), ''),
	kind: v.fallback(v.nullable(v.picklist(searchKinds)), null)
});

export const load: PageServerLoad = ({ locals, url, depends }) => {
	const actor = signedIn(locals);
	depends(topicOf('person', actor.id));
	const { q, kind } = v.parse(asked, {
		q: url.searchParams.get('q')?.slice(0, 200) ?? '',
		kind: url.searchParams.get('kind')
	});
	return { q, kind, groups: search.ask(actor, q, kind) };
};
