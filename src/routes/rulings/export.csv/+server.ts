import { error } from '@sveltejs/kit';
import * as exports from '#lib/server/register/exports.ts';
import { rulingQuery } from '#lib/server/register/queries.ts';
import * as register from '#lib/server/register/ruling-register.ts';
import { signedIn } from '#lib/server/web/form-actions.ts';

/** The register as a file, with the filter of the address. */
export function GET({ locals, url }) {
	const actor = signedIn(locals);
	if (!register.mayBrowse(actor)) error(404, 'not_found');
	const asked = rulingQuery(url.searchParams, register.usual(actor));
	const rows = register.everything(actor, asked, locals.language);
	return exports.answer(
		actor,
		'rulings',
		locals.language,
		exports.rulingColumns(locals.language),
		rows
	);
}
