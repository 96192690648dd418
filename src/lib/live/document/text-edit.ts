import type * as Y from 'yjs';

/** One replacement in a text, in UTF-16 units: at `at`, `remove` units give way to `insert`. */
export interface Edit {
	at: number;
	remove: number;
	insert: string;
}

/** What observers of a Y.Text are told: runs that stay, come and go. */
export type Delta = { retain?: number; insert?: unknown; delete?: number }[];

/**
 * The smallest single replacement that turns `before` into `after`; null when there is nothing to
 * do.
 * `caret` is where the caret stands in `after`: in «aaa» it tells which of the letters is new.
 * Never cuts a surrogate pair, since Yjs replaces the halves by U+FFFD.
 */
export function diff(before: string, after: string, caret: number = after.length): Edit | null {
	if (before === after) return null;
	const shortest = Math.min(before.length, after.length);
	const behindCaret = Math.min(shortest, Math.max(0, after.length - caret));
	let suffix = 0;
	while (
		suffix < behindCaret &&
		before[before.length - 1 - suffix] === after[after.length - 1 - suffix]
	) {
		suffix++;
	}
	let prefix = 0;
	while (prefix < shortest - suffix && before[prefix] === after[prefix]) prefix++;
	// A caret that says nothing (a text set by script) leaves equal ends on both sides of it.
	while (
		suffix < shortest - prefix &&
		before[before.length - 1 - suffix] === after[after.length - 1 - suffix]
	) {
		suffix++;
	}
	if (cutsPair(before, prefix) || cutsPair(after, prefix)) prefix--;
	if (cutsPair(before, before.length - suffix) || cutsPair(after, after.length - suffix)) suffix--;
	return {
		at: prefix,
		remove: before.length - suffix - prefix,
		insert: after.slice(prefix, after.length - suffix)
	};
}

/** Shortens what is put in so that the text of `length` units stays within `max`. */
export function limit(edit: Edit | null, length: number, max: number): Edit | null {
	if (!edit) return null;
	const room = Math.max(0, max - (length - edit.remove));
	if (edit.insert.length <= room) return edit;
	const end = cutsPair(edit.insert, room) ? room - 1 : room;
	const insert = edit.insert.slice(0, end);
	return insert === '' && edit.remove === 0 ? null : { ...edit, insert };
}

/** The edit as it must be made when `other` has been made to the same text before it. */
export function rebase(edit: Edit, other: Edit | null): Edit {
	if (!other) return edit;
	const otherEnd = other.at + other.remove;
	const shift = other.insert.length - other.remove;
	if (other.at >= edit.at + edit.remove) return edit;
	if (otherEnd <= edit.at) return { ...edit, at: edit.at + shift };
	// They overlap: what both took away is gone already, and what the other put in stays, before
	// ours.
	const left = Math.max(0, other.at - edit.at);
	const right = Math.max(0, edit.at + edit.remove - otherEnd);
	if (left > 0) return { at: edit.at, remove: left, insert: edit.insert };
	return { at: other.at + other.insert.length, remove: right, insert: edit.insert };
}

/** Where an offset lands after the change; text put in exactly there comes behind it. */
export function mapOffset(offset: number, delta: Delta): number {
	let read = 0;
	let mapped = offset;
	for (const { retain, insert, delete: removed } of delta) {
		if (retain !== undefined) read += retain;
		// From here on everything lies behind the offset, counted in the text as it is now.
		if (read >= mapped) break;
		if (typeof insert === 'string') {
			mapped += insert.length;
			read += insert.length;
		} else if (removed !== undefined) {
			mapped -= Math.min(removed, mapped - read);
		}
	}
	return mapped;
}

export function applyEdit(text: Y.Text, edit: Edit | null, origin: unknown): void {
	if (!edit) return;
	const change = () => {
		if (edit.remove > 0) text.delete(edit.at, edit.remove);
		if (edit.insert !== '') text.insert(edit.at, edit.insert);
	};
	if (text.doc) text.doc.transact(change, origin);
	else change();
}

function cutsPair(text: string, at: number): boolean {
	if (at <= 0 || at >= text.length) return false;
	const before = text.charCodeAt(at - 1);
	const after = text.charCodeAt(at);
	return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
