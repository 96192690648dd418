/*
 * Who is signed in in this browser now: another tab may have signed out, or somebody else in,
 * while a form stands open here. Tabs tell one another; a form that must know for certain asks
 * the server.
 */

/** Id of a person; null when nobody is. */
type Who = string | null;

const name = 'samrad.session';
let now: Who | undefined = $state(undefined);
let channel: BroadcastChannel | null = null;

/** Listens to the other tabs from now on. Browser only. */
export function open(): BroadcastChannel {
	if (channel) return channel;
	channel = new BroadcastChannel(name);
	channel.onmessage = ({ data }) => (now = typeof data === 'string' ? data : null);
	return channel;
}

/** Tells the other tabs for whom this one has just been loaded. Browser only. */
export function tellWho(person: Who): void {
	now = person;
	open().postMessage(person);
}

/** Whether, as far as this page knows, this person is still the one who is signed in. Reactive. */
export function isStill(person: Who): boolean {
	return now === undefined || now === person;
}

/**
 * Asks the server. False when it says that somebody else or nobody is; true also when it is away.
 */
export async function askWhether(person: Who): Promise<boolean> {
	try {
		const answer = await fetch('/session', { headers: { accept: 'application/json' } });
		if (answer.ok) now = ((await answer.json()) as { person: Who }).person;
	} catch {
		// Who cannot be asked has not said no.
	}
	return isStill(person);
}

/** The server has just said that nobody is signed in. */
export function hearSignedOut(): void {
	now = null;
}
