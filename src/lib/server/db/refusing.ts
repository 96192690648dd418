/** Whether it is the disk or the file that refuses, not what was to be written. */
export function isRefusing(error: unknown): boolean {
	const code = (error as { code?: unknown } | null)?.code;
	return (
		typeof code === 'string' &&
		/^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CORRUPT|NOMEM|CANTOPEN)/.test(code)
	);
}
