import { defineConfig, globalIgnores } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { noCircle } from './tests/house/circles.js';
import { keepOutOfLibraries } from './tests/house/inside-libraries.js';
import { keepToRoom } from './tests/house/rooms.js';

export default defineConfig(
	globalIgnores([
		'build/',
		'data/',
		'.svelte-kit/',
		'test-results/',
		'src/lib/i18n/paraglide/',
		// Circles on purpose, for the test of the rule.
		'tests/house/planted/',
		'tests/bench/peers/dist/'
	]),
	tseslint.configs.strict,
	svelte.configs.recommended,
	svelte.configs.prettier,
	{
		plugins: {
			house: {
				rules: {
					'keep-to-room': keepToRoom,
					'no-circle': noCircle,
					'keep-out-of-libraries': keepOutOfLibraries
				}
			}
		},
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			'house/keep-to-room': 'error',
			'house/no-circle': 'error',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-console': 'error',
			'no-eval': 'error',
			'@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
			'@typescript-eslint/no-explicit-any': 'error',
			// After a check that the compiler cannot follow, `!` says less than a branch that never runs.
			'@typescript-eslint/no-non-null-assertion': 'off',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }
			]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'] }
		},
		rules: {
			'svelte/no-at-html-tags': 'error',
			'svelte/require-each-key': 'error',
			// The site stands at the root of its own host.
			'svelte/no-navigation-without-resolve': 'off',
			// A Map that nothing on the page follows is a Map.
			'svelte/prefer-svelte-reactivity': 'off',
			// `let { a = $bindable(), b } = $props()` is one statement.
			'prefer-const': 'off'
		}
	},
	{
		// Tests look where they must.
		files: ['src/**'],
		ignores: ['**/*.test.ts', '**/testing.ts'],
		rules: { 'house/keep-out-of-libraries': 'error' }
	},
	{
		// What is run by hand prints.
		files: ['tests/tools/**', 'tests/bench/**', 'tests/faults/**'],
		rules: { 'no-console': 'off' }
	}
);
