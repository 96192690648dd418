import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fetchedElsewhere, type Manifest, ofSomeStates, type Route, weigh } from './weight.ts';

const manifest: Manifest = {
	start: { file: 'start.js', name: 'entry/start', imports: ['shared'] },
	app: { file: 'app.js', name: 'entry/app', dynamicImports: ['layout', 'home', 'meeting'] },
	shared: { file: 'shared.js' },
	layout: { file: 'layout.js', name: 'nodes/0', imports: ['shared'] },
	home: { file: 'home.js', name: 'nodes/1', imports: ['shared'] },
	meeting: { file: 'meeting.js', name: 'nodes/2', dynamicImports: ['editor'] },
	editor: { file: 'editor.js', imports: ['yjs'] },
	yjs: { file: 'yjs.js' }
};

const routes: Route[] = [
	{ id: '/(inside)', page: { layouts: [0, undefined], errors: [undefined], leaf: 1 } },
	{ id: '/(inside)/meetings/[id]/[[item]]', page: { layouts: [0], errors: [], leaf: 2 } },
	{ id: '/healthz', page: null }
];

const sizes = (each: number) => () => each;

describe('a page weighs', () => {
	test('what it imports, once each, and not what the other pages do', () => {
		const [meeting, home] = weigh(routes, manifest, sizes(10_000));
		expect(home).toMatchObject({ route: '/', first: 50_000, later: 0, tooHeavy: false });
		expect(meeting).toMatchObject({ first: 50_000, later: 20_000, tooHeavy: false });
	});

	test('too much above its limit, the editor counted where it comes later', () => {
		expect(weigh(routes, manifest, sizes(12_801)).map(({ tooHeavy }) => tooHeavy)).toEqual([
			false,
			true
		]);
		const editorIsHeavy = (file: string) => (file === 'editor.js' ? 200_000 : 1_000);
		expect(weigh(routes, manifest, editorIsHeavy)[0]?.tooHeavy).toBe(true);
	});
});

describe('something from elsewhere', () => {
	test.each([
		['a.css', '@font-face{src:url(https://fonts.example/a.woff2)}'],
		['a.css', '@import "//fonts.example/css?family=Inter";'],
		['a.js', 'const logo="https://example.no/logo.svg"'],
		['a.html', '<img src="//example.no/a.png">']
	])('is seen in %s: %s', (file, text) => {
		expect(fetchedElsewhere(file, text)).not.toBeNull();
	});

	test.each([
		[
			'a.css',
			'.a{background:url("data:image/svg+xml,%3Csvg xmlns=http://www.w3.org/2000/svg%3E")}'
		],
		['a.css', '@font-face{src:url(./a.woff2)}'],
		['a.js', 'document.createElementNS("http://www.w3.org/2000/svg","svg")'],
		['a.js', 'see("https://svelte.dev/e/state_unsafe_mutation")']
	])('is not seen in %s: %s', (file, text) => {
		expect(fetchedElsewhere(file, text)).toBeNull();
	});
});

test('what only some meetings show is there under its name', () => {
	const [, names = ''] = /^\\\/\(\?:([\w|]+)\)/.exec(ofSomeStates.source) ?? [];
	expect(names.split('|').length).toBeGreaterThan(20);
	const root = fileURLToPath(new URL('../../', import.meta.url));
	for (const name of names.split('|'))
		expect(globSync(`src/lib/ui/*/${name}.svelte`, { cwd: root }), name).toHaveLength(1);
});
