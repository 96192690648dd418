export type Severity = 'block' | 'warn' | 'info';

/**
 * Stronger first: of two findings with the same span and severity, the class that stands first
 * here is kept.
 */
export const identifierClasses = [
	'national_id',
	'fh_number',
	'duf_number',
	'iban',
	'account_number',
	'email',
	'phone',
	'birth_date',
	'street_address',
	'cadastral_unit',
	'dwelling_unit_number',
	'protected_address',
	'almost_national_id',
	'licence_plate',
	'organisation_number',
	'hpr_number',
	'role_mailbox',
	'service_phone',
	'archive_case'
] as const;

export type IdentifierClass = (typeof identifierClasses)[number];

/** Block: may not be written at all. Warn: ask the writer. Info: a quiet hint. */
export const severities: Readonly<Record<IdentifierClass, Severity>> = {
	national_id: 'block',
	fh_number: 'block',
	duf_number: 'block',
	iban: 'block',
	account_number: 'block',
	email: 'block',
	phone: 'block',
	birth_date: 'block',
	street_address: 'block',
	cadastral_unit: 'block',
	dwelling_unit_number: 'block',
	protected_address: 'block',
	almost_national_id: 'warn',
	licence_plate: 'warn',
	organisation_number: 'info',
	hpr_number: 'info',
	role_mailbox: 'info',
	service_phone: 'info',
	archive_case: 'info'
};

export interface Finding {
	class: IdentifierClass;
	severity: Severity;
	/** UTF-16 offset in the original text. */
	start: number;
	end: number;
}

export function finding(name: IdentifierClass, start: number, end: number): Finding {
	return { class: name, severity: severities[name], start, end };
}

/** A finding of this class for every match of a global pattern. */
export function everyMatch(text: string, pattern: RegExp, name: IdentifierClass): Finding[] {
	return Array.from(text.matchAll(pattern), (hit) =>
		finding(name, hit.index, hit.index + hit[0].length)
	);
}

/** Whether the pattern, which must end in `$`, matches the text just before an offset. */
export function precedes(text: string, at: number, pattern: RegExp): boolean {
	return pattern.test(text.slice(Math.max(0, at - 40), at));
}

/** No letter or digit stands against the span. */
export function standsFree(text: string, start: number, end: number): boolean {
	return !precedes(text, start, /[\p{L}\d]$/u) && !/^\p{L}/u.test(text.slice(end, end + 2));
}
