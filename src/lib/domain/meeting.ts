import { Refusal } from './refusal.ts';

export const meetingStatuses = [
	'planned',
	'called',
	'open',
	'review',
	'locked',
	'cancelled'
] as const;
export type MeetingStatus = (typeof meetingStatuses)[number];

/** Whether agenda and minutes can still be written. */
export function isWritable(status: MeetingStatus): boolean {
	return status !== 'locked' && status !== 'cancelled';
}

/** As long as somebody may still write in it. */
export const writableStatuses = meetingStatuses.filter(isWritable);

/** Before it is over: what comes up can still be dealt with there. */
export const upcomingStatuses = ['planned', 'called', 'open'] as const satisfies MeetingStatus[];

export function isUpcoming(status: MeetingStatus): boolean {
	return (upcomingStatuses as readonly MeetingStatus[]).includes(status);
}

/** Whether it has begun and its minutes are not locked: then it is said what its items come to. */
export function isUnderWay(status: MeetingStatus): boolean {
	return status === 'open' || status === 'review';
}

/** What moves a meeting on: from which states, to which, and with which right (domain/may.ts). */
export const steps = {
	call: { from: ['planned'], to: 'called', right: 'run', reason: false },
	open: { from: ['called'], to: 'open', right: 'run', reason: false },
	close: { from: ['open'], to: 'review', right: 'run', reason: false },
	lock: { from: ['review'], to: 'locked', right: 'lock', reason: false },
	reopen: { from: ['locked'], to: 'review', right: 'lock', reason: true },
	cancel: { from: ['planned', 'called'], to: 'cancelled', right: 'run', reason: true }
} as const satisfies Record<string, Step>;

interface Step {
	from: readonly MeetingStatus[];
	to: MeetingStatus;
	right: 'run' | 'lock';
	/** Whether a reason must be given. */
	reason: boolean;
}

export type StepName = keyof typeof steps;
export const stepNames = Object.keys(steps) as StepName[];

/** The steps that lead on from a state. */
export function stepsFrom(status: MeetingStatus): StepName[] {
	return stepNames.filter((name) => (steps[name].from as readonly string[]).includes(status));
}

/**
 * The state that a step leads to. Refuses already_done when the meeting is no longer where the
 * step begins.
 */
export function take(status: MeetingStatus, step: StepName): MeetingStatus {
	if (!stepsFrom(status).includes(step)) throw new Refusal('already_done', { field: 'step' });
	return steps[step].to;
}

/** What dealing with an item came to. */
export const outcomes = ['concluded', 'noted', 'put_off', 'next_meeting'] as const;
export type Outcome = (typeof outcomes)[number];

/** Whether an item with this outcome is to come back: put off, or not dealt with at all. */
export function comesBack(outcome: Outcome | null): boolean {
	return outcome === null || outcome === 'put_off' || outcome === 'next_meeting';
}

export const attendanceStatuses = ['present', 'late', 'absent'] as const;
export type AttendanceStatus = (typeof attendanceStatuses)[number];

/** What somebody can be made for a meeting, or for one item of it. */
export const meetingRoles = ['chair', 'secretary'] as const;
export type MeetingRole = (typeof meetingRoles)[number];

/** What becomes of a correction that somebody proposes to the minutes. */
export const correctionStatuses = ['proposed', 'taken', 'left'] as const;
export type CorrectionStatus = (typeof correctionStatuses)[number];

/** What is written down of a meeting: the steps of its state, and what those who lead it do. */
export const meetingLogKinds = [
	'state',
	'called',
	'item',
	'outcome',
	'appoint',
	'attendance',
	'deputy_called',
	'deputy_ended',
	'correction',
	'correction_settled',
	'erased'
] as const;
export type MeetingLogKind = (typeof meetingLogKinds)[number];
