/** Milliseconds after which a turn takes nothing more in. */
const longest = 20;
/**
 * What several updates may burden together (burden.ts): they are merged for the log and for the
 * peers, which one alone need not be.
 */
const mostTogether = 15_000;

/**
 * How far a turn has come with what it takes in, in all rooms together; what it has no time for
 * waits for the next one.
 */
export class TurnBudget {
	readonly #began = performance.now();
	#taken = 0;
	#first = true;

	/**
	 * Whether something that burdens so much can be taken in now; it counts as taken then. The
	 * first always can.
	 */
	has(cost: number): boolean {
		const fits = this.#taken + cost <= mostTogether && performance.now() - this.#began < longest;
		if (!this.#first && !fits) return false;
		this.#first = false;
		this.#taken += cost;
		return true;
	}
}
