import type { Slot, TalkStatus, TalkStepName } from '#lib/domain/talk.ts';
import { timeSpan } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { TalkStep } from './card.ts';

const statuses: Record<TalkStatus, () => string> = {
	proposed: m.talk_status_proposed,
	accepted: m.talk_status_accepted,
	confirmed: m.talk_status_confirmed,
	held: m.talk_status_held,
	declined: m.talk_status_declined,
	withdrawn: m.talk_status_withdrawn
};

const steps: Record<TalkStepName, () => string> = {
	accept: m.talk_accept,
	decline: m.talk_decline,
	confirm: m.talk_confirm,
	withdraw: m.talk_withdraw
};

const colours: Record<TalkStatus, 'neutral' | 'info' | 'success' | 'warning'> = {
	proposed: 'warning',
	accepted: 'info',
	confirmed: 'success',
	held: 'neutral',
	declined: 'neutral',
	withdrawn: 'neutral'
};

export const talkStatusName = (status: TalkStatus) => statuses[status]();
export const talkStepName = (step: TalkStepName) => steps[step]();
/** The colour beside the word; never instead of it. */
export const talkStatusColour = (status: TalkStatus) => colours[status];

/** «10.35–11.20» */
export const slotText = (slot: Slot) => timeSpan(slot.starts, slot.ends);

/** A step of the history in words: «Godteke», «Flytta frå 10.35–11.20 til 11.00–11.45». */
export function stepText({ what }: TalkStep): string {
	if (what.kind === 'status') return talkStatusName(what.to);
	const { from, to } = what;
	if (from && to) return m.talk_slot_changed({ from: slotText(from), to: slotText(to) });
	if (to) return m.talk_slot_new({ to: slotText(to) });
	return m.talk_slot_gone({ from: from ? slotText(from) : '' });
}

/** Who took it: a name for those who know the people here, else what they are to the talk. */
export function whoText({ name, by }: TalkStep): string | null {
	if (name !== null) return name;
	if (by === null) return null;
	return by === 'speaker' ? m.talk_by_speaker() : m.talk_by_host();
}
