/**
 * One line of JSON per event, on standard error. Names of events, ids, codes and durations only:
 * never a text that somebody wrote, never the name of a person, never a case code.
 */
export type Fields = Record<string, string | number | boolean | null | undefined>;

function write(line: string): void {
	process.stderr.write(line);
}

export function info(event: string, fields: Fields = {}): void {
	write(`${JSON.stringify({ at: new Date().toISOString(), level: 'info', event, ...fields })}\n`);
}

/**
 * A fault: something that is not a Refusal. Of the error, its kind and where it arose; a message
 * may quote content.
 */
export function fault(event: string, error: unknown, fields: Fields = {}): void {
	const kind = error instanceof Error ? error.name : typeof error;
	const code = (error as { code?: unknown } | null)?.code;
	const stack = error instanceof Error ? frames(error.stack) : undefined;
	const line = {
		at: new Date().toISOString(),
		level: 'fault',
		event,
		kind,
		code,
		...fields,
		stack
	};
	write(`${JSON.stringify(line)}\n`);
}

/** The frames of a stack without its first line, which is the message. */
function frames(stack: string | undefined): string | undefined {
	return stack
		?.split('\n')
		.filter((line) => /^\s+at /.test(line))
		.slice(0, 8)
		.map((line) => line.trim())
		.join(' | ');
}
