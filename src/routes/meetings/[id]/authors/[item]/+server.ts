import { json } from '@sveltejs/kit';
import * as authorship from '#lib/server/authorship.ts';
import { show, signedIn } from '#lib/server/door.ts';

/** Who wrote what of an item, for the panel that asks on demand. */
export function GET({ locals, params }) {
	return show(() => json(authorship.of(signedIn(locals), params.id, params.item, locals.language)));
}
