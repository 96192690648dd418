import * as v from 'valibot';

/*
 * Shapes that several forms share. Longer texts are cut off here long before a keeper counts
 * characters.
 */
export const line = v.pipe(v.string(), v.maxLength(5000));
export const id = v.pipe(v.string(), v.uuid());
export const date = v.pipe(
	v.string(),
	v.isoDate(),
	// Date.parse takes the 30th of February for a day in March.
	v.check((text) => {
		const moment = new Date(text);
		return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
	})
);
export const month = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])$/));
/** Present when ticked. */
export const checkbox = v.pipe(
	v.optional(v.string(), ''),
	v.transform((value) => value !== '')
);
/** An id, or nothing chosen. */
export const optionalId = v.pipe(
	v.optional(v.string(), ''),
	v.transform((text) => (text === '' ? null : text)),
	v.nullable(id)
);
/** One or several values of the same name. */
export const several = v.pipe(
	v.optional(v.union([v.string(), v.array(v.string())]), []),
	v.transform((value) => (typeof value === 'string' ? [value] : value))
);
/** A page of a register, from the address: 1 when it is none. */
export const pageNumber = v.fallback(
	v.pipe(v.string(), v.regex(/^[1-9]\d{0,4}$/), v.transform(Number)),
	1
);
