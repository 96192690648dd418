/*
 * drizzle-kit writes no STRICT tables: this adds the word to every CREATE TABLE of the migrations
 * it wrote.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
for (const name of readdirSync(folder).filter((file) => file.endsWith('.sql'))) {
	const file = join(folder, name);
	const before = readFileSync(file, 'utf8');
	const after = before.replace(/(CREATE TABLE [\s\S]*?\n\))(;)/g, '$1 STRICT$2');
	if (after !== before) writeFileSync(file, after);
}
