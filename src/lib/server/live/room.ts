import * as Y from 'yjs';
import { type DocumentName, formatDocumentName } from '#lib/domain/document.ts';
import { Close, type CloseCode } from '#lib/domain/wire.ts';
import { Copy, merge } from './copy.ts';
import type { Access, DocumentHandler } from './document-kinds.ts';
import { fault } from './faults.ts';
import * as frames from './frames.ts';
import * as meters from './meters.ts';
import { PeerSync } from './peer-sync.ts';
import { Presence, type Speaker } from './presence.ts';
import { Rejection } from './rejection.ts';
import type { TurnBudget } from './turn-budget.ts';

/** A connection, as its room sees it. */
export interface Peer extends Speaker {
	access: Access;
	/** It has been told to go: what it sent and has not been taken in, is not. */
	readonly cut: boolean;
	send(frame: Uint8Array): void;
	close(code: CloseCode): void;
	/**
	 * What it sent has taken so many milliseconds: it is closed when that is more than one may
	 * take.
	 */
	charge?(milliseconds: number): void;
}

interface Parcel {
	peer: Peer;
	update: Uint8Array;
	cost: number;
	answers: boolean;
}

/** What a peer sent and waits for the end of the turn. */
type Errand = Parcel | { peer: Peer; ack: number; at: number };

/**
 * Client ids that one update may write with: one for each time that somebody has opened the page
 * without a net.
 */
const mostWriters = 200;

/**
 * A document and those who are in it. What peers send waits in a queue; once a turn `digest`
 * takes it into the copy, `store` puts it on the disk and `publish` tells everybody. Nothing
 * leaves the room before it is on the disk.
 */
export class Room {
	readonly name: DocumentName;
	readonly id: string;
	readonly #handler: DocumentHandler;
	#copy: Copy | null = null;
	readonly #peers = new Map<Peer, PeerSync>();
	readonly #presence = new Presence();
	#queue: Errand[] = [];
	/** Those whose updates this turn brings. */
	readonly #senders = new Set<Peer>();
	/** Stored, and to be sent when the commit is done. */
	#outbox: Uint8Array[] = [];
	/** Whether the outbox holds writing of the server's own. */
	#own = false;
	/** `at`: since when it waits; of one that waited for a hole to be filled, unknown. */
	#acks: { peer: Peer; number: number; at?: number }[] = [];
	/** Peers to be asked for what they have that we lack. */
	readonly #ask = new Set<Peer>();
	/** Whether a peer has been here; if not, it was the server alone that wrote. */
	hasBeenVisited = false;

	constructor(name: DocumentName, handler: DocumentHandler) {
		this.name = name;
		this.id = formatDocumentName(name);
		this.#handler = handler;
	}

