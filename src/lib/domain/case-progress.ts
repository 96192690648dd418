import { Refusal } from './refusal.ts';

/**
 * Where a case stands. The municipality has its own words for it (`course_word`); the steps
 * between them are settled here.
 */
export const caseStates = [
	'registered',
	'assessed',
	'to_council',
	'recommended',
	'to_ruling',
	'ruled',
	'housed',
	'helped',
	'followed_up',
	'closed',
	'put_off',
	'sent_back',
	'withdrawn'
] as const;
export type CaseState = (typeof caseStates)[number];

/**
 * Which right a step rests on (domain/may.ts): `write` and `run` are judged on the case, `adopt`
 * on the recommendation that makes the step, `rule` on the ruling, `urge` on the case for the few
 * whom the municipality names.
 */
export type CaseRight = 'write' | 'run' | 'adopt' | 'rule' | 'urge';

interface CaseStep {
	from: readonly CaseState[];
	to: CaseState;
	right: CaseRight;
	/** Whether a reason must be given. */
	reason: boolean;
	/**
	 * Whether somebody can take the step by itself; the others come of a recommendation or a
	 * ruling.
	 */
	alone: boolean;
}

/**
 * Where the board still has something to decide; it may then decide between two of its meetings
 * as well.
 */
export const undecidedStates = [
	'registered',
	'assessed',
	'to_council',
	'put_off',
	'sent_back'
] as const satisfies CaseState[];

export function isUndecided(state: CaseState): boolean {
	return (undecidedStates as readonly CaseState[]).includes(state);
}

/** Where a case waits to be put on an agenda. */
export const queuedStates = ['to_council', 'put_off', 'sent_back'] as const satisfies CaseState[];

/** Where a case is over, unless it is opened again. */
export const overStates = ['closed', 'withdrawn'] as const satisfies CaseState[];

const decided = ['ruled', 'housed', 'helped', 'followed_up'] as const;
const step = (
	from: readonly CaseState[],
	to: CaseState,
	right: CaseRight,
	how: { reason?: true; alone?: true } = {}
): CaseStep => ({ from, to, right, reason: how.reason ?? false, alone: how.alone ?? false });

/** Every step that a case can take. */
export const caseSteps = {
	assess: step(['registered', 'sent_back'], 'assessed', 'write', { alone: true }),
	queue: step(['assessed', 'put_off', 'sent_back'], 'to_council', 'write', { alone: true }),
	put_off: step(['assessed', 'to_council', 'sent_back'], 'put_off', 'run', {
		reason: true,
		alone: true
	}),
	recommend: step(['assessed', 'to_council', 'put_off', 'sent_back'], 'recommended', 'adopt'),
	/** Between two meetings, by the few whom the municipality names; the next meeting is told. */
	urge: step(undecidedStates, 'recommended', 'urge', { reason: true }),
	/** The board itself puts a case off. */
	wait: step(['assessed', 'to_council', 'put_off', 'sent_back'], 'put_off', 'adopt'),
	send: step(['recommended'], 'to_ruling', 'run'),
	rule: step(['to_ruling'], 'ruled', 'rule'),
	send_back: step(['to_ruling'], 'sent_back', 'rule', { reason: true }),
	house: step(['ruled'], 'housed', 'write', { alone: true }),
	help: step(['ruled'], 'helped', 'write', { alone: true }),
	follow_up: step(['housed', 'helped'], 'followed_up', 'write', { alone: true }),
	close: step(decided, 'closed', 'run', { alone: true }),
	/** The appeal body has set the ruling aside: the case begins again in the board. */
	remit: step([...decided, 'closed'], 'sent_back', 'rule'),
	withdraw: step([...undecidedStates, 'recommended', 'to_ruling'], 'withdrawn', 'run', {
		reason: true,
		alone: true
	}),
	reopen: step(overStates, 'registered', 'run', { reason: true, alone: true })
} as const satisfies Record<string, CaseStep>;

export type CaseStepName = keyof typeof caseSteps;
export const caseStepNames = Object.keys(caseSteps) as CaseStepName[];

/** What is written down of a case: that it was registered, and every step. */
export const caseLogKinds = ['register', ...caseStepNames] as const;
export type CaseLogKind = (typeof caseLogKinds)[number];

/** The steps that lead on from a state. */
export function caseStepsFrom(state: CaseState): CaseStepName[] {
	return caseStepNames.filter((verb) => caseSteps[verb].from.some((from) => from === state));
}

/** Those that somebody can take by themselves. */
export const loneSteps = caseStepNames.filter((verb) => caseSteps[verb].alone);

/**
 * The state that a step leads to. Refuses wrong_state when the case does not stand where the step
 * begins.
 */
export function takeStep(state: CaseState, verb: CaseStepName): CaseState {
	if (!caseStepsFrom(state).includes(verb)) throw new Refusal('wrong_state');
	return caseSteps[verb].to;
}

/**
 * What waits for the board: put off and sent back first, urgent before the others, then by how
 * long it has waited.
 */
export function byTurn<Waiting extends { state: CaseState; urgent: boolean; since: number }>(
	one: Waiting,
	other: Waiting
): number {
	const again = ({ state }: Waiting) => Number(state === 'put_off' || state === 'sent_back');
	return (
		again(other) - again(one) ||
		Number(other.urgent) - Number(one.urgent) ||
		one.since - other.since
	);
}
