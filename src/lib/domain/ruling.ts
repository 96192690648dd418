import { appealDeadline } from './deadline.ts';
import { Refusal } from './refusal.ts';

/**
 * What the decision maker can do with a recommendation: follow it, depart from it with a reason,
 * send it back with what is missing.
 */
export const stances = ['follow', 'depart', 'send_back'] as const;
export type Stance = (typeof stances)[number];

/** What a ruling gives the applicant. */
export const rulingResults = ['granted', 'partly', 'refused'] as const;
export type RulingResult = (typeof rulingResults)[number];

/** `dropped`: the case was withdrawn before it was ruled on. */
export const rulingStatuses = ['waiting', 'ruled', 'sent_back', 'dropped'] as const;
export type RulingStatus = (typeof rulingStatuses)[number];

export const appealResults = ['upheld', 'changed', 'set_aside'] as const;
export type AppealResult = (typeof appealResults)[number];

export const rulingLimits = { content: 500, reason: 2000, missing: 1000 } as const;

/** What is said of an appeal: dates are 'YYYY-MM-DD'. */
export interface Appeal {
	receivedOn: string;
	forwardedOn: string | null;
	decidedOn: string | null;
	result: AppealResult | null;
}

export interface RulingFacts {
	status: RulingStatus;
	noticeOn: string | null;
	appealUntil: string | null;
	appeal: Appeal | null;
}

export const rulingStepNames = [...stances, 'receive', 'forward', 'decide'] as const;
export type RulingStepName = (typeof rulingStepNames)[number];

/**
 * What can be done to a ruling that stands so. An appeal that comes late is received too; that it
 * was late is shown.
 */
export function rulingStepsFrom({ status, appeal }: RulingFacts): RulingStepName[] {
	if (status === 'waiting') return [...stances];
	if (status === 'sent_back' || status === 'dropped') return [];
	if (!appeal) return ['receive'];
	if (appeal.decidedOn !== null) return [];
	return appeal.forwardedOn === null ? ['forward', 'decide'] : ['decide'];
}

/** Refuses already_done when a ruling does not stand where the command begins. */
export function assertRulingStep(facts: RulingFacts, verb: RulingStepName): void {
	if (!rulingStepsFrom(facts).includes(verb)) throw new Refusal('already_done');
}

/** How it stands with a ruling today, in one word. */
export type Standing =
	| 'waiting'
	| 'sent_back'
	| 'dropped'
	| 'not_notified'
	| 'appeal_runs'
	| 'appealed'
	| 'forwarded'
	| 'appeal_decided'
	| 'final';

export function standingOf({ status, appeal, appealUntil }: RulingFacts, today: string): Standing {
	if (status !== 'ruled') return status;
	if (appeal?.decidedOn) return 'appeal_decided';
	if (appeal) return appeal.forwardedOn === null ? 'appealed' : 'forwarded';
	if (appealUntil === null) return 'not_notified';
	return today <= appealUntil ? 'appeal_runs' : 'final';
}

/** Whether an appeal came after its deadline. */
export function isLateAppeal(receivedOn: string, appealUntil: string | null): boolean {
	return appealUntil !== null && receivedOn > appealUntil;
}

/** When appeals are no longer in time; null as long as the applicant has not been told. */
export function appealUntil(noticeOn: string | null, weeks: number): string | null {
	return noticeOn === null ? null : appealDeadline(noticeOn, weeks);
}

/** What rulings can be asked for: every one, those that depart, or those that stand so. */
export const rulingFilters = [
	'any',
	'waiting',
	'depart',
	'sent_back',
	'dropped',
	'not_notified',
	'appeal_runs',
	'appealed',
	'forwarded',
	'appeal_decided',
	'final'
] as const satisfies readonly (Standing | 'any' | 'depart')[];
export type RulingFilter = (typeof rulingFilters)[number];

export function rulingFits(
	{ standing, stance }: { standing: Standing; stance: Stance | null },
	filter: RulingFilter
): boolean {
	if (filter === 'any') return true;
	return filter === 'depart' ? stance === 'depart' : standing === filter;
}
