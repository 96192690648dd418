import * as Y from 'yjs';
import { agendaItems } from '../../../src/lib/domain/agenda.ts';
import { draw } from './chance.ts';

export interface Edit {
	/** Milliseconds of the process' clock. */
	at: number;
	/** It has been sent at a time that is measured. */
	counts: boolean;
	acked: boolean;
	/** How many others have got it. */
	seen: number;
}

/** From one paragraph to the next, letters. */
const paragraphLength = 80;

/**
 * Somebody who writes paragraphs of their own in a document that they opened once. What the
 * others write they take no notice of, which makes them cheap; what they send is what an editor
 * sends: a letter, now and then one in another's place, now and then a new paragraph.
 */
export class Typist {
	readonly client: number;
	readonly edits: Edit[] = [];
	/**
	 * By clock of the Yjs client: the edit that it belongs to, so far as it is the edit's last one;
	 * else nothing.
	 */
	readonly endings: Edit[] = [];
	#doc = new Y.Doc();
	#item: number;
	#words: Y.XmlText | null = null;

	constructor(whole: Uint8Array, client: number, item: number) {
		Y.applyUpdate(this.#doc, whole);
		this.client = client;
		this.#doc.clientID = client;
		this.#item = item;
	}

	/** How far this client's edits reach, as a state vector says it. */
	get clock(): number {
		return Y.getState(this.#doc.store, this.client);
	}

	/** Writes something and returns it as it goes over the wire. */
	type(counts: boolean): Uint8Array {
		let made: Uint8Array | null = null;
		const hear = (bytes: Uint8Array) => (made = bytes);
		this.#doc.once('update', hear);
		this.#doc.transact(() => this.#write());
		const edit = { at: performance.now(), counts, acked: false, seen: 0 };
		this.edits.push(edit);
		this.endings[this.clock - 1] = edit;
		return made!;
	}

	#write(): void {
		if (!this.#words || this.#words.length >= paragraphLength) this.#words = this.#paragraph();
		const words = this.#words;
		if (words.length > 10 && draw(10) === 0) words.delete(words.length - 1, 1);
		words.insert(words.length, String.fromCharCode(97 + draw(26)));
	}

	#paragraph(): Y.XmlText {
		const all = [...agendaItems(this.#doc).keys()].sort();
		const fields = agendaItems(this.#doc).get(all[this.#item % all.length]!);
		const text = fields!.get('text') as Y.XmlFragment;
		const words = new Y.XmlText();
		const element = new Y.XmlElement('paragraph');
		element.insert(0, [words]);
		text.insert(text.length, [element]);
		return words;
	}
}
