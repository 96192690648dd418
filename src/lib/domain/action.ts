export const actionStatuses = ['open', 'in_progress', 'waiting', 'done', 'dropped'] as const;
export type ActionStatus = (typeof actionStatuses)[number];

export function isOpen(status: ActionStatus): boolean {
	return status !== 'done' && status !== 'dropped';
}

export const openStatuses = actionStatuses.filter(isOpen);

/** Overdue is computed, never stored. Dates are 'YYYY-MM-DD'. */
export function isOverdue(action: { status: ActionStatus; due: string }, today: string): boolean {
	return isOpen(action.status) && action.due < today;
}

/**
 * What an action can become. One that is over is opened again before anything else happens to it.
 */
export function nextStatuses(status: ActionStatus): ActionStatus[] {
	if (!isOpen(status)) return ['open'];
	return actionStatuses.filter((other) => other !== status);
}

export function mayBecome(from: ActionStatus, to: ActionStatus): boolean {
	return nextStatuses(from).includes(to);
}

/** What is written down of an action, step by step. */
export const actionSteps = [
	'created',
	'status',
	'waiting',
	'due',
	'note',
	'offered',
	'accepted',
	'declined',
	'withdrawn',
	'moved'
] as const;
export type ActionStep = (typeof actionSteps)[number];

/** An offer of an action to somebody else stands until one of the others has come of it. */
export const handoverStatuses = ['offered', 'accepted', 'declined', 'withdrawn'] as const;
export type HandoverStatus = (typeof handoverStatuses)[number];

/** Characters of what is written about an action. */
export const actionLimits = { note: 2000, waitingFor: 200 } as const;

/**
 * `person:<id>` or `unit:<id>`: who answers for an action, whom it is offered to, whom it waits
 * for.
 */
export interface Party {
	kind: 'person' | 'unit';
	id: string;
}

export function formatParty({ kind, id }: Party): string {
	return `${kind}:${id}`;
}

/** Null when the text names no party; whether there is such a one is not known here. */
export function parseParty(text: string): Party | null {
	const [, kind, id] = /^(person|unit):([0-9a-f-]{36})$/.exec(text) ?? [];
	return kind && id ? { kind: kind as Party['kind'], id } : null;
}

export const actionScopes = ['mine', 'unit', 'all'] as const;
/** Whose actions: the person's own, those of the person's unit, or all that the person may see. */
export type ActionScope = (typeof actionScopes)[number];

export const actionFilters = ['open', 'overdue', 'waiting', 'done', 'any'] as const;
/** Which of them: `open` and `done` are all that are not over, and all that are. */
export type ActionFilter = (typeof actionFilters)[number];

export const actionOrders = ['due', 'responsible', 'status', 'code'] as const;
export type ActionOrder = (typeof actionOrders)[number];
