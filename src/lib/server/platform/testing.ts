import { onTestFinished, vi } from 'vitest';

/**
 * Catches what the log writes until the test ends, line by line; nothing of it reaches the
 * terminal.
 */
export function catchLog(): string[] {
	const lines: string[] = [];
	const write = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
		lines.push(String(line));
		return true;
	});
	onTestFinished(() => write.mockRestore());
	return lines;
}
