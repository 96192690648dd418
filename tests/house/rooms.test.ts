import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, test } from 'vitest';
import { root, specifiersIn } from './imports.js';
import { folders } from './rooms.js';

/*
 * Violations are linted as text under a made-up name in the room; nothing is written to the disk.
 */
const eslint = new ESLint({ cwd: root, ignore: false });

/** The rules that a text breaks under a name. */
async function broken(file: string, text: string): Promise<string[]> {
	const [result] = await eslint.lintText(text, { filePath: join(root, file) });
	return [...new Set(result?.messages.map((message) => message.ruleId ?? message.message))];
}

const inTypeScript = (specifier: string) => `import '${specifier}';\n`;
const inSvelte = (specifier: string) =>
	`<script lang="ts">\n\timport '${specifier}';\n</script>\n\n<p>x</p>\n`;

async function caught(file: string, specifier: string): Promise<boolean> {
	const text = (file.endsWith('.svelte') ? inSvelte : inTypeScript)(specifier);
	return (await broken(file, text)).includes('house/keep-to-room');
}

// The first text loads the parsers, which may take seconds on a busy machine.
beforeAll(() => broken('src/lib/ui/meeting/Planted.svelte', '<p>x</p>'), 60_000);

describe('a room does not import', () => {
	test.each([
		['src/lib/domain/planted.ts', '#lib/server/platform/clock.ts'],
		['src/lib/domain/planted.ts', '#lib/i18n/format.ts'],
		['src/lib/domain/planted.ts', '#lib/live/provider.ts'],
		['src/lib/domain/planted.ts', '#lib/ui/shared/Button.svelte'],
		['src/lib/domain/planted.ts', '../server/platform/clock.ts'],
		['src/lib/domain/planted.ts', 'node:fs'],
		['src/lib/domain/planted.ts', 'svelte'],
		['src/lib/domain/planted.svelte.ts', '#lib/live/provider.ts'],
		['src/lib/i18n/planted.ts', '#lib/domain/agenda.ts'],
		['src/lib/i18n/planted.ts', '#lib/server/platform/clock.ts'],
		['src/lib/i18n/planted.ts', 'node:async_hooks'],
		['src/lib/server/meeting/planted.ts', '#lib/live/provider.ts'],
		['src/lib/server/meeting/planted.ts', '#lib/ui/shared/Button.svelte'],
		['src/lib/server/meeting/planted.ts', '../../../routes/+page.svelte'],
		['src/lib/server/meeting/planted.ts', '#lib/server/db/testing.ts'],
		['src/lib/live/document/planted.ts', '#lib/server/live/rooms.ts'],
		['src/lib/live/document/planted.ts', '#lib/i18n/format.ts'],
		['src/lib/live/document/planted.ts', '#lib/ui/shared/Button.svelte'],
		['src/lib/live/document/planted.ts', 'ws'],
		['src/lib/live/document/planted.svelte.ts', '#lib/server/platform/clock.ts'],
		['src/lib/live/document/Planted.svelte', '#lib/server/platform/clock.ts'],
		['src/lib/ui/meeting/planted.ts', '#lib/server/platform/clock.ts'],
		['src/lib/ui/meeting/planted.ts', '$env/dynamic/private'],
		['src/lib/ui/meeting/Planted.svelte', '#lib/server/platform/clock.ts'],
		['src/lib/ui/meeting/Planted.svelte', '../../server/platform/clock.ts'],
		['src/lib/ui/meeting/Planted.svelte', '../../../routes/+page.svelte'],
		['src/lib/ui/meeting/Planted.svelte', 'better-sqlite3'],
		['src/routes/planted/+page.svelte', '#lib/server/platform/clock.ts'],
		['src/routes/planted/+page.svelte', 'drizzle-orm'],
		['src/routes/planted/+page.ts', '#lib/server/platform/clock.ts'],
		['src/routes/planted/+layout.ts', 'node:fs'],
		['src/routes/planted/+page.server.ts', '#lib/ui/shared/Button.svelte'],
		['src/routes/planted/+page.server.ts', '#lib/live/provider.ts'],
		['src/routes/planted/+page.server.ts', 'better-sqlite3'],
		['src/routes/planted/+page.server.ts', 'drizzle-orm/better-sqlite3'],
		['src/routes/planted/+server.ts', '#lib/ui/shared/Button.svelte'],
		['src/routes/planted/+server.ts', 'drizzle-orm'],
		['src/hooks.ts', '#lib/server/platform/clock.ts'],
		['src/hooks.server.ts', '#lib/live/provider.ts']
	])('%s ← %s', async (file, specifier) => {
		expect(await caught(file, specifier)).toBe(true);
	});
});

