import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './imports.js';

/* Every form that sends something is the one form (docs/decisions/0033). */

/** Doors that are no page's action, and answer with a whole new document. */
const plain = [
	'src/lib/ui/shared/Languages.svelte',
	'src/lib/ui/shell/SignOut.svelte',
	'src/routes/sign-in/+page.svelte'
];
const theForm = 'src/lib/ui/shared/Form.svelte';
const files = globSync('src/**/*.svelte', { cwd: root }).filter((file) => file !== theForm);

/** What is wrong with a component's forms; null when nothing is. */
function faultOf(text: string): string | null {
	if (/use:enhance/.test(text)) return 'It enhances a form of its own.';
	if (/<form[^>]*method="post"/.test(text)) return 'It sends a form of its own.';
	if (/<(?!Form\b)\w+[^>]*\saction="\?/.test(text)) return 'Nothing checks the name of its action.';
	return null;
}

test.each([
	'<form use:enhance>',
	'<form\n\tclass="row"\n\tmethod="post">',
	'<button formaction="x" action="?/plan">'
])('a form like %j is found', (text) => {
	expect(faultOf(text)).not.toBeNull();
});

test('no component but the one form sends anything', () => {
	expect(files.length).toBeGreaterThan(80);
	const own = files.filter((file) => faultOf(readFileSync(join(root, file), 'utf8')) !== null);
	expect(own.sort()).toEqual([...plain].sort());
});
