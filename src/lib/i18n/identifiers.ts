import { m } from './paraglide/messages.js';

const kinds: Record<string, () => string> = {
	national_id: m.identifier_national_id,
	fh_number: m.identifier_national_id,
	duf_number: m.identifier_duf_number,
	account_number: m.identifier_account_number,
	iban: m.identifier_account_number,
	email: m.identifier_email,
	phone: m.identifier_phone,
	birth_date: m.identifier_birth_date,
	street_address: m.identifier_street_address,
	cadastral_unit: m.identifier_cadastral_unit,
	dwelling_unit_number: m.identifier_dwelling_unit,
	protected_address: m.identifier_protected_address
};

/** That a text points to one person: what kind of thing does, and where it stands. */
export function identifierSentence(place: {
	found?: string;
	start?: number;
	end?: number;
}): string {
	const kind = kinds[place.found ?? '']?.() ?? m.identifier_other();
	const [from, to] = [(place.start ?? 0) + 1, place.end ?? 0];
	return m.refusal_identifier_found({ kind, from, to });
}
