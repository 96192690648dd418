import type { ErasingReason } from '#lib/domain/erasure.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** That something was erased, as the load tells it: never what. */
export interface Erased {
	item: string;
	at: number;
	by: string;
	reason: ErasingReason;
	whole: boolean;
	finished: boolean;
}

const reasons: Record<ErasingReason, () => string> = {
	identifier: m.erase_reason_identifier,
	sensitive: m.erase_reason_sensitive,
	third_party: m.erase_reason_third_party,
	wrong_place: m.erase_reason_wrong_place,
	requested: m.erase_reason_requested
};

export function reasonName(reason: ErasingReason): string {
	return reasons[reason]();
}
