import * as Y from 'yjs';
import {
	addItem,
	agendaItems,
	changeItem,
	type ItemChange,
	moveItem,
	nestItem,
	type NewItem,
	readAll,
	titleOf
} from '#lib/domain/agenda.ts';
import {
	type AgendaItem,
	schedule,
	type ScheduledItem,
	totalMinutes
} from '#lib/domain/schedule.ts';
import { applyEdit, diff } from './text-edit.ts';

type Line = AgendaItem & { removed: boolean };

/**
 * The agenda as the page sees it. Everything done through it can be undone, by the one who did it
 * only; give `origin` to what binds a title to a field, so that typing is undone with the rest.
 */
export class LiveAgenda {
	readonly doc: Y.Doc;
	/** Marks the edits of this page. */
	readonly origin = { agenda: 'local' };
	/** The meeting's start, minutes after midnight. */
	starts = $state(0);
	#all: Line[] = $state.raw([]);
	#canUndo = $state(false);
	#canRedo = $state(false);
	readonly #undo: Y.UndoManager;

	readonly items: AgendaItem[] = $derived(this.#all.filter((item) => !item.removed));
	/** What has been taken away, for «undo». */
	readonly removed: AgendaItem[] = $derived(this.#all.filter((item) => item.removed));
	/** The items with start times, in reading order. */
	readonly lines: ScheduledItem[] = $derived(schedule(this.items, this.starts));
	readonly total: number = $derived(totalMinutes(this.lines));

	constructor(doc: Y.Doc, starts = 0) {
		this.doc = doc;
		this.starts = starts;
		this.#undo = new Y.UndoManager(agendaItems(doc), {
			trackedOrigins: new Set([this.origin]),
			captureTimeout: 500,
			// A field gets its former value back, which puts an end to the later one. Where another's
			// change stands in the way
			// of that, deleting would leave the field without any, and the server refuses such an item.
			deleteFilter: (item) => item.parentSub === null
		});
		for (const name of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) {
			this.#undo.on(name, this.#readStacks);
		}
		agendaItems(doc).observeDeep(this.#read);
		this.#all = readAll(doc);
	}

	get canUndo(): boolean {
		return this.#canUndo;
	}

	get canRedo(): boolean {
		return this.#canRedo;
	}

	/**
	 * Adds an item and returns its id. It comes into being removed, outside the undo, and is then
	 * brought forth: undoing sets a flag and so keeps what somebody else has meanwhile typed into
	 * it.
	 */
	add(item: Omit<NewItem, 'id'> & { id?: string }): string {
		const id = item.id ?? crypto.randomUUID();
		this.#verb(() => {
			this.doc.transact(() => {
				addItem(this.doc, { ...item, id });
				changeItem(this.doc, id, { removed: true });
			}, this);
			changeItem(this.doc, id, { removed: false }, this.origin);
		});
		return id;
	}

	/** Sets the title by the smallest edit that makes it so. */
	rename(id: string, title: string): void {
		const text = titleOf(this.doc, id);
		if (!text) return;
		applyEdit(text, diff(text.toString(), title), this.origin);
	}

	change(id: string, change: Omit<ItemChange, 'removed'>): void {
		changeItem(this.doc, id, change, this.origin);
	}

	changeMinutes(id: string, minutes: number): void {
		const whole = Math.max(0, Math.min(600, Math.round(minutes)));
		if (Number.isFinite(whole)) this.change(id, { minutes: whole });
	}

	/** Takes an item away, with those that stand under it. Returns them all, for restore. */
	remove(id: string): string[] {
		const gone = [id, ...this.items.filter((item) => item.parent === id).map((item) => item.id)];
		this.#flag(gone, true);
		return gone;
	}

	restore(ids: string[]): void {
		this.#flag(ids, false);
	}

	move(id: string, direction: -1 | 1): boolean {
		return this.#verb(() => moveItem(this.doc, id, direction, this.origin));
	}

	/** Puts the item under a section, or at the top when `parent` is null. */
	nest(id: string, parent: string | null): boolean {
		return this.#verb(() => nestItem(this.doc, id, parent, this.origin));
	}

	undo(): boolean {
		return this.#undo.undo() !== null;
	}

	redo(): boolean {
		return this.#undo.redo() !== null;
	}

	destroy(): void {
		agendaItems(this.doc).unobserveDeep(this.#read);
		this.#undo.destroy();
	}

	#flag(ids: string[], removed: boolean): void {
		this.#verb(() =>
			this.doc.transact(() => {
				for (const id of ids) changeItem(this.doc, id, { removed }, this.origin);
			}, this.origin)
		);
	}

	/** A command is undone by itself, not together with what was typed right before or after it. */
	#verb<T>(act: () => T): T {
		this.#undo.stopCapturing();
		const result = act();
		this.#undo.stopCapturing();
		return result;
	}

	#read = (events: Y.YEvent<Y.AbstractType<unknown>>[]): void => {
		if (events.every(isInText)) return;
		this.#all = readAll(this.doc);
	};

	#readStacks = (): void => {
		this.#canUndo = this.#undo.canUndo();
		this.#canRedo = this.#undo.canRedo();
	};
}

/** Typing in the minutes of an item changes nothing in the list. */
function isInText(event: Y.YEvent<Y.AbstractType<unknown>>): boolean {
	return event.path.length >= 2 && event.path[1] === 'text';
}
