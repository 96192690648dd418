import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('only the made-up municipality and tests put things past the keepers', () => {
	const root = 'src';
	const uses = readdirSync(root, { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.(ts|svelte)$/.test(file) && !/(\.test|testing)\.ts$/.test(file))
		.filter((file) => /from '[^']*\/setup\.ts'/.test(readFileSync(join(root, file), 'utf8')));
	expect(uses.length).toBeGreaterThan(0);
	expect(uses.filter((file) => !file.startsWith(join('lib', 'server', 'demo')))).toEqual([]);
});
