/** So often may a peer answer with a step 2 that still has a hole in it. */
const patience = 3;

/**
 * How it stands between us and one peer: whether it follows the document, and whether all that it
 * has sent has been taken in. An edit made without a net may come before the step 2 that it
 * builds on. It is then not taken in; the peer is asked for the whole, and until that has come
 * nothing is acknowledged.
 */
export class PeerSync {
	/** It has asked for the document, so updates are of use to it. */
	follows = false;
	#hole = false;
	#vain = 0;
	#held: number[] = [];

	/**
	 * Something it sent was not taken in. True when the peer is to be asked for the whole: the
	 * first time, and when it just answered.
	 */
	lose(answers: boolean): boolean {
		const ask = answers || !this.#hole;
		this.#hole = true;
		return ask;
	}

	/**
	 * As `lose`, for something that cannot be taken in because what it builds on is not there.
	 * Null: it will never come.
	 */
	miss(answers: boolean): boolean | null {
		if (answers && ++this.#vain >= patience) return null;
		return this.lose(answers);
	}

	/** The whole has come. Returns the acks that were waiting for it. */
	fill(): number[] {
		this.#hole = false;
		this.#vain = 0;
		return this.#held.splice(0);
	}

	/** True when the ack may follow this turn's commit; else it waits for the hole to be filled. */
	mayAck(number: number): boolean {
		if (this.#hole) this.#held.push(number);
		return !this.#hole;
	}
}
