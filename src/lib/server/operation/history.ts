import * as meters from '#lib/server/live/meters.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as clock from '#lib/server/platform/clock.ts';

/** How it stood at a moment; `edits` and `delay` are of the time since the one before. */
export interface Sample {
	at: number;
	sockets: number;
	edits: number;
	/** Bytes. */
	memory: number;
	/** Seconds by which the event loop was late at most. */
	delay: number;
}

/** Milliseconds from one to the next, and how many are kept: an hour. */
const interval = 30_000;
const most = 120;

const samples: Sample[] = [];
let loop: meters.LoopWatch | null = null;
let timer: NodeJS.Timeout | null = null;
let editsBefore = 0;

/** From now on, a sample at once and then twice a minute. */
export function begin(): void {
	end();
	loop ??= new meters.LoopWatch();
	take();
	timer = setInterval(take, interval).unref();
}

export function end(): void {
	if (timer) clearInterval(timer);
	timer = null;
}

/** Takes one now. */
export function take(): void {
	const { edits } = meters.totals;
	samples.push({
		at: clock.now(),
		sockets: rooms.census().sockets,
		edits: edits - editsBefore,
		memory: process.memoryUsage.rss(),
		delay: loop?.take().max ?? 0
	});
	editsBefore = edits;
	if (samples.length > most) samples.shift();
}

/** Edits of the last hour, those since the last sample among them. */
export function edits(): number {
	const sampled = samples.reduce((sum, sample) => sum + sample.edits, 0);
	return sampled + meters.totals.edits - editsBefore;
}

/** Of the last hour, the oldest first. */
export function all(): readonly Sample[] {
	return samples;
}
