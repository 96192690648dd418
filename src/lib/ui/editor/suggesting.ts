import { Extension } from '@tiptap/core';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { findMatch, type Trigger } from './triggers.ts';

export interface Suggestion {
	trigger: Trigger;
	query: string;
	/** The range in the document that a choice takes the place of. */
	from: number;
	to: number;
}

export interface SuggestionListener {
	show(suggestion: Suggestion | null): void;
	/** A key while something is offered; true when it has been dealt with. */
	key(event: KeyboardEvent): boolean;
}

interface Offer {
	current: Suggestion | null;
	/** Where one was turned down; not offered again there. */
	turnedDown: number | null;
}

const offerKey = new PluginKey<Offer>('suggesting');

/**
 * Offers something while `@`, `S-` or `/` is being typed. What is offered, and how it looks, is
 * the listener's business.
 */
export function suggesting(listener: SuggestionListener) {
	return Extension.create({
		name: 'suggesting',
		priority: 1100,
		addProseMirrorPlugins() {
			return [suggestingPlugin(listener)];
		}
	});
}

function suggestingPlugin(listener: SuggestionListener): Plugin<Offer> {
	return new Plugin<Offer>({
		key: offerKey,
		state: {
			init: () => ({ current: null, turnedDown: null }),
			apply: (transaction, offer, _before, state) => nextOffer(transaction, offer, state)
		},
		props: {
			handleKeyDown(view, event) {
				if (view.composing || !offerKey.getState(view.state)?.current) return false;
				if (event.key !== 'Escape') return listener.key(event);
				view.dispatch(view.state.tr.setMeta(offerKey, 'turn down'));
				return true;
			},
			handleDOMEvents: {
				blur(view) {
					// Later: an editor that is taken out of the page is blurred in the middle of Svelte's
					// own work.
					queueMicrotask(() => {
						if (!view.isDestroyed && offerKey.getState(view.state)?.current)
							view.dispatch(view.state.tr.setMeta(offerKey, 'turn down'));
					});
					return false;
				}
			}
		},
		view: () => ({
			update(view, before) {
				const current = offerKey.getState(view.state)?.current ?? null;
				if (!isSame(current, offerKey.getState(before)?.current ?? null)) listener.show(current);
			},
			destroy: () => listener.show(null)
		})
	});
}

/** Only typing brings an offer; moving the caret to an old `@` does not. */
function nextOffer(transaction: Transaction, offer: Offer, state: EditorState): Offer {
	if (transaction.getMeta(offerKey) === 'turn down') {
		return { current: null, turnedDown: offer.current?.from ?? null };
	}
	const byOthers = transaction.getMeta(ySyncPluginKey)?.isChangeOrigin === true;
	const typed = transaction.docChanged && !byOthers;
	const turnedDown =
		offer.turnedDown === null ? null : transaction.mapping.map(offer.turnedDown, -1);
	if (!offer.current && !typed) return { current: null, turnedDown };
	const found = suggestionAt(state);
	return found && found.from !== turnedDown
		? { current: found, turnedDown: null }
		: { current: null, turnedDown: found ? turnedDown : null };
}

function suggestionAt(state: EditorState): Suggestion | null {
	const { $from, empty } = state.selection;
	if (!empty || !$from.parent.isTextblock) return null;
	// A mention is one position: one character must stand for it.
	const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc');
	const match = findMatch(before);
	if (!match) return null;
	return {
		trigger: match.trigger,
		query: match.query,
		from: $from.pos - match.length,
		to: $from.pos
	};
}

function isSame(a: Suggestion | null, b: Suggestion | null): boolean {
	return a === b || (a !== null && b !== null && a.from === b.from && a.query === b.query);
}
