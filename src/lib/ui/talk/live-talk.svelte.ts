import * as Y from 'yjs';
import {
	aboutOf,
	abstractOf,
	readTalk,
	setTalkMinutes,
	talkTextOf,
	type TalkWords
} from '#lib/domain/talk.ts';
import { LiveDocument } from '#lib/live/document/connection.svelte.ts';

/** The words of a talk as one page holds them. */
export class LiveTalk {
	readonly document: LiveDocument;
	/** Marks the edits of this page. */
	readonly origin = { talk: 'local' };
	/** Null until they are here. */
	words: TalkWords | null = $state.raw(null);
	#title: Y.Text | null = $state.raw(null);
	#wishes: Y.Text | null = $state.raw(null);
	#abstract: Y.XmlFragment = $state.raw()!;
	#undo!: Y.UndoManager;

	/** Of a page of this person's; the browser keeps a copy when `keep`. */
	constructor(
		talk: string,
		epoch: number,
		readOnly: boolean,
		{ me, label, keep }: { me: string | null; label: string; keep: boolean }
	) {
		this.document = new LiveDocument({ kind: 'talk', id: talk }, epoch, {
			...(me === null ? {} : { owner: { person: me, label }, keep }),
			readOnly,
			onrenew: () => {
				this.#undo.destroy();
				this.#bind();
			}
		});
		this.#bind();
	}

	/** The title as shared text; null until it is here. */
	get title(): Y.Text | null {
		return this.#title;
	}

	get wishes(): Y.Text | null {
		return this.#wishes;
	}

	get abstract(): Y.XmlFragment {
		return this.#abstract;
	}

	changeMinutes(minutes: number): void {
		setTalkMinutes(this.document.doc, minutes, this.origin);
	}

	undo(): void {
		this.#undo.undo();
	}

	redo(): void {
		this.#undo.redo();
	}

	destroy(): void {
		this.#undo.destroy();
		this.document.destroy();
	}

	#bind(): void {
		const { doc } = this.document;
		this.#undo = new Y.UndoManager(aboutOf(doc), {
			trackedOrigins: new Set([this.origin]),
			// A length gets its former value back; deleting it would leave the talk without any, which
			// the server refuses.
			deleteFilter: (item) => item.parentSub === null
		});
		this.#abstract = abstractOf(doc);
		[this.#title, this.#wishes, this.words] = [null, null, null];
		aboutOf(doc).observeDeep(() => this.#read(doc));
	}

	#read(doc: Y.Doc): void {
		const title = talkTextOf(doc, 'title');
		if (!title) return;
		[this.#title, this.#wishes, this.words] = [title, talkTextOf(doc, 'wishes'), readTalk(doc)];
	}
}