	/**
	 * The document in memory, read from the log when need be. Throws when it is damaged or the
	 * database does not answer.
	 */
	get copy(): Copy {
		return (this.#copy ??= new Copy(this.name, this.#handler));
	}

	/** Throws away what is in memory and not on the disk. */
	discard(): void {
		this.#copy?.doc.destroy();
		this.#copy = null;
	}

	/** What was stored has been rolled back: nobody is to hear of it. */
	abandon(): void {
		this.discard();
		this.#outbox = [];
		this.#own = false;
	}

	get isEmpty(): boolean {
		return this.#peers.size === 0 && this.#queue.length === 0;
	}

	/** Something that peers sent could not be taken in yet. */
	get hasQueue(): boolean {
		return this.#queue.length > 0;
	}

	/** How many sockets are in it. */
	get size(): number {
		return this.#peers.size;
	}

	/** Ids of those who are in, each once. */
	get persons(): string[] {
		return [...new Set([...this.#peers.keys()].map((peer) => peer.person))];
	}

	get hasFresh(): boolean {
		return this.#copy?.hasFresh ?? false;
	}

	/** Lets a peer in: it is told who is here and asked for what it has. Throws as `copy` does. */
	join(peer: Peer): void {
		const vector = Y.encodeStateVector(this.copy.doc);
		this.#peers.set(peer, new PeerSync());
		this.hasBeenVisited = true;
		peer.send(frames.stepOne(vector));
		this.tellPresence(peer);
	}

	/** What it sent before it went is still taken in, unless it was cut. */
	leave(peer: Peer): void {
		this.#peers.delete(peer);
		this.#presence.leave(peer);
	}

	/**
	 * Answers a step 1 with what the peer lacks. The copy holds nothing between turns that is not
	 * on the disk.
	 */
	answer(peer: Peer, vector: Uint8Array): void {
		let missing: Uint8Array;
		try {
			missing = Y.encodeStateAsUpdate(this.copy.doc, vector);
		} catch (cause) {
			throw new Rejection(Close.malformed, cause);
		}
		const peerSync = this.#peers.get(peer);
		if (peerSync) peerSync.follows = true;
		peer.send(frames.stepTwo(missing));
	}

	/**
	 * `answers`: it is a step 2, with everything that the peer has and we lacked. `burden`: what it
	 * will cost (burden.ts).
	 */
	receive(peer: Peer, update: Uint8Array, answers: boolean, cost = 0): void {
		this.#queue.push({ peer, update, cost, answers });
	}

	acknowledge(peer: Peer, ack: number): void {
		this.#queue.push({ peer, ack, at: performance.now() });
	}

	present(peer: Peer, message: Uint8Array): void {
		this.#presence.take(peer, message, (client) => {
			const author = this.copy.authorOf(client);
			return author !== undefined && author !== peer.person;
		});
	}

	tellPresence(peer: Peer): void {
		const frame = this.#presence.all();
		if (frame) peer.send(frame);
	}

	/** Its right has changed. Whoever may write again is asked for what was dropped meanwhile. */
	allow(peer: Peer, access: Access): void {
		if (access === 'write' && peer.access === 'read') this.#reopen(peer);
		peer.access = access;
	}

	/**
	 * Takes the queue into the copy, in the order in which it came: as much of it as the turn has
	 * time for. A peer that is refused is closed; the others lose nothing. False when nothing was
	 * taken of what waits.
	 */
	digest(turn: TurnBudget): boolean {
		const queue = this.#queue;
		this.#queue = [];
		for (const [index, errand] of queue.entries()) {
			if (errand.peer.cut) continue;
			if ('ack' in errand) this.#noteAck(errand.peer, errand.ack, errand.at);
			else if (!turn.has(errand.cost)) {
				this.#queue = queue.slice(index);
				return index > 0;
			} else if (!this.#takeOrClose(errand)) return true;
		}
		return true;
	}

	/** In the caller's SQL transaction: the log and the projection. */
	store(): void {
		this.#outbox.push(...this.copy.store().map(({ bytes }) => bytes));
	}

	/**
	 * The server's own writing, in the caller's SQL transaction. Passes on what `work` and the
	 * shape's check throw.
	 */
	write<Result>(person: string | null, work: (doc: Y.Doc) => Result): Result {
		try {
			const result = this.copy.write(person, work);
			this.store();
			this.#own = true;
			meters.totals.edits++;
			return result;
		} catch (error) {
			this.discard();
			throw error;
		}
	}

	/**
	 * The server's own writing, after which the document goes on without its past; as `write`.
	 * Nobody is told: they are to go.
	 */
	renew<Result>(person: string | null, work: (doc: Y.Doc) => Result): Result {
		try {
			const result = this.copy.write(person, work);
			this.copy.renew();
			return result;
		} finally {
			this.discard();
		}
	}

	/** Puts one state in the place of the log: when it is long, or `always`. */
	compact(always: boolean): void {
		this.#copy?.compact(always);
	}

	/**
	 * The commit is done: everybody is told, each sender gets its acks, and nothing is left of the
	 * turn.
	 */
	publish(): void {
		const update = this.#outbox.length > 0 ? frames.update(merge(this.#outbox)) : null;
		const acks = this.#takeAcks();
		if (update) this.#broadcast(update, acks, this.#sender());
		for (const [peer, due] of acks) peer.send(frames.together(due));
		for (const { at } of this.#acks)
			if (at !== undefined) meters.acks.observe(meters.secondsSince(at));
		const diff = this.#presence.takeNews();
		if (diff) this.#peers.forEach((_, peer) => peer !== diff.except && peer.send(diff.frame));
		for (const peer of this.#ask) peer.send(frames.stepOne(Y.encodeStateVector(this.copy.doc)));
		this.#endTurn();
	}

	/**
	 * The turn could not be stored: nothing of it has happened, and those who sent something are
	 * told with the code.
	 */
	refuse(code: CloseCode): void {
		const waiting = [...this.#senders, ...this.#ask, ...this.#acks.map(({ peer }) => peer)];
		this.abandon();
		this.#endTurn();
		new Set(waiting).forEach((peer) => peer.close(code));
	}

	closeAll(code: CloseCode): void {
		this.#queue = [];
		[...this.#peers.keys()].forEach((peer) => peer.close(code));
	}

	#endTurn(): void {
		this.#outbox = [];
		this.#own = false;
		this.#acks = [];
		this.#senders.clear();
		this.#ask.clear();
	}

	#sender(): Peer | null {
		const [first] = this.#senders;
		return this.#senders.size === 1 && !this.#own && first ? first : null;
	}

	/**
	 * One frame, built once. A lone sender need not hear its own words; of several each hears its
	 * own back, which is harmless, and its acks with them.
	 */
	#broadcast(frame: Uint8Array, acks: Map<Peer, Uint8Array[]>, except: Peer | null): void {
		for (const [peer, { follows }] of this.#peers) {
			if (!follows || peer === except) continue;
			const due = acks.get(peer);
			peer.send(due ? frames.together([frame, ...due]) : frame);
			if (due) acks.delete(peer);
		}
	}

	/** As frames, by who is to get them. */
	#takeAcks(): Map<Peer, Uint8Array[]> {
		const due = new Map<Peer, Uint8Array[]>();
		for (const { peer, number } of this.#acks) {
			const known = due.get(peer);
			if (known) known.push(frames.ack(number));
			else due.set(peer, [frames.ack(number)]);
		}
		return due;
	}

	/** False when the room itself has failed: then everybody in it has been closed. */
	#takeOrClose(parcel: Parcel): boolean {
		const { peer } = parcel;
		const began = performance.now();
		try {
			this.#take(parcel);
			peer.charge?.(performance.now() - began);
		} catch (error) {
			if (!(error instanceof Rejection)) return this.#fail(error);
			peer.close(error.code);
			if (this.#copy?.spoiled) return this.#rebuild(this.#copy);
		}
		return true;
	}

	#take({ peer, update, cost, answers }: Parcel): void {
		const diff = this.copy.inspect(update);
		const peerSync = this.#peers.get(peer);
		if (peer.access !== 'write') {
			if (!diff.empty) peerSync?.lose(false);
			return;
		}
		if (diff.writers.size > mostWriters) throw new Rejection(Close.tooLarge);
		for (const client of diff.writers) {
			if (this.#isForeign(peer, client)) throw new Rejection(Close.foreignClient);
		}
		if (diff.gap) return this.#noteHole(peer, answers);
		if (!diff.empty) {
			this.copy.take(update, diff, cost, peer.person);
			meters.totals.edits++;
			this.#senders.add(peer);
		}
		if (answers) for (const number of peerSync?.fill() ?? []) this.#acks.push({ peer, number });
	}

	/**
	 * Of somebody else: because they have written with it, or because they are here with it and
	 * have not written yet.
	 */
	#isForeign(peer: Peer, client: number): boolean {
		const author = this.copy.authorOf(client);
		const owner = author === undefined ? this.#presence.personOf(client) : author;
		return owner !== undefined && owner !== peer.person;
	}

	#noteAck(peer: Peer, number: number, at: number): void {
		if (this.#peers.get(peer)?.mayAck(number) ?? true) this.#acks.push({ peer, number, at });
	}

	#noteHole(peer: Peer, answers: boolean): void {
		const ask = this.#peers.get(peer)?.miss(answers);
		if (ask === null) throw new Rejection(Close.malformed);
		if (ask) this.#ask.add(peer);
	}

	#reopen(peer: Peer): void {
		this.#peers.get(peer)?.lose(true);
		peer.send(frames.stepOne(Y.encodeStateVector(this.copy.doc)));
	}

	/** Reads the log again and takes in anew what this turn had already brought. */
	#rebuild(spoiled: Copy): boolean {
		try {
			const copy = new Copy(this.name, this.#handler);
			copy.inherit(spoiled);
			this.#copy = copy;
			spoiled.doc.destroy();
			return true;
		} catch (error) {
			return this.#fail(error);
		}
	}

	#fail(error: unknown): false {
		fault('live.room', error, this.id);
		this.abandon();
		this.#endTurn();
		this.closeAll(Close.storageRefuses);
		return false;
	}
}
