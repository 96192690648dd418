import * as forums from '#lib/server/forum/forums.ts';
import { signedIn } from '#lib/server/web/form-actions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	const actor = signedIn(locals);
	return {
		forums: forums.visibleTo(actor).map((forum) => ({
			code: forum.code,
			name: forum.name,
			mandate: forum.mandate,
			cadence: forum.cadence,
			role: actor.roles[forum.id] ?? null
		}))
	};
};
