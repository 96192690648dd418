import * as forums from '#lib/server/forum/forums.ts';
import * as matrices from '#lib/server/matrix/matrices.ts';
import { show, signedIn } from '#lib/server/web/form-actions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) =>
	show(() => {
		const actor = signedIn(locals);
		const all = matrices.all(actor);
		const chosen = all.find((one) => one.id === url.searchParams.get('matrix')) ?? all[0] ?? null;
		return {
			matrix: chosen,
			matrices: all.map(({ id, name }) => ({ id, name })),
			forums: forums.visibleTo(actor).map(({ code, name, mandate }) => ({ code, name, mandate }))
		};
	});
