/** Many measured times, in milliseconds. */
export class Samples {
	#values = new Float32Array(1 << 16);
	#count = 0;

	get count(): number {
		return this.#count;
	}

	add(value: number): void {
		if (this.#count === this.#values.length) {
			const larger = new Float32Array(this.#values.length * 2);
			larger.set(this.#values);
			this.#values = larger;
		}
		this.#values[this.#count++] = value;
	}

	clear(): void {
		this.#count = 0;
	}

	summary(): Spread {
		const sorted = this.#values.slice(0, this.#count).sort();
		const at = (part: number) => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? NaN;
		return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
	}
}

export interface Spread {
	p50: number;
	p95: number;
	p99: number;
}
