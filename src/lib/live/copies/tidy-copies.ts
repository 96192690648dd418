import { formatRoomName } from '#lib/domain/document.ts';
import { Rescue } from '#lib/live/unsaved/rescue.ts';
import * as copies from './copies.ts';

/**
 * When a person comes to Samråd in this browser: what others have left here goes, and so do
 * copies of documents that this person may read no longer or that something has been erased in
 * since. Words in them that were never stored go to the unsaved words.
 */
export async function tidy(person: string): Promise<void> {
	const found = await copies.all();
	for (const other of found) if (other.person !== person) void copies.remove(other);
	const own = found.filter((copy) => copy.person === person);
	const standing = own.length > 0 ? await ask(own) : null;
	if (!standing) return;
	for (const copy of own) {
		const cause = standing[formatRoomName(copy.document, copy.epoch)];
		if (cause === 'erased' || cause === 'no_access') await drop(copy, cause);
	}
}

async function drop(copy: copies.CopyName, cause: 'erased' | 'no_access'): Promise<void> {
	const held = await copies.peek(copy);
	if (!held) return;
	const { doc, edits, label } = held;
	const rescue = new Rescue({ person: copy.person, label }, false);
	rescue.setAside({ doc, edits, cause, done: () => void copies.remove(copy) });
	await rescue.reckon(null);
}

/** How it stands with the documents, by room; null when the server does not answer. */
async function ask(own: copies.CopyName[]): Promise<Record<string, unknown> | null> {
	const rooms = own.map(({ document, epoch }) => formatRoomName(document, epoch));
	try {
		const answer = await fetch('/copies', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(rooms)
		});
		return answer.ok ? ((await answer.json()) as Record<string, unknown>) : null;
	} catch {
		return null;
	}
}
