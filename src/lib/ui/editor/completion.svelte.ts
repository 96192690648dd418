import type { Editor } from '@tiptap/core';
import type { Mentionable } from './mentions.ts';
import type { Suggestion, SuggestionListener } from './suggesting.ts';
import type { Choice } from './Suggestions.svelte';
import { matching } from './triggers.ts';

/** Something that `/` offers. It runs when what was typed to find it is gone. */
export interface Command {
	name: string;
	label: string;
	hint?: string;
	run: (editor: Editor) => void;
}

export interface CompletionSource {
	mentionables: () => Mentionable[];
	commands: () => Command[];
}

type Offered = Choice & { pick: (editor: Editor, suggestion: Suggestion) => void };

/** What is being offered while one types, which of it is marked, and what choosing it does. */
export class Completion implements SuggestionListener {
	readonly #editor: () => Editor | null;
	readonly #source: CompletionSource;
	#suggestion: Suggestion | null = $state.raw(null);
	#marked = $state(0);

	readonly choices: Offered[] = $derived.by(() => this.#choices());

	constructor(editor: () => Editor | null, source: CompletionSource) {
		this.#editor = editor;
		this.#source = source;
	}

	get trigger() {
		return this.#suggestion?.trigger ?? null;
	}

	get active(): number {
		return Math.min(this.#marked, this.choices.length - 1);
	}

	get isOpen(): boolean {
		return this.choices.length > 0;
	}

	/** Where the text being completed stands in the window. */
	get anchor(): { left: number; top: number; bottom: number } {
		const { left, top, bottom } = this.#editor()!.view.coordsAtPos(this.#suggestion!.from);
		return { left, top, bottom };
	}

	show(suggestion: Suggestion | null): void {
		this.#suggestion = suggestion;
		this.#marked = 0;
	}

	key(event: KeyboardEvent): boolean {
		const { length } = this.choices;
		if (length === 0 || event.ctrlKey || event.metaKey || event.altKey) return false;
		switch (event.key) {
			case 'ArrowDown':
				this.#marked = (this.active + 1) % length;
				return true;
			case 'ArrowUp':
				this.#marked = (this.active + length - 1) % length;
				return true;
			case 'Enter':
			case 'Tab':
				if (event.shiftKey) return false;
				this.pick(this.active);
				return true;
			default:
				return false;
		}
	}

	pick(place: number): void {
		const editor = this.#editor();
		const suggestion = this.#suggestion;
		if (editor && suggestion) this.choices[place]?.pick(editor, suggestion);
	}

	#choices(): Offered[] {
		const suggestion = this.#suggestion;
		if (!suggestion) return [];
		if (suggestion.trigger === '/') {
			return matching(this.#source.commands(), suggestion.query).map(offerCommand);
		}
		const wanted = (one: Mentionable) => (one.kind === 'case') === (suggestion.trigger === 'S-');
		return matching(this.#source.mentionables().filter(wanted), suggestion.query).map(offerMention);
	}
}

function offerCommand({ name, label, hint, run }: Command): Offered {
	return {
		key: name,
		label,
		...(hint === undefined ? {} : { hint }),
		pick: (editor, range) => {
			editor.chain().focus().deleteRange(range).run();
			run(editor);
		}
	};
}

function offerMention({ kind, id, label, hint }: Mentionable): Offered {
	return {
		key: `${kind}:${id}`,
		label,
		...(hint === undefined ? {} : { hint }),
		pick: (editor, range) => {
			const reference = { type: 'mention', attrs: { kind, id } };
			const blank = { type: 'text', text: ' ' };
			editor.chain().focus().insertContentAt(range, [reference, blank]).run();
		}
	};
}
