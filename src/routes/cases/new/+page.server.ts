import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import * as cases from '#lib/server/cases.ts';
import * as choices from '#lib/server/choices.ts';
import * as clock from '#lib/server/clock.ts';
import {
	checkbox,
	date,
	formAction,
	GoTo,
	id,
	month,
	several,
	signedIn
} from '#lib/server/door.ts';
import * as units from '#lib/server/units.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
	const asker = signedIn(locals);
	const forums = cases.forumsOf(asker);
	if (forums.length === 0) error(404, 'not_found');
	return {
		forums,
		lists: choices.lists(locals.language),
		units: units.directory(asker),
		unit: asker.unit,
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
