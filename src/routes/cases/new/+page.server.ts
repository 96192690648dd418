import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { checkbox, date, id, month, several } from '#lib/domain/field-shapes.ts';
import * as cases from '#lib/server/case/cases.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { formAction, GoTo, signedIn } from '#lib/server/web/form-actions.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	const actor = signedIn(locals);
	const forums = cases.forumsOf(actor);
	if (forums.length === 0) error(404, 'not_found');
	return {
		forums,
		lists: optionLists.lists(locals.language),
		units: units.directory(actor),
		unit: actor.unit,
		month: clock.today().slice(0, 7)
	};
};

const code = v.pipe(v.string(), v.nonEmpty(), v.maxLength(40));
const caseForm = v.object({
	forum: id,
	household: code,
	age: code,
	situation: code,
	bedrooms: code,
	accessible: checkbox,
	followUp: code,
	monthIn: month,
	applied: v.pipe(
		v.optional(v.string(), ''),
		v.transform((text) => (text === '' ? null : text)),
		v.nullable(date)
	),
	urgent: checkbox,
	unit: id,
	measures: several
});

export const actions = {
	default: formAction(caseForm, (actor, input) => new GoTo(`/cases/${cases.create(actor, input)}`))
} satisfies Actions;
