import * as register from '#lib/server/action/register.ts';
import * as exports from '#lib/server/register/exports.ts';
import { actionQuery } from '#lib/server/register/queries.ts';
import { signedIn } from '#lib/server/web/form-actions.ts';

/** The register as a file, with the filter of the address. */
export function GET({ locals, url }) {
	const actor = signedIn(locals);
	const rows = register.everything(actor, actionQuery(url.searchParams));
	return exports.answer(
		actor,
		'actions',
		locals.language,
		exports.actionColumns(locals.language),
		rows
	);
}
