import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

/* Databases that earlier versions have left (docs/decisions/0034): `npm run fixture` makes one. */

const folder = fileURLToPath(new URL('../fixtures/databases', import.meta.url));
const ending = '.db.br';

/** Their names, `<date>-<revision>`, sorted. */
export const versions = readdirSync(folder)
	.filter((file) => file.endsWith(ending))
	.map((file) => file.slice(0, -ending.length))
	.sort();

/** Puts the database of a version where a server looks for one, with the seals of its trail. */
export function unpack(version: string, data: string): void {
	const packed = readFileSync(join(folder, version + ending));
	writeFileSync(join(data, 'samrad.db'), brotliDecompressSync(packed));
	const seals = join(folder, `${version}.seals`);
	if (existsSync(seals)) copyFileSync(seals, join(data, 'audit.seals'));
}
