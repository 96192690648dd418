/**
 * An expected no, with a name that the interface translates (`refusal_<name>` in the messages).
 * Everything that is not a Refusal is a fault and is logged as one.
 */
export const refusalNames = [
	'not_found',
	'not_signed_in',
	'not_allowed',
	'bad_input',
	'missing_text',
	'text_too_long',
	'unknown_choice',
	'unknown_person',
	'unknown_unit',
	'unknown_case',
	'bad_date',
	'ends_before_start',
	'identifier_in_text',
	'identifier_in_items',
	'meeting_locked',
	'already_done',
	'already_member',
	'last_chair',
	'case_has_item',
	'not_running',
	'not_a_deputy',
	'not_in_review',
	'bad_shape',
	'document_too_large',
	'storage_refuses',
	'changed_meanwhile',
	'already_offered',
	'offer_settled',
	'version_damaged',
	'text_erased',
	'nothing_to_erase',
	'wrong_state',
	'missing_choice',
	'dwelling_taken',
	'already_adopted',
	'rules_itself',
	'closed_to_them',
	'deputy_rules'
] as const;

export type RefusalName = (typeof refusalNames)[number];

/**
 * What a refusal may tell about itself: the field, and for texts the place and the class of what
 * was found. Never the text.
 */
export interface RefusalPlace {
	field?: string;
	/** Offset of the first character, in UTF-16 units. */
	start?: number;
	end?: number;
	/** Class of the detector that hit, e.g. `national_id`. */
	found?: string;
	/** Labels of items of an agenda. */
	items?: string[];
}

export class Refusal extends Error {
	readonly reason: RefusalName;
	readonly place: RefusalPlace;

	constructor(reason: RefusalName, place: RefusalPlace = {}) {
		super(reason);
		this.name = 'Refusal';
		this.reason = reason;
		this.place = place;
	}
}
