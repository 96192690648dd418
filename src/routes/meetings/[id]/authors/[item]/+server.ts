import { json } from '@sveltejs/kit';
import * as authorship from '#lib/server/history/authorship.ts';
import { show, signedIn } from '#lib/server/web/form-actions.ts';

/** Who wrote what of an item, for the panel that asks on demand. */
export function GET({ locals, params }) {
	return show(() => json(authorship.of(signedIn(locals), params.id, params.item, locals.language)));
}
