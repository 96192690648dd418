/**
 * The wire between a page and a live document: y-websocket's protocol, plus one message.
 * The numbers 0, 1 and 3 are those of y-websocket 3.1; 102 is ours (docs/LIVE.md).
 */
export const Message = {
	sync: 0,
	awareness: 1,
	queryAwareness: 3,
	/**
	 * Client → server `[102, n]` after its updates; the server echoes it after the commit that
	 * holds everything before it.
	 */
	ack: 102
} as const;

/** Inside a sync message, as y-protocols has them. */
export const Sync = { step1: 0, step2: 1, update: 2 } as const;

/** Close codes. In y-websocket 3.1 a code of 44xx is final; every other one is retried. */
export const Close = {
	restart: 1012,
	malformed: 4400,
	signedOut: 4401,
	rightLost: 4403,
	unknown: 4404,
	foreignClient: 4409,
	epochPassed: 4410,
	tooLarge: 4413,
	badShape: 4422,
	storageRefuses: 4503,
	readsTooSlowly: 4513,
	tooFast: 4529
} as const;

export type CloseCode = (typeof Close)[keyof typeof Close];

/** Where the documents' sockets live: `/live/<document>@<epoch>`. */
export const livePath = '/live';

/** The one socket a tab has for "this fact in the database changed" (ids only, never content). */
export const eventsPath = '/live/events';
