import { topicOf } from '#lib/domain/topic.ts';
import * as overview from '#lib/server/operation/overview.ts';
import { show, signedIn } from '#lib/server/web/form-actions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, depends }) =>
	show(() => {
		const actor = signedIn(locals);
		depends('operation:now', topicOf('person', actor.id));
		return { overview: overview.of(actor) };
	});
