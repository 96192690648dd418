import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the bench's municipality holds: codes of people who may write in all of these meetings,
 * and meetings' ids.
 */
export interface World {
	members: string[];
	/** A meeting for many clients. */
	crowded: string;
	/** A thousand, with small agendas that are alike. */
	many: string[];
	/** A text of 60,000 letters, each put in at a place of its own. */
	fragmented: string;
	/** A meeting with a log of 4,999 rows: at 5,000 the server puts them together. */
	long: string;
}

export function readWorld(folder: string): World {
	return JSON.parse(readFileSync(join(folder, 'world.json'), 'utf8')) as World;
}

/** A document's whole content; one of the many stands for all. */
export function contentOf(folder: string, world: World, document: string): Uint8Array {
	const id = world.many.includes(document) ? world.many[0]! : document;
	return readFileSync(join(folder, `${id}.update`));
}
