import { page } from '$app/state';
import { drafts } from '#lib/live/unsaved/drafts.ts';
import { nameOf } from './sent.ts';

/*
 * Forms that are folded away until somebody asks for them. Whoever was called elsewhere in the
 * middle of one finds it open again; whoever has closed it does not.
 */

const closed = new Set<string>();

/** Whether this form has been begun here and neither been sent nor closed. Browser only. */
export function isBegun(action: App.FormTarget, of: string): boolean {
	const name = nameOf(action, of);
	const person = page.data.person?.id;
	if (!person || closed.has(name)) return false;
	return drafts().find(person, `${page.url.pathname} ${name}`) !== undefined;
}

/** Somebody has put the form away, or taken it out again. */
export function setClosed(action: App.FormTarget, of: string, isClosed: boolean): void {
	if (isClosed) closed.add(nameOf(action, of));
	else closed.delete(nameOf(action, of));
}
