/** Milliseconds: of work that is followed by no rest, and of the longest rest. */
const [light, longest] = [1, 20];
const factor = 3;

/**
 * How soon a turn may follow the one before. One with more than a little work is followed by a
 * rest three times as long as what was beyond, within bounds: what comes meanwhile is stored with
 * one commit and told with one frame. Where few are together nobody waits; where hundreds are it
 * saves work that they would otherwise wait for.
 */
export class FlushPacing {
	#restsUntil = 0;

	/**
	 * A turn has ended now and had so much work. Waiting for the disk is none: what comes meanwhile
	 * lies together anyhow.
	 */
	worked(milliseconds: number, now = performance.now()): void {
		const rest = Math.max(0, milliseconds - light) * factor;
		this.#restsUntil = now + Math.min(rest, longest);
	}

	/** Milliseconds until the next turn may begin; 0 when it may at once. */
	left(now = performance.now()): number {
		return Math.max(0, this.#restsUntil - now);
	}
}