describe('between the folders of a room nobody imports upwards', () => {
	test.each([
		['src/lib/server/meeting/planted.ts', '#lib/server/meeting-life/lifecycle.ts'],
		['src/lib/server/meeting/planted.ts', '../web/form-actions.ts'],
		['src/lib/server/action/planted.ts', '#lib/server/decision/decisions.ts'],
		['src/lib/server/recommendation/planted.ts', '#lib/server/ruling/rulings.ts'],
		['src/lib/server/municipality/planted.ts', '#lib/server/forum/forums.ts'],
		['src/lib/live/unsaved/planted.ts', '#lib/live/document/connection.svelte.ts'],
		['src/lib/live/copies/planted.ts', '../document/acks.ts'],
		['src/lib/ui/shared/Planted.svelte', '#lib/ui/shell/Shell.svelte'],
		['src/lib/ui/case/planted.ts', '#lib/ui/meeting/selected.ts']
	])('%s ← %s', async (file, specifier) => {
		expect(await caught(file, specifier)).toBe(true);
	});

	// With one of the two arrows let through and the other refused, no circle can close.
	test.each(Object.entries(folders))('in %s of two folders one stands above', async (at, list) => {
		const [first, last] = [list[0]!, list.at(-1)!];
		expect(await caught(`${at}${first}/planted.ts`, `#lib/${at.slice(8)}${last}/x.ts`)).toBe(true);
		expect(await caught(`${at}${last}/planted.ts`, `#lib/${at.slice(8)}${first}/x.ts`)).toBe(false);
		expect(new Set(list).size).toBe(list.length);
	});
});

describe('a file stands in a folder that has a place', () => {
	test.each([
		'src/lib/server/planted.ts',
		'src/lib/server/planted/planted.ts',
		'src/lib/live/planted.svelte.ts',
		'src/lib/ui/Planted.svelte',
		'src/lib/ui/chain/planted.ts'
	])('not %s', async (file) => {
		const text = file.endsWith('.svelte') ? '<p>x</p>\n' : 'export {};\n';
		expect(await broken(file, text)).toContain('house/keep-to-room');
	});

	test('every folder that has a place is there', () => {
		for (const [at, list] of Object.entries(folders))
			expect(readdirSync(join(root, at)).sort()).toEqual([...list].sort());
	});
});

describe('within server nobody imports a floor above', () => {
	test.each([
		['src/lib/server/platform/clock.ts', '#lib/server/db/index.ts'],
		['src/lib/server/db/planted.ts', '#lib/server/meeting/meetings.ts'],
		['src/lib/server/db/planted.ts', '../live/log.ts'],
		['src/lib/server/live/log.ts', '#lib/server/live/room.ts'],
		['src/lib/server/live/room.ts', './rooms.ts'],
		['src/lib/server/live/rooms.ts', './upgrade.ts'],
		['src/lib/server/live/room.ts', '#lib/server/meeting/meetings.ts'],
		['src/lib/server/live/events.ts', '../municipality/people.ts'],
		['src/routes/planted/+page.server.ts', '#lib/server/db/index.ts'],
		['src/routes/planted/+server.ts', '#lib/server/live/log.ts']
	])('%s ← %s', async (file, specifier) => {
		expect(await caught(file, specifier)).toBe(true);
	});
});

