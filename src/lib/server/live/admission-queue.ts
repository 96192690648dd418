/** Those who wait to be let in; beyond that they are sent away. */
const most = 2000;

/**
 * Lets those who knock in one at a time, and rests after that for as long as it took: a storm of
 * them has half of the server's time at most, and those who write meanwhile wait twice as long at
 * worst. Where one comes alone nobody waits.
 */
export class AdmissionQueue {
	readonly #waiting: (() => void)[] = [];
	#busy = false;
	/** Milliseconds that are to be rested yet: a timer knows no less than one. */
	#owed = 0;

	/** Does `enter` now or in its turn. Returns false, and never does it, when too many wait. */
	knock(enter: () => void): boolean {
		if (this.#waiting.length >= most) return false;
		this.#waiting.push(enter);
		if (!this.#busy) this.#next();
		return true;
	}

	#next = (): void => {
		const enter = this.#waiting.shift();
		this.#busy = enter !== undefined;
		if (!enter) return;
		const began = performance.now();
		try {
			enter();
		} finally {
			this.#owed += performance.now() - began;
			this.#rest();
		}
	};

	#rest(): void {
		if (this.#owed < 1) return void setImmediate(this.#next);
		setTimeout(this.#next, this.#owed);
		this.#owed = 0;
	}
}
