import type { Cell, Letter, Overload, Violation } from '#lib/domain/matrix.ts';

/* The matrix as the keeper tells of it. */

export interface Party {
	id: string;
	code: string;
	name: string;
	leader: { name: string; title: string } | null;
}

export interface Task {
	id: string;
	title: string;
	cells: Cell[];
	violations: Violation[];
}

export interface Matrix {
	id: string;
	name: string;
	forum: { code: string; name: string } | null;
	units: Party[];
	tasks: Task[];
	warnings: Overload[];
}

export const unitHref = (party: { code: string }) =>
	`/responsibilities/units/${encodeURIComponent(party.code)}`;
export const taskHref = (task: { id: string }) => `/responsibilities/tasks/${task.id}`;

/** In the order in which one asks: who answers, who does it, who is asked, who is told. */
export const asked: readonly Letter[] = ['A', 'R', 'C', 'I'];
