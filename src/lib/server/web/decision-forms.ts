import * as v from 'valibot';
import { date, id, line } from '#lib/domain/field-shapes.ts';
import * as decisions from '#lib/server/decision/decisions.ts';
import { formAction } from './form-actions.ts';

const optionalLine = v.optional(line, '');
/** A date, or none. */
const optionalDate = v.pipe(
	v.optional(v.string(), ''),
	v.transform((text) => (text === '' ? null : text)),
	v.nullable(date)
);

/** Records a decision of an item of the meeting that the address names. */
export const decide = formAction(
	v.object({
		item: id,
		text: line,
		reasons: optionalLine,
		minority: optionalLine,
		statement: optionalLine,
		reviewOn: optionalDate
	}),
	(actor, input, params) => ({
		decided: decisions.create(actor, { ...input, meeting: params.id! })
	})
);
