import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, expect, test } from 'vitest';
import { askEverywhere, calmSelectors } from './calm-selectors.ts';

const folder = mkdtempSync(join(tmpdir(), 'samrad-css-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The style sheet that a page would get whose script imports this file. */
async function built(stylesheet: string): Promise<string> {
	const entry = join(folder, 'entry.js');
	writeFileSync(entry, `import ${JSON.stringify(stylesheet)};`);
	const result = await build({
		configFile: false,
		logLevel: 'silent',
		plugins: [calmSelectors()],
		build: { write: false, minify: false, rolldownOptions: { input: entry } }
	});
	const { output } = result as Extract<typeof result, { output: unknown }>;
	const sheet = output.find(({ fileName }) => fileName.endsWith('.css'));
	return sheet?.type === 'asset' ? String(sheet.source) : '';
}

function sheetOf(name: string, rules: string[]): string {
	const file = join(folder, name);
	writeFileSync(file, rules.map((rule) => `${rule} { color: red }`).join('\n'));
	return file;
}

const all = askEverywhere.map(([selector]) => `${selector}.ds-thing`);

test('the design system as installed has every selector, and none is left in what is built', async () => {
	const css = await built(join(import.meta.dirname, 'app.css'));
	// The sheet is long: it is not to be printed.
	expect(css.includes('.ds-input')).toBe(true);
	expect(askEverywhere.filter(([selector]) => css.includes(selector.trim()))).toEqual([]);
});

test('only what asks everywhere is taken out of a selector', async () => {
	const css = await built(sheetOf('some.css', [...all, '.a:not(:has(thead)) .b', '.c:has(label)']));
	expect(css).toMatch(/^\.a\.b \{/m);
	expect(css).toMatch(/^\.c:has\(label\) \{/m);
});

test.each(askEverywhere.map(([selector], at) => [selector, at] as const))(
	'a design system without "%s" fails the build, which names it',
	async (selector, at) => {
		const rest = all.filter((_, other) => other !== at);
		await expect(built(sheetOf(`without-${at}.css`, rest))).rejects.toThrow(selector.trim());
	}
);

test('a build without the design system fails', async () => {
	await expect(built(sheetOf('other.css', ['.own']))).rejects.toThrow('has moved');
});
