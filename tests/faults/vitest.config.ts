import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/*
 * The built server as a process of its own, and everything that may befall it. `npm run
 * test:faults` runs the long form,
 * `npm run test:faults -- --mode short` what is quick enough for every day. Both begin from SEED,
 * and print it.
 */
export default defineConfig(({ mode }) => {
	const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
	return {
		resolve: { dedupe: ['yjs', 'y-protocols', 'lib0'] },
		test: {
			root: fileURLToPath(new URL('../..', import.meta.url)),
			include: ['tests/faults/*.faults.ts'],
			environment: 'node',
			env: { SEED: String(seed), FAULTS: mode === 'short' ? 'short' : 'long' },
			// Each takes a server; what is measured wants the machine for itself.
			fileParallelism: mode === 'short',
			maxWorkers: 3,
			testTimeout: 30 * 60_000,
			hookTimeout: 60_000,
			disableConsoleIntercept: true
		}
	};
});
