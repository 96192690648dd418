import type { ErasingReason } from '#lib/domain/erasure.ts';
import { erasingReasonNames } from '#lib/i18n/erasing.ts';

/** That something was erased, as the load tells it: never what. */
export interface Erased {
	at: number;
	by: string;
	reason: ErasingReason;
	whole: boolean;
	finished: boolean;
}

/** Something that has it as well, as the preview tells it. */
export interface Quotation {
	kind: 'action' | 'decision' | 'heading' | 'item';
	label: string;
	href: string | null;
}

export function reasonName(reason: ErasingReason): string {
	return erasingReasonNames[reason]();
}
