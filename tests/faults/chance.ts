/* Chance that can be had again: the same seed, the same sequence. */

export const seed = Number(process.env.SEED ?? 1);
export const isLong = process.env.FAULTS !== 'short';

/**
 * Milliseconds of computing that nobody else may be kept waiting. The short form runs beside
 * others, on as many processors.
 */
export const longestStall = isLong ? 100 : 200;

export class Chance {
	#state: number;

	constructor(from: number) {
		this.#state = from >>> 0;
	}

	/** 0 ≤ x < 1 (mulberry32). */
	fraction(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number, 0 ≤ n < `end`. */
	below(end: number): number {
		return Math.floor(this.fraction() * end);
	}

	/** True once in `times`. */
	once(times: number): boolean {
		return this.below(times) === 0;
	}

	of<Subject>(subjects: readonly Subject[]): Subject {
		return subjects[this.below(subjects.length)]!;
	}

	bytes(count: number): Uint8Array {
		return Uint8Array.from({ length: count }, () => this.below(256));
	}

	/** A sequence of its own, so that what one does with it changes nothing for others. */
	branch(): Chance {
		return new Chance(this.below(2 ** 32));
	}
}

/** What this run began from, for the one who wants to see it again. */
export function tell(what: string, figures: Record<string, unknown> = {}): void {
	const said = Object.entries(figures).map(([name, value]) => `${name} ${String(value)}`);
	console.log([`${what} (SEED=${seed})`, ...said].join(' · '));
}
