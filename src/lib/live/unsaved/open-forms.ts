import { hearSignedOut } from './session.svelte.ts';

/** Forms of this page in which somebody has written something that has not been sent. */
const forms = new Set<object>();

/** Says how it stands with a form; false also when it goes. */
export function markWritten(form: object, written: boolean): void {
	if (written) forms.add(form);
	else forms.delete(form);
}

/**
 * The session is over: on to sign in, and back to this path. A page with words in a form stays,
 * with the words hidden, until the person is back.
 */
export function leaveSignedOut(path: string): void {
	if (forms.size > 0) hearSignedOut();
	else location.assign(`/sign-in?to=${path}`);
}
