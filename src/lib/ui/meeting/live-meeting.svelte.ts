import { SvelteMap } from 'svelte/reactivity';
import { caseTextOf, textOf } from '#lib/domain/agenda.ts';
import { LiveAgenda } from '#lib/live/agenda.svelte.ts';
import { LiveDocument, type Saved } from '#lib/live/connection.svelte.ts';
import { Presence } from '#lib/live/presence.svelte.ts';

interface Opened {
	document: LiveDocument;
	presence: Presence;
}

/** A meeting as one page holds it: the agenda's document, and those of the case items that have been visited. */
export class LiveMeeting {
	/** The meeting's. */
	readonly id: string;
	readonly document: LiveDocument;
	readonly #starts: number;
	readonly #readOnly: boolean;
	readonly #me: string | null;
	/** Bound to the document that is open now: a reopened one brings new ones. */
	agenda: LiveAgenda = $state.raw()!;
	presence: Presence = $state.raw()!;
	readonly #cases = new SvelteMap<string, Opened>();

	/** The worst of all: «saved» only when everything is. */
	readonly saved: Saved = $derived.by(() =>
		worst([this.document.saved, ...[...this.#cases.values()].map(({ document }) => document.saved)])
	);

	constructor(
		meeting: string,
		epoch: number,
		options: { starts: number; readOnly: boolean; me: string | null }
	) {
		this.id = meeting;
		this.#starts = options.starts;
		this.#readOnly = options.readOnly;
		this.#me = options.me;
		this.document = new LiveDocument({ kind: 'agenda', id: meeting }, epoch, options);
		this.#bind();
	}

	get readOnly(): boolean {
		return this.#readOnly;
	}

	/** Opens the document of a case item, unless it is open already. */
	visit(item: string, epoch: number, writes: boolean): void {
		const known = this.#cases.get(item);
		if (known) known.document.readOnly = !writes;
		if (known) return;
		const document = new LiveDocument({ kind: 'item', id: item }, epoch, { readOnly: !writes });
		this.#cases.set(item, { document, presence: new Presence(document.awareness, this.#me) });
	}

	/** What somebody writes in an item: its text, and the connection it goes over. Null while that is not open. */
	textOf(item: string, isCase: boolean) {
		if (!isCase) {
			const fragment = textOf(this.document.doc, item);
			return fragment && { document: this.document, presence: this.presence, fragment };
		}
		const opened = this.#cases.get(item);
		return opened ? { ...opened, fragment: caseTextOf(opened.document.doc) } : null;
	}

	/** Lets go of the case items that this person may not see any more. */
	keepOnly(visible: ReadonlySet<string>): void {
		for (const [item, opened] of this.#cases) if (!visible.has(item)) this.#closeCase(item, opened);
	}

	/** Throws away what the server refuses and opens anew. */
	reopen(item: string): void {
		const opened = this.#cases.get(item);
		if (opened?.document.poisoned) {
			opened.presence.destroy();
			opened.document.reopen();
			const { document } = opened;
			this.#cases.set(item, { document, presence: new Presence(document.awareness, this.#me) });
		}
		if (!this.document.poisoned) return;
		this.agenda.destroy();
		this.presence.destroy();
		this.document.reopen();
		this.#bind();
	}

	destroy(): void {
		for (const [item, opened] of this.#cases) this.#closeCase(item, opened);
		this.agenda.destroy();
		this.presence.destroy();
		this.document.destroy();
	}

	#bind(): void {
		this.agenda = new LiveAgenda(this.document.doc, this.#starts);
		this.presence = new Presence(this.document.awareness, this.#me);
	}

	#closeCase(item: string, { document, presence }: Opened): void {
		this.#cases.delete(item);
		presence.destroy();
		document.destroy();
	}
}

const order: Saved['state'][] = [
	'saved',
	'opening',
	'sending',
	'offline',
	'not_saved',
	'no_access'
];

/** One line for several documents: the worst state, with everything that waits counted together. */
export function worst(all: Saved[]): Saved {
	const waiting = all.reduce((sum, saved) => sum + ('waiting' in saved ? saved.waiting : 0), 0);
	const [first = { state: 'saved' as const }] = [...all].sort(
		(a, b) => order.indexOf(b.state) - order.indexOf(a.state)
	);
	return 'waiting' in first ? { ...first, waiting } : first;
}
