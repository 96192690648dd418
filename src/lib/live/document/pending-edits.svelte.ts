import type { Edit } from '#lib/live/unsaved/own-edits.ts';

/**
 * What has been written here against what the server has on disk.
 *
 * The count is of edits, since a state vector does not move when something is deleted. An echo
 * counts only when it was asked for after the last time this connection handed over all that it
 * had (its sync step 2): anything before that may have been refused as having a gap. Each
 * question has a number of its own, so that an echo of an older one is never taken for it.
 */
export class PendingEdits {
	#written = $state(0);
	#stored = $state(0);
	#confirmed = $state(false);
	/** The edits that are not known to be stored, the oldest first: as many as are waiting. */
	#edits: Edit[] = [];
	#handedOver = false;
	#questions: { number: number; covers: number }[] = [];
	#lastNumber = 0;

	/** Edits made here that the server has not said to be on disk. */
	get waiting(): number {
		return this.#written - this.#stored;
	}

	/** Everything is on disk, and this connection has said so. */
	get settled(): boolean {
		return this.#confirmed && this.waiting === 0;
	}

	get handedOver(): boolean {
		return this.#handedOver;
	}

	/** The edits that are not known to be stored. */
	get unstored(): readonly Edit[] {
		return this.#edits;
	}

	write(edit: Edit): void {
		this.#edits.push(edit);
		this.#written++;
	}

	/** Nothing waits any more: the edits that did are the caller's to look after. */
	surrender(): Edit[] {
		this.#stored = this.#written;
		return this.#edits.splice(0);
	}

	/** The connection is gone: what it was asked it will not answer. */
	disconnect(): void {
		this.#handedOver = false;
		this.#confirmed = false;
		this.#questions = [];
	}

	/** Sync step 2 has gone out; earlier questions no longer prove anything. */
	handOver(): void {
		this.#questions = [];
		this.#handedOver = true;
	}

	/** A number to send to the server, to be echoed when everything written until now is on disk. */
	ask(): number {
		this.#lastNumber++;
		this.#questions.push({ number: this.#lastNumber, covers: this.#written });
		return this.#lastNumber;
	}

	/** Returns the edits that are known to be stored from now on. */
	answer(number: number): Edit[] {
		const index = this.#questions.findIndex((question) => question.number === number);
		if (index < 0) return [];
		const covered = Math.max(this.#stored, this.#questions[index]!.covers);
		const stored = this.#edits.splice(0, covered - this.#stored);
		this.#stored = covered;
		this.#questions = this.#questions.slice(index + 1);
		this.#confirmed = true;
		return stored;
	}
}
