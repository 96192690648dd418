import { defineConfig } from '@playwright/test';
import { findChromium } from './tools/chromium.ts';

// Looked for once; the workers inherit the answer.
process.env.CHROMIUM_PATH = findChromium() ?? '';
if (!process.env.CHROMIUM_PATH)
	throw new Error('No Chromium was found: npm run chromium looks further, and installs one.');

const root = process.getuid?.() === 0;
const inCI = Boolean(process.env.CI);

/* Each story starts its own server (tests/server.ts), with its own data and its own port. */
export default defineConfig({
	globalSetup: './tools/stories.ts',
	testDir: '.',
	testMatch: '**/*.e2e.ts',
	outputDir: '../test-results',
	workers: 2,
	retries: 0,
	forbidOnly: inCI,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	reporter: [['list'], ['./tools/slowest.ts']],
	use: {
		browserName: 'chromium',
		headless: true,
		locale: 'nn-NO',
		timezoneId: 'Europe/Oslo',
		// One that answers for the server would hide what the stories look at; the story without a
		// net lets it in.
		serviceWorkers: 'block',
		actionTimeout: 10_000,
		navigationTimeout: 20_000,
		screenshot: 'only-on-failure',
		// Without pictures of every step, which took a tenth of the run: `npm run story -- <story>
		// --trace on` has them.
		trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
		launchOptions: {
			executablePath: process.env.CHROMIUM_PATH,
			args: [
				...(root ? ['--no-sandbox'] : []),
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				'--no-first-run',
				'--disable-quic'
			]
		}
	}
});
