import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { CloseCode } from '#lib/domain/wire.ts';

/*
 * What the engine counts of itself. Plain numbers, read when somebody asks: counting costs a
 * keystroke nothing that can be measured. Never content, never who.
 */

/** How often something took how long. Seconds; the last bucket has no upper bound. */
export class Histogram {
	readonly bounds: readonly number[];
	readonly counts: number[];
	sum = 0;
	count = 0;

	constructor(bounds: readonly number[]) {
		this.bounds = bounds;
		this.counts = [...bounds.map(() => 0), 0];
	}

	observe(seconds: number): void {
		let rateLimit = 0;
		while (rateLimit < this.bounds.length && seconds > this.bounds[rateLimit]!) rateLimit++;
		this.counts[rateLimit]!++;
		this.sum += seconds;
		this.count++;
	}

	/**
	 * The upper bound of the bucket in which that share of all lies: «99 of 100 took at most this».
	 * Null: none yet, or beyond all bounds.
	 */
	within(share: number): number | null {
		let seen = 0;
		for (const [index, count] of this.counts.entries()) {
			seen += count;
			if (this.count > 0 && seen >= share * this.count) return this.bounds[index] ?? null;
		}
		return null;
	}
}

const bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];

export const totals = {
	/** Edits taken in, the server's own among them: an update is one. */
	edits: 0,
	/** Ends of a turn with something to do. */
	turns: 0,
	/** Commits that the storage refused. */
	failedCommits: 0
};
/** From the beginning of a turn's end until everybody has been told: check, commit and sending. */
export const flushes = new Histogram(bounds);
/** From the arrival of a request for an acknowledgement until it was sent. */
export const acks = new Histogram(bounds);
/** Sockets that were closed by us, by code. */
export const closings = new Map<CloseCode, number>();
/** Connections that were refused before they were upgraded, by HTTP status. */
export const turnedAway = new Map<number, number>();

export function add<Key>(tally: Map<Key, number>, key: Key): void {
	tally.set(key, (tally.get(key) ?? 0) + 1);
}

export function secondsSince(began: number): number {
	return (performance.now() - began) / 1000;
}

/** Milliseconds between two looks of a watch. */
const resolution = 20;

/** By how much the event loop is late, in seconds, from one asking to the next. */
export class LoopWatch {
	readonly #delay = monitorEventLoopDelay({ resolution });

	constructor() {
		this.#delay.enable();
	}

	/** Since last asked; begins anew, so that a fault of yesterday does not stand in for today. */
	take(): { mean: number; p99: number; max: number } {
		const { mean, max } = this.#delay;
		const p99 = this.#delay.percentile(99);
		this.#delay.reset();
		return { mean: late(mean), p99: late(p99), max: late(max) };
	}
}

/** The watch counts its own interval in; before its first look it has nothing to tell (NaN). */
function late(nanoseconds: number): number {
	return Math.max(0, nanoseconds / 1e9 - resolution / 1000) || 0;
}
