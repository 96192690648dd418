import { m } from './paraglide/messages.js';

/** Why something was erased for good, in words. */
export const erasingReasonNames = {
	identifier: m.erase_reason_identifier,
	sensitive: m.erase_reason_sensitive,
	third_party: m.erase_reason_third_party,
	wrong_place: m.erase_reason_wrong_place,
	requested: m.erase_reason_requested
};
