import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Files under a folder of the server's in which the word stands, as it was written or as the
 * index folds it.
 */
export function filesHolding(folder: string, word: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((file) => {
			const bytes = readFileSync(file);
			return [word, word.toLowerCase()].some((needle) => bytes.includes(needle));
		});
}
