import { SvelteMap } from 'svelte/reactivity';
import { caseTextOf, textOf } from '#lib/domain/agenda.ts';
import { LiveAgenda } from '#lib/live/document/agenda.svelte.ts';
import { LiveDocument, type Saved } from '#lib/live/document/connection.svelte.ts';
import { detached } from '#lib/live/document/detached-effect.svelte.ts';
import { loadIdentifierCheck } from '#lib/live/document/identifier-check.svelte.ts';
import { Presence } from '#lib/live/document/presence.svelte.ts';

interface Opened {
	document: LiveDocument;
	presence: Presence;
}

export interface MeetingOptions {
	starts: number;
	readOnly: boolean;
	/** Whose page it is; null for nobody's. */
	me: string | null;
	/** What the meeting is called. */
	label: string;
	/** Whether the browser keeps a copy of the agenda, and of the texts of cases. */
	keeps: { agenda: boolean; cases: boolean };
}

/**
 * A meeting as one page holds it: the agenda's document, and those of the case items that have
 * been visited.
 */
export class LiveMeeting {
	/** The meeting's. */
	readonly id: string;
	readonly document: LiveDocument;
	readonly #options: MeetingOptions;
	/** Bound to the document that is open now: a reopened one brings new ones. */
	agenda: LiveAgenda = $state.raw()!;
	presence: Presence = $state.raw()!;
	readonly #cases = new SvelteMap<string, Opened>();

	/** The worst of all: «saved» only when everything is. */
	readonly saved: Saved = $derived.by(() =>
		worst([this.document.saved, ...[...this.#cases.values()].map(({ document }) => document.saved)])
	);

	constructor(meeting: string, epoch: number, options: MeetingOptions) {
		this.id = meeting;
		this.#options = options;
		this.document = new LiveDocument({ kind: 'agenda', id: meeting }, epoch, {
			...this.#own(options.keeps.agenda),
			readOnly: options.readOnly,
			onrenew: () => {
				this.#unbind();
				this.#bind();
			}
		});
		this.#bind();
		// Asked for while the text itself is on its way.
		if (!options.readOnly) void loadIdentifierCheck();
	}

	get readOnly(): boolean {
		return this.document.readOnly;
	}

	/** What the server says of the agenda now. */
	follow(epoch: number, readOnly: boolean): void {
		this.document.follow(epoch, readOnly);
	}

	/**
	 * Opens the document of a case item, unless it is open already; then it follows what the server
	 * says of it now.
	 */
	visit(item: string, epoch: number, writes: boolean): void {
		const known = this.#cases.get(item);
		if (known) return known.document.follow(epoch, !writes);
		const document: LiveDocument = detached(
			() =>
				new LiveDocument({ kind: 'item', id: item }, epoch, {
					...this.#own(this.#options.keeps.cases),
					readOnly: !writes,
					onrenew: () => this.#hold(item, document)
				})
		);
		this.#hold(item, document);
	}

	/**
	 * What somebody writes in an item: its text, and the connection it goes over. Null while that
	 * is not open.
	 */
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

	destroy(): void {
		for (const [item, opened] of this.#cases) this.#closeCase(item, opened);
		this.#unbind();
		this.document.destroy();
	}

	#own(keep: boolean) {
		const { me, label } = this.#options;
		return me === null ? {} : { owner: { person: me, label }, keep };
	}

	#unbind(): void {
		this.agenda.destroy();
		this.presence.destroy();
	}

	#hold(item: string, document: LiveDocument): void {
		this.#cases.get(item)?.presence.destroy();
		const presence = detached(() => new Presence(document.awareness, this.#options.me));
		this.#cases.set(item, { document, presence });
	}

	#bind(): void {
		const { doc, awareness } = this.document;
		this.agenda = detached(() => new LiveAgenda(doc, this.#options.starts));
		this.presence = detached(() => new Presence(awareness, this.#options.me));
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
	if (first.state !== 'offline') return 'waiting' in first ? { ...first, waiting } : first;
	const isKept = (one: Saved) => !('waiting' in one) || one.waiting === 0 || 'kept' in one;
	return { state: 'offline', waiting, ...(waiting > 0 && all.every(isKept) ? { kept: true } : {}) };
}
