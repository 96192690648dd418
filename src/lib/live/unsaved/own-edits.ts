import type * as Y from 'yjs';

/** One client's, from a clock to a clock. */
export type Stretch = [client: number, from: number, to: number];

/** What one edit did, by the ids of what it wrote and of what it took away. */
export interface Edit {
	wrote: Stretch[];
	took: Stretch[];
}

export function editOf({ beforeState, afterState, deleteSet }: Y.Transaction): Edit {
	const wrote: Stretch[] = [];
	const took: Stretch[] = [];
	afterState.forEach((to, client) => {
		const from = beforeState.get(client) ?? 0;
		if (from < to) wrote.push([client, from, to]);
	});
	deleteSet.clients.forEach((gone, client) => {
		for (const { clock, len } of gone) took.push([client, clock, clock + len]);
	});
	return { wrote, took };
}
