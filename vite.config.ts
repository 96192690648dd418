import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { calmSelectors } from './src/calm-selectors.ts';

/** In development Vite owns the HTTP server: hand its upgrade events to the door that hooks.server.ts has opened. */
function socketsDoor(): Plugin {
	return {
		name: 'samrad-sockets-door',
		configureServer(server) {
			server.httpServer?.on('upgrade', (request, socket, head) => {
				if (!request.url?.startsWith('/live/')) return;
				const door = (globalThis as Record<symbol, unknown>)[Symbol.for('samrad.upgrade')];
				if (typeof door === 'function') door(request, socket, head);
				else socket.destroy();
			});
		}
	};
}

/**
 * Tests that are run once find the messages made, by tests/tools/messages.ts, which looks whether
 * it must.
 */
const testsOnce = Boolean(process.env.VITEST) && process.argv.includes('run');

export default defineConfig({
	plugins: [
		testsOnce
			? []
			: paraglideVitePlugin({
					project: './src/lib/i18n/project.inlang',
					outdir: './src/lib/i18n/paraglide',
					strategy: ['custom-person', 'baseLocale'],
					emitTsDeclarations: true,
					disableAsyncLocalStorage: false
				}),
		sveltekit(),
		socketsDoor(),
		calmSelectors()
	],
	resolve: { dedupe: ['yjs', 'y-protocols', 'lib0'] },
	server: { host: '127.0.0.1' },
	test: {
		include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
		environment: 'node',
		globalSetup: [...(testsOnce ? ['tests/tools/messages.ts'] : []), 'tests/tools/scratch.ts'],
		// Real servers and sockets on a busy machine: a time limit is for what hangs.
		testTimeout: 30_000,
		hookTimeout: 30_000
	}
});
