import { show, signedIn } from '#lib/server/door.ts';
import * as rulingRows from '#lib/server/ruling-rows.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, depends }) =>
	show(() => {
		const asker = signedIn(locals);
		depends(`person:${asker.id}`);
		return rulingRows.inbox(asker, locals.language);
	});
