import * as log from '#lib/server/platform/log.ts';

/** Hears of what went wrong here: an event's name, the error, and which document it was about. */
export type Listener = (event: string, error: unknown, document?: string) => void;

let listener: Listener = (event, error, document) => log.fault(event, error, { document });

/** Replaces who hears of faults; the log unless told otherwise. Returns the former one. */
export function onFault(fn: Listener): Listener {
	const former = listener;
	listener = fn;
	return former;
}

export function fault(event: string, error: unknown, document?: string): void {
	listener(event, error, document);
}
