import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { Close } from '#lib/domain/wire.ts';
import * as meters from '#lib/server/live/meters.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as sockets from '#lib/server/live/sockets.ts';
import * as rounds from '#lib/server/notices/rounds.ts';
import * as outbox from '#lib/server/outbox/outbox.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as history from './history.ts';

/**
 * How long it took, in seconds: half of all at most `half`, 99 of 100 at most `most`. Null:
 * longer than is measured.
 */
export interface Took {
	count: number;
	half: number | null;
	most: number | null;
}

/** How the server runs, for whoever looks after it. Refuses not_found. */
export function of(actor: Actor) {
	if (!may(actor, 'read', { kind: 'operation' })) throw new Refusal('not_found');
	const { documents, sockets: ofDocuments } = rooms.census();
	return {
		at: clock.now(),
		/** Seconds since the start. */
		up: Math.floor(process.uptime()),
		documents: [...documents.values()].reduce((sum, count) => sum + count, 0),
		sockets: ofDocuments,
		followers: Math.max(0, sockets.count() - ofDocuments),
		...meters.totals,
		editsLastHour: history.edits(),
		flushes: took(meters.flushes),
		acks: took(meters.acks),
		closings: [...new Set(Object.values(Close))]
			.map((code) => ({ code, count: meters.closings.get(code) ?? 0 }))
			.filter(({ count }) => count > 0),
		foreign: meters.turnedAway.get(403) ?? 0,
		full: meters.turnedAway.get(503) ?? 0,
		weight: rooms.weight(),
		memory: process.memoryUsage.rss(),
		/** Null when no mail goes out of here. */
		mail: rounds.isOpen() ? outbox.tally() : null,
		samples: history.all()
	};
}

function took(held: meters.Histogram): Took {
	return { count: held.count, half: held.within(0.5), most: held.within(0.99) };
}
