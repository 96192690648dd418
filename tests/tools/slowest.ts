import { relative } from 'node:path';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

const shown = 5;

/** Says at the end which stories took longest: where to look when the run grows. */
export default class Slowest implements Reporter {
	readonly #took: { story: string; seconds: number }[] = [];

	onTestEnd({ location, title }: TestCase, { duration }: TestResult): void {
		const story = `${relative(process.cwd(), location.file)}:${location.line} › ${title}`;
		this.#took.push({ story, seconds: duration / 1000 });
	}

	onEnd(): void {
		const slowest = this.#took.toSorted((a, b) => b.seconds - a.seconds).slice(0, shown);
		if (slowest.length < 2) return;
		console.log('\n  The slowest stories:');
		for (const { story, seconds } of slowest)
			console.log(`  ${seconds.toFixed(1).padStart(6)} s  ${story}`);
	}

	printsToStdio(): boolean {
		return false;
	}
}
