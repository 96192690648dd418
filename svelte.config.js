import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ precompress: true }),
		// Only browsers that keep copies of documents get one: live/copies/keep-shell.ts.
		serviceWorker: { register: false },
		// Our own check in hooks.server.ts is stricter: it also refuses requests that Kit's lets pass.
		csrf: { trustedOrigins: ['*'] },
		csp: {
			mode: 'nonce',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self'],
				// Kit's announcer of page changes carries this one style attribute; no other is let through.
				'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'img-src': ['self', 'data:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'frame-ancestors': ['none']
			}
		},
		typescript: {
			config: (config) => {
				config.include.push('../drizzle/**/*.ts', '../tests/**/*.ts', '../*.js');
				// Has packages of its own, which are not installed with ours.
				config.exclude.push('../tests/bench/peers/**');
			}
		}
	}
};
