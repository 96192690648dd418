import type { Refusal, RefusalName, RefusalPlace } from '#lib/domain/refusal.ts';
import { identifierSentence } from '#lib/i18n/identifiers.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/*
 * Refusals in words. They are put into words here and not in the browser: there are many of them,
 * in three languages, and every page with a form would carry them all.
 */

/**
 * A refusal as a page gets it: its name, where it belongs, and its words. Holds nothing of what
 * was written.
 */
export interface RefusalView extends RefusalPlace {
	reason: RefusalName;
	text: string;
}

/** A refusal in the words of the language that this request is answered in. */
export function viewOf({ reason, place }: Refusal): RefusalView {
	return { ...place, reason, text: textOf(reason, place) };
}

const texts: Record<RefusalName, (place: RefusalPlace) => string> = {
	not_found: m.refusal_not_found,
	not_signed_in: m.refusal_not_signed_in,
	not_allowed: m.refusal_not_allowed,
	bad_input: m.refusal_bad_input,
	missing_text: m.refusal_missing_text,
	text_too_long: m.refusal_text_too_long,
	unknown_choice: m.refusal_unknown_choice,
	unknown_person: m.refusal_unknown_person,
	unknown_unit: m.refusal_unknown_unit,
	unknown_case: m.refusal_unknown_case,
	bad_date: m.refusal_bad_date,
	ends_before_start: m.refusal_ends_before_start,
	identifier_in_text: m.refusal_identifier_in_text,
	identifier_in_items: ({ items = [] }) =>
		m.refusal_identifier_in_items({ items: items.join(', ') }),
	meeting_locked: m.refusal_meeting_locked,
	already_done: m.refusal_already_done,
	already_member: m.refusal_already_member,
	last_chair: m.refusal_last_chair,
	case_has_item: m.refusal_case_has_item,
	not_running: m.refusal_not_running,
	not_a_deputy: m.refusal_not_a_deputy,
	not_in_review: m.refusal_not_in_review,
	bad_shape: m.refusal_bad_input,
	document_too_large: m.refusal_document_too_large,
	storage_refuses: m.refusal_storage_refuses,
	changed_meanwhile: m.refusal_changed_meanwhile,
	already_offered: m.refusal_already_offered,
	offer_settled: m.refusal_offer_settled,
	nothing_to_erase: m.refusal_nothing_to_erase,
	wrong_state: m.refusal_wrong_state,
	missing_choice: m.refusal_missing_choice,
	dwelling_taken: m.refusal_dwelling_taken,
	already_adopted: m.refusal_already_adopted,
	rules_itself: m.refusal_rules_itself,
	closed_to_them: m.refusal_closed_to_them,
	deputy_rules: m.refusal_deputy_rules,
	version_damaged: m.refusal_version_damaged,
	text_erased: m.refusal_text_erased
};

/** What, and for an identifier its kind and where in the text it stands. */
function textOf(reason: RefusalName, place: RefusalPlace): string {
	return reason === 'identifier_in_text' ? identifierSentence(place) : texts[reason](place);
}
