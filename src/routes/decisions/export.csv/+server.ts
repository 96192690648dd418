import { error } from '@sveltejs/kit';
import * as register from '#lib/server/register/decision-register.ts';
import * as exports from '#lib/server/register/exports.ts';
import { decisionQuery } from '#lib/server/register/queries.ts';
import { signedIn } from '#lib/server/web/form-actions.ts';

/** The register as a file, with the filter of the address. */
export function GET({ locals, url }) {
	const actor = signedIn(locals);
	if (!register.mayBrowse(actor)) error(404, 'not_found');
	const rows = register.everything(actor, decisionQuery(url.searchParams), locals.language);
	return exports.answer(
		actor,
		'decisions',
		locals.language,
		exports.decisionColumns(locals.language),
		rows
	);
}
