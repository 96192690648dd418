import type { Attachment } from 'svelte/attachments';
import type * as Y from 'yjs';
import { loadIdentifierCheck, presentIdentifierCheck } from './identifier-check.svelte.ts';
import { applyEdit, diff, type Edit, limit, mapOffset, rebase } from './text-edit.ts';

type Field = HTMLInputElement | HTMLTextAreaElement;

export interface SharedTextOptions {
	/** The most UTF-16 units that may be typed in. */
	max: number;
	/** Marks the edits as this page's own, for the undo. */
	origin: unknown;
	/** The field's own undo knows nothing of others' edits, so the keys for it are handed on. */
	undo?: () => void;
	redo?: () => void;
	/**
	 * Whether an edit has just been stopped, since it would have completed what points to one
	 * person; past at the next key.
	 */
	ontold: (stopped: boolean) => void;
}

/**
 * `{@attach sharedText(title, { max, origin })}`: what stands in the field and in the document
 * are one and the same.
 */
export function sharedText(text: Y.Text, options: SharedTextOptions): Attachment<Field> {
	return (field) => {
		/** The text that the field's content was last in step with. */
		let seen = text.toString();
		let composing = false;
		let writing = false;
		field.value = seen;
		field.maxLength = options.max;
		field.readOnly = true;
		void loadIdentifierCheck().then(() => (field.readOnly = false));

		const takeInput = () => {
			if (composing) return;
			const now = text.toString();
			const typed = diff(seen, field.value, field.selectionEnd ?? undefined);
			// While an input method composes, others go on writing: ours is moved to where it belongs
			// by now.
			const ours = typed && rebase(typed, diff(seen, now));
			const fitting = limit(ours, now.length, options.max);
			const stopped = fitting !== null && completes(now, fitting);
			const edit = stopped ? null : fitting;
			writing = true;
			applyEdit(text, edit, options.origin);
			writing = false;
			options.ontold(stopped);
			seen = text.toString();
			if (field.value === seen) return;
			// Shortened, stopped, or moved by what others wrote meanwhile.
			const caret = edit ? edit.at + edit.insert.length : (ours?.at ?? seen.length);
			field.value = seen;
			if (isFocused(field)) field.setSelectionRange(caret, caret);
		};

		const takeChange = (event: Y.YTextEvent) => {
			if (composing || writing) return;
			const { selectionStart, selectionEnd, selectionDirection } = field;
			seen = text.toString();
			if (field.value === seen) return;
			field.value = seen;
			if (!isFocused(field) || selectionStart === null || selectionEnd === null) return;
			field.setSelectionRange(
				mapOffset(selectionStart, event.delta),
				mapOffset(selectionEnd, event.delta),
				selectionDirection ?? 'none'
			);
		};

		const startComposing = () => (composing = true);
		const stopComposing = () => {
			composing = false;
			takeInput();
		};
		const takeKey = (event: KeyboardEvent) => {
			options.ontold(false);
			const key = event.key.toLowerCase();
			if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== 'z' && key !== 'y')) return;
			const verb = key === 'y' || event.shiftKey ? options.redo : options.undo;
			if (!verb) return;
			event.preventDefault();
			verb();
		};

		const listening = new AbortController();
		const { signal } = listening;
		const target: HTMLElement = field;
		target.addEventListener('input', takeInput, { signal });
		target.addEventListener('compositionstart', startComposing, { signal });
		target.addEventListener('compositionend', stopComposing, { signal });
		target.addEventListener('keydown', takeKey, { signal });
		text.observe(takeChange);
		return () => {
			listening.abort();
			text.unobserve(takeChange);
		};
	};
}

function completes(text: string, { at, remove, insert }: Edit): boolean {
	const edited = text.slice(0, at) + insert + text.slice(at + remove);
	return presentIdentifierCheck()?.([text], [edited], insert === '') ?? true;
}

/** Setting a selection in a field that is not focused would move the focus in some browsers. */
function isFocused(field: Field): boolean {
	return field.ownerDocument.activeElement === field;
}
