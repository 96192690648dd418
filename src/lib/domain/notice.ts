/**
 * What is sent by e-mail: a day's reminders, a call to a meeting, and that it is cancelled after
 * all.
 */
export const noticeKinds = ['digest', 'call', 'cancelled'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/**
 * `waiting` to be sent, or to be tried again · `sending` at this moment · `sent` · `dropped`
 * since there was nothing to say, or
 * nobody to say it to · `given_up` refused for good, or too often, or too late · `uncertain`
 * whether it got there: never again.
 */
export const noticeStates = [
	'waiting',
	'sending',
	'sent',
	'dropped',
	'given_up',
	'uncertain'
] as const;
export type NoticeState = (typeof noticeStates)[number];

/** What somebody can be reminded of, by the kind of thing that it is about. */
export const reminderKinds = ['action', 'ruling', 'appeal', 'reply'] as const;
export type ReminderKind = (typeof reminderKinds)[number];

const minute = 60 * 1000;
const pauses = [5, 15, 60, 180, 360].map((minutes) => minutes * minute);

/** Milliseconds until the next try after so many; null when it has been tried often enough. */
export function pauseAfter(tries: number): number | null {
	return pauses[tries - 1] ?? null;
}

/**
 * One address and nothing else: no name, no list, no line break that could begin another header.
 */
export function isAddress(text: string): boolean {
	return text.length <= 254 && /^[^\s<>()[\]\\,;:@"]+@[^\s<>()[\]\\,;:@"]+$/.test(text);
}