describe('what the table allows is let through', () => {
	test.each([
		['src/lib/domain/planted.ts', 'yjs'],
		['src/lib/domain/planted.ts', 'lib0/decoding'],
		['src/lib/domain/planted.ts', '#lib/domain/refusal.ts'],
		['src/lib/server/db/planted.ts', '#lib/server/platform/clock.ts'],
		['src/lib/server/live/log.ts', '#lib/server/db/index.ts'],
		['src/lib/server/live/upgrade.ts', '#lib/server/auth/session.ts'],
		['src/lib/server/meeting/planted.ts', '#lib/server/live/rooms.ts'],
		['src/lib/server/meeting/planted.ts', 'drizzle-orm'],
		['src/lib/live/document/planted.svelte.ts', '#lib/domain/wire.ts'],
		['src/lib/ui/meeting/Planted.svelte', '#lib/i18n/format.ts'],
		['src/routes/planted/+page.svelte', '#lib/ui/shared/Button.svelte'],
		['src/routes/planted/+page.svelte', './$types'],
		['src/routes/+layout.svelte', '../app.css'],
		['src/routes/planted/+page.server.ts', '#lib/server/meeting/meetings.ts'],
		['src/lib/live/document/planted.test.ts', '#lib/server/platform/clock.ts']
	])('%s ← %s', async (file, specifier) => {
		expect(await caught(file, specifier)).toBe(false);
	});
});

test.each([
	["export { now } from '../../src/lib/server/platform/clock.ts';", 'a re-export'],
	["export const late = () => import('../../src/lib/server/platform/clock.ts');", 'a late import'],
	["import type { Orm } from '#lib/server/db/index.ts';\nexport type O = Orm;", 'a type'],
	["export type O = import('#lib/server/db/index.ts').Orm;", 'a type said in place']
])('%s is an import too', async (text) => {
	expect(await broken('src/lib/ui/meeting/planted.ts', text)).toContain('house/keep-to-room');
});

test.each(['src/lib/server/meeting/planted.ts', 'src/lib/ui/meeting/Planted.svelte'])(
	'%s says #lib, never $lib',
	async (file) => {
		expect(await caught(file, '$lib/domain/agenda.ts')).toBe(true);
	}
);

describe('a circle is seen', () => {
	const planted = 'tests/house/planted';
	const onDisk = (file: string) => broken(file, readFileSync(join(root, file), 'utf8'));

	test('between two .ts files', async () => {
		expect(await onDisk(`${planted}/hen.ts`)).toContain('house/no-circle');
	});

	test('through a .svelte file, from either side', async () => {
		expect(await onDisk(`${planted}/Branch.svelte`)).toContain('house/no-circle');
		expect(await onDisk(`${planted}/leaf.ts`)).toContain('house/no-circle');
	});

	test('through a whole #lib/ name', async () => {
		const text =
			"import { fill } from '#lib/server/meeting/backlogs.ts';\nexport const x = fill;\n";
		const folder = 'src/lib/server/meeting';
		expect(await broken(`${folder}/agendas.ts`, text)).toContain('house/no-circle');
		expect(await broken(`${folder}/planted.ts`, text)).not.toContain('house/no-circle');
	});
});

test('imports are found in a text however they are written', () => {
	const text = `
		<script lang="ts">import A from './A.svelte';
		import {
			type B,
			c
		} from '#lib/b.ts';
		import './d.css';
		// import no from './comment.ts';
		/** Not './this.ts' either: import x from './block.ts' */
		export * as e from "./e.ts";
		const f = await import('./f.ts');
		</script>`;
	expect(specifiersIn(text).sort()).toEqual(
		['#lib/b.ts', './A.svelte', './d.css', './e.ts', './f.ts'].sort()
	);
});

describe('nor may stand in the house', () => {
	test.each([
		['src/lib/ui/meeting/Planted.svelte', '<p>{@html "x"}</p>', 'svelte/no-at-html-tags'],
		['src/lib/ui/meeting/planted.ts', 'console.log(1);', 'no-console'],
		[
			'src/lib/ui/meeting/Planted.svelte',
			'<script lang="ts">\n\tconsole.log(1);\n</script>',
			'no-console'
		],
		[
			'src/lib/domain/planted.ts',
			'export const x = (y: any) => y;',
			'@typescript-eslint/no-explicit-any'
		],
		[
			'src/lib/ui/meeting/Planted.svelte',
			'<script lang="ts">\n\tlet { x }: { x: any } = $props();\n</script>\n\n<p>{x}</p>',
			'@typescript-eslint/no-explicit-any'
		],
		[
			'src/lib/live/document/planted.svelte.ts',
			'export const x = $state<any>(1);',
			'@typescript-eslint/no-explicit-any'
		]
	])('%s: %s', async (file, text, rule) => {
		expect(await broken(file, text)).toContain(rule);
	});
});
