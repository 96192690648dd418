import { error } from '@sveltejs/kit';
import * as exports from '#lib/server/register/exports.ts';
import { rulingQuery } from '#lib/server/register/queries.ts';
import * as register from '#lib/server/register/ruling-register.ts';
import { signedIn } from '#lib/server/web/form-actions.ts';

/** The register as a file, with the filter of the address. */
export function GET({ locals, url }) {
	const asker = signedIn(locals);
	if (!register.mayBrowse(asker)) error(404, 'not_found');
	const asked = rulingQuery(url.searchParams, register.usual(asker));
	const rows = register.everything(asker, asked, locals.language);
	return exports.answer(
		asker,
		'rulings',
		locals.language,
		exports.rulingColumns(locals.language),
		rows
	);
}
