/** How fast somebody may go: so much a second, and so much at once after a rest. */
export class RateLimit {
	readonly #rate: number;
	readonly #size: number;
	#level: number;
	#at = performance.now();

	constructor(rate: number, size: number) {
		this.#rate = rate;
		this.#size = size;
		this.#level = size;
	}

	/** Takes `amount` out; false when there is not that much. */
	take(amount: number): boolean {
		const at = performance.now();
		this.#level = Math.min(this.#size, this.#level + ((at - this.#at) / 1000) * this.#rate);
		this.#at = at;
		if (this.#level < amount) return false;
		this.#level -= amount;
		return true;
	}
}
