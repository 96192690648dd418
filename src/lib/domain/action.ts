export const actionStatuses = ['open', 'in_progress', 'waiting', 'done', 'dropped'] as const;
export type ActionStatus = (typeof actionStatuses)[number];

export function isOpen(status: ActionStatus): boolean {
	return status !== 'done' && status !== 'dropped';
}

/** Overdue is computed, never stored. Dates are 'YYYY-MM-DD'. */
export function isOverdue(action: { status: ActionStatus; due: string }, today: string): boolean {
	return isOpen(action.status) && action.due < today;
}
