import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import { draw } from './chance.ts';
import { dialects, type Heard } from './dialect.ts';
import { Samples } from './samples.ts';
import { openAll, Seat, type Target } from './seat.ts';
import { type Edit, Typist } from './typist.ts';

export interface CrowdPlan {
	documents: string[];
	/** Clients in each document. */
	clients: number;
	/** Of them, who type; in so many of the documents. */
	typists: number;
	active: number;
	/** Edits a second of each. */
	rate: number;
}

/** What one frame brings: whose edits. */
interface Brought {
	typist: Typist;
	edit: Edit;
}

/**
 * One document as the clients have it. Its clients share one copy: a frame that is new is applied
 * to it, and whoever gets the same bytes later is known to have the same. Five hundred copies
 * would measure this process and not the server.
 */
class Shared {
	readonly doc = new Y.Doc();
	readonly typists = new Map<number, Typist>();
	#known = new Map<string, Brought[]>();

	bring(bytes: Uint8Array, frame: Buffer): Brought[] {
		const key = frame.toString('latin1');
		let brought = this.#known.get(key);
		if (brought) return brought;
		if (this.#known.size > 2000) this.#known.clear();
		const update = bytes.slice();
		Y.applyUpdate(this.doc, update);
		brought = [];
		const { from, to } = Y.parseUpdateMeta(update);
		for (const [client, end] of to) {
			const typist = this.typists.get(client);
			if (!typist) continue;
			for (let clock = from.get(client) ?? 0; clock < end; clock++) {
				const edit = typist.endings[clock];
				if (edit) brought.push({ typist, edit });
			}
		}
		this.#known.set(key, brought);
		return brought;
	}
}

/** Clients in documents, some of whom type. */
export class Crowd {
	/** From the sender's send to each receiver's applied update. */
	readonly propagation = new Samples();
	/** From the sender's send to the server's word that it is stored. */
	readonly acknowledgement = new Samples();
	readonly typists: { typist: Typist; seat: Seat; waiting: Edit[] }[] = [];
	/** Deliveries of edits to others, all in all. */
	delivered = 0;
	readonly #plan: CrowdPlan;
	readonly #target: Target;
	readonly #seats: Seat[] = [];
	readonly #shared = new Map<string, Shared>();
	/** Counts the times that they have begun to type, and is odd while they do. */
	#turn = 0;
	#counts = false;

	constructor(target: Target, plan: CrowdPlan) {
		this.#target = target;
		this.#plan = plan;
	}

	/** Opens every document for every client. */
	async open(): Promise<void> {
		const { documents, clients, typists, active } = this.#plan;
		for (const document of documents) {
			this.#shared.set(document, new Shared());
			for (let index = 0; index < clients; index++)
				this.#seats.push(new Seat(this.#target, document));
		}
		const wholes = await openAll(this.#seats);
		this.#seats.forEach((seat, index) => {
			const shared = this.#shared.get(seat.document)!;
			const place = index % clients;
			if (place === 0) Y.applyUpdate(shared.doc, wholes[index]!);
			const types = place < typists && index < active * clients;
			const typist = types ? new Typist(wholes[index]!, 1_000_000 + index, place) : null;
			if (typist) shared.typists.set(typist.client, typist);
			const waiting: Edit[] = [];
			if (typist) this.typists.push({ typist, seat, waiting });
			seat.onheard = (heard, frame) => this.#hear(shared, typist, waiting, heard, frame);
		});
	}

	/** Lets them type for so long, and waits until everybody has everything or nothing more comes. */
	async type(seconds: number, counts: boolean): Promise<void> {
		const turn = ++this.#turn;
		this.#counts = counts;
		const period = 1000 / this.#plan.rate;
		for (const each of this.typists) {
			const due = performance.now() + draw(period);
			this.#keepTyping(each, turn, due, period);
		}
		await wait(seconds * 1000);
		this.stop();
		await this.drained();
	}

	async drained(): Promise<void> {
		for (let last = -1; this.delivered < this.expected && this.delivered > last;) {
			last = this.delivered;
			for (let step = 0; step < 100 && this.delivered < this.expected; step++) await wait(30);
		}
	}

	/** Deliveries that there should be by now. */
	get expected(): number {
		return this.edits * (this.#plan.clients - 1);
	}

	get edits(): number {
		return this.typists.reduce((sum, { typist }) => sum + typist.edits.length, 0);
	}

	/** No more typing; what was sent stays sent. */
	stop(): void {
		if (this.#turn % 2 === 1) this.#turn++;
	}

	/** Everybody away at once. */
	leave(): void {
		this.stop();
		for (const seat of this.#seats) seat.leave();
	}

	/** Each at their own moments, however late one of them was. */
	#keepTyping(
		each: (typeof this.typists)[number],
		turn: number,
		due: number,
		period: number
	): void {
		setTimeout(
			() => {
				if (turn !== this.#turn) return;
				const bytes = each.typist.type(this.#counts);
				const edit = each.typist.edits.at(-1)!;
				each.waiting.push(edit);
				each.seat.send(bytes, each.typist.edits.length);
				this.#keepTyping(each, turn, due + period, period);
			},
			Math.max(0, due - performance.now())
		);
	}

	#hear(shared: Shared, own: Typist | null, waiting: Edit[], heard: Heard, frame: Buffer): void {
		const now = performance.now();
		if (heard.kind === 'update') {
			for (const { typist, edit } of shared.bring(heard.bytes, frame)) {
				if (typist === own) continue;
				edit.seen++;
				this.delivered++;
				if (edit.counts) this.propagation.add(now - edit.at);
			}
		} else if (heard.kind === 'ack') {
			// A number covers everything before it.
			const total = own!.edits.length;
			while (waiting.length > 0 && total - waiting.length < heard.number) this.#acked(waiting, now);
		} else if (heard.kind === 'synced' && waiting.length > 0) this.#acked(waiting, now);
	}

	#acked(waiting: Edit[], now: number): void {
		const edit = waiting.shift()!;
		edit.acked = true;
		if (edit.counts) this.acknowledgement.add(now - edit.at);
	}
}

/** Whether this server says anything about an edit that it was sent. */
export function answers(target: Target): boolean {
	return target.contender === 'hocuspocus' || dialects[target.contender].ask !== undefined;
}
