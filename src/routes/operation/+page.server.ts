import * as overview from '#lib/server/operation/overview.ts';
import { show, signedIn } from '#lib/server/web/form-actions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, depends }) =>
	show(() => {
		const asker = signedIn(locals);
		depends('operation:now', `person:${asker.id}`);
		return { overview: overview.of(asker) };
	});
