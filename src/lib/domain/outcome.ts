import { type CaseState, isUndecided } from './case-progress.ts';
import type { RulingStatus, Stance } from './ruling.ts';

/*
 * What became of what a forum has decided or recommended. Several things can be true at once: one
 * track is ruled on while another waits, and an action is late beside.
 */
export const marks = [
	'unsent',
	'waiting',
	'sent_back',
	'put_off',
	'late',
	'review',
	'departed',
	'followed',
	'going',
	'coming',
	'withdrawn'
] as const;
export type Mark = (typeof marks)[number];

/**
 * One of them, and since when it hangs: 'YYYY-MM-DD', or null when nobody has to do anything
 * about it.
 */
export interface Outcome {
	mark: Mark;
	since: string | null;
}

/** What a register can be asked for: everything, what hangs, or one of the marks. */
export const outcomeFilters = ['any', 'hangs', ...marks] as const;
export type OutcomeFilter = (typeof outcomeFilters)[number];

/**
 * The actions that came of it and are not over: how many, and the earliest deadline of those that
 * are late.
 */
export interface FollowUpCount {
	open: number;
	lateSince: string | null;
}

export const noFollowUp: FollowUpCount = { open: 0, lateSince: null };

export interface RecommendationFacts {
	adoptedOn: string;
	sent: boolean;
	/** The board only put the case off. */
	putOff: boolean;
	/** Where the case is now. */
	state: CaseState;
	/** No later recommendation is about the same case. */
	latest: boolean;
	rulings: { status: RulingStatus; stance: Stance | null; openedOn: string; on: string | null }[];
	led: FollowUpCount;
}

/** What was put off or sent back hangs until the board has dealt with the case again. */
export function ofRecommendation(facts: RecommendationFacts): Outcome[] {
	const { adoptedOn, sent, putOff, state, latest, rulings, led } = facts;
	const again = (since: string) => (latest && isUndecided(state) ? since : null);
	const ended = state === 'withdrawn';
	const told: Outcome[] = [];
	if (putOff) told.push({ mark: 'put_off', since: again(adoptedOn) });
	else if (!sent) told.push(ended ? withdrawn : { mark: 'unsent', since: adoptedOn });
	for (const { status, stance, openedOn, on } of rulings) {
		if (status === 'waiting') told.push(ended ? withdrawn : { mark: 'waiting', since: openedOn });
		else if (status === 'dropped') told.push(withdrawn);
		else if (status === 'sent_back') told.push({ mark: 'sent_back', since: again(on ?? openedOn) });
		else told.push({ mark: stance === 'depart' ? 'departed' : 'followed', since: null });
	}
	return [...once(told), ...ofActions(led)];
}

const withdrawn: Outcome = { mark: 'withdrawn', since: null };

export interface DecisionFacts {
	/** When to look at it again, and whether an agenda has had it back. */
	reviewOn: string | null;
	reviewed: boolean;
	led: FollowUpCount;
}

export function ofDecision({ reviewOn, reviewed, led }: DecisionFacts, today: string): Outcome[] {
	if (reviewOn === null || reviewed) return ofActions(led);
	const review: Outcome =
		reviewOn <= today ? { mark: 'review', since: reviewOn } : { mark: 'coming', since: null };
	return [review, ...ofActions(led)];
}

function ofActions({ open, lateSince }: FollowUpCount): Outcome[] {
	if (lateSince !== null) return [{ mark: 'late', since: lateSince }];
	return open > 0 ? [{ mark: 'going', since: null }] : [];
}

/** Each mark once, since the earliest. */
function once(told: Outcome[]): Outcome[] {
	if (told.length < 2) return told;
	return marks.flatMap((mark) => {
		const same = told.filter((one) => one.mark === mark);
		return same.length === 0 ? [] : [{ mark, since: hangsSince(same) }];
	});
}

/** Since when something of it hangs: the earliest; null when nothing does. */
export function hangsSince(told: Outcome[]): string | null {
	const dates = told.flatMap(({ since }) => since ?? []);
	return dates.sort()[0] ?? null;
}

export function fits(told: Outcome[], filter: OutcomeFilter): boolean {
	if (filter === 'any') return true;
	if (filter === 'hangs') return told.some(({ since }) => since !== null);
	return told.some(({ mark }) => mark === filter);
}

/** Of these filters the longest waiting is asked for first, not the latest. */
export function isOfWaiting(filter: OutcomeFilter): boolean {
	return ['hangs', 'unsent', 'waiting', 'sent_back', 'put_off', 'late', 'review'].includes(filter);
}
