import * as matrices from '#lib/server/matrix/matrices.ts';
import { show, signedIn } from '#lib/server/web/form-actions.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
	show(() => matrices.ofUnit(signedIn(locals), params.code));
