import { Extension } from '@tiptap/core';
import {
	defaultDeleteFilter,
	redo,
	undo,
	yCursorPlugin,
	ySyncPlugin,
	ySyncPluginKey,
	yUndoPlugin
} from '@tiptap/y-tiptap';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { readColour } from '#lib/live/document/presence.svelte.ts';

/**
 * y-tiptap destroys the manager with the view; this one only lets go of the view, and lives as
 * long as the document.
 */
class LastingUndoManager extends Y.UndoManager {
	override destroy(): void {
		this._observers = new Map();
	}
}

/**
 * An undo leaves standing what somebody else has meanwhile written in; y-tiptap says so of
 * paragraphs only.
 */
const kept = new Set(['paragraph', 'heading', 'listItem', 'bulletList', 'orderedList']);

const managers = new WeakMap<Y.XmlFragment, Y.UndoManager>();

/**
 * One for each text: leaving an item and coming back keeps what can be undone. Only what is typed
 * here is in it.
 */
export function undoManagerOf(fragment: Y.XmlFragment): Y.UndoManager {
	const known = managers.get(fragment);
	if (known) return known;
	const manager = new LastingUndoManager(fragment, {
		trackedOrigins: new Set([ySyncPluginKey]),
		// Without its level a heading is none, so attributes go with their element only.
		deleteFilter: (item) => item.parentSub === null && defaultDeleteFilter(item, kept),
		captureTransaction: (transaction) => transaction.meta.get('addToHistory') !== false
	});
	managers.set(fragment, manager);
	return manager;
}

/**
 * The text of the editor is the fragment's. In place of Tiptap's extension, which revives a
 * destroyed manager's old listeners.
 */
export function sharedFragment(fragment: Y.XmlFragment) {
	return Extension.create({
		name: 'sharedFragment',
		priority: 1000,
		addKeyboardShortcuts() {
			const back = () => undo(this.editor.state) || true;
			const forth = () => redo(this.editor.state) || true;
			return { 'Mod-z': back, 'Mod-y': forth, 'Shift-Mod-z': forth };
		},
		addProseMirrorPlugins() {
			return [ySyncPlugin(fragment), yUndoPlugin({ undoManager: undoManagerOf(fragment) })];
		}
	});
}

/**
 * Where the others write, with their names. The server vouches for these, so nothing is told of
 * oneself but the place.
 */
export function carets(awareness: Awareness) {
	return Extension.create({
		name: 'carets',
		priority: 999,
		addProseMirrorPlugins() {
			return [yCursorPlugin(awareness, { cursorBuilder: caret, selectionBuilder: selection })];
		}
	});
}

interface Writer {
	name?: unknown;
	colour?: unknown;
}

function caret(writer: Writer): HTMLElement {
	const mark = document.createElement('span');
	mark.className = 'caret';
	// A screen reader reading the text should not meet names in the middle of words.
	mark.setAttribute('aria-hidden', 'true');
	const colour = readColour(writer.colour);
	if (colour) mark.style.setProperty('--writer', colour);
	const name = document.createElement('span');
	name.className = 'caret-name';
	name.textContent = typeof writer.name === 'string' ? writer.name : '';
	mark.append(name);
	return mark;
}

function selection(writer: Writer) {
	const colour = readColour(writer.colour);
	// ProseMirror sets this through style.cssText, which the content security policy allows.
	return { class: 'others-selection', ...(colour ? { style: `--writer: ${colour}` } : {}) };
}
