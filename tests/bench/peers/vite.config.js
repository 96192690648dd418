import { fileURLToPath } from 'node:url';

export default {
	root: fileURLToPath(new URL('page', import.meta.url)),
	base: './',
	build: { outDir: '../node_modules/.page', emptyOutDir: true }
};
