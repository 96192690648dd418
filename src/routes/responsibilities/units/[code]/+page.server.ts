import { show, signedIn } from '#lib/server/door.ts';
import * as matrices from '#lib/server/matrices.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, params }) =>
	show(() => matrices.ofUnit(signedIn(locals), params.code));
