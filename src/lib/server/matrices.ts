import { db } from './db/index.ts';
import { matrix, matrixCell, matrixTask } from './db/schema.ts';

/** Letters in a cell: R does it, A answers for it, C is asked, I is told. */
export type Letter = 'R' | 'A' | 'C' | 'I';

export interface NewMatrix {
	name: string;
	forum: string | null;
	tasks: { title: string; cells: { unit: string; letters: Letter[] }[] }[];
}

/** Writes an adopted matrix down. */
export function add(entry: NewMatrix): string {
	const id = crypto.randomUUID();
	db().insert(matrix).values({ id, name: entry.name, forum: entry.forum }).run();
	entry.tasks.forEach((task, pos) => {
		const taskId = crypto.randomUUID();
		db().insert(matrixTask).values({ id: taskId, matrix: id, pos, title: task.title }).run();
		for (const cell of task.cells)
			db()
				.insert(matrixCell)
				.values({ task: taskId, unit: cell.unit, letters: [...cell.letters].sort(byRaci).join('') })
				.run();
	});
	return id;
}

function byRaci(a: Letter, b: Letter): number {
	return 'RACI'.indexOf(a) - 'RACI'.indexOf(b);
}
