import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './imports.js';

test('a form names one that is there: a misspelt name fails the type check', () => {
	const right: App.FormTarget = '?/plan';
	// @ts-expect-error There is no form of this name.
	const misspelt: App.FormTarget = '?/plann';
	expect(right).not.toBe(misspelt);
});

test('every page with named forms tells the type check of them', () => {
	const known = readFileSync(join(root, 'src/form-actions.d.ts'), 'utf8');
	const pages = globSync('src/routes/**/+page.server.ts', { cwd: root }).filter((file) => {
		const text = readFileSync(join(root, file), 'utf8');
		return /export const actions/.test(text) && !/actions = \{\s*default:/.test(text);
	});
	expect(pages.length).toBeGreaterThan(10);
	for (const file of pages) expect(known).toContain(file.replace(/^src\//, './'));
});

test('no page hides its forms’ names behind a wider type', () => {
	for (const file of globSync('src/routes/**/+page.server.ts', { cwd: root }))
		expect(readFileSync(join(root, file), 'utf8'), file).not.toContain('actions: Actions');
});
