import { createHash, randomBytes } from 'node:crypto';
import { eq, lt, or } from 'drizzle-orm';
import { db } from '#lib/server/db/index.ts';
import { isRefusing } from '#lib/server/db/refusing.ts';
import { session } from '#lib/server/db/schema/session.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as log from '#lib/server/platform/log.ts';

/*
 * Sessions in the shape that Lucia publishes now that its package is at its end: a random token
 * in a cookie, only its hash in the database, a sliding expiry and an absolute one. Synchronous,
 * so that a socket's handshake can use it.
 */
const day = 24 * 60 * 60 * 1000;
/** Not used for this long: over. */
export const idleAge = 12 * 60 * 60 * 1000;
/** However much used, over after this. */
export const absoluteAge = 7 * day;
/** A use is written down at most this often. */
const renewEvery = 5 * 60 * 1000;

export interface Session {
	id: string;
	person: string;
}

/** Begins a session and returns the token for the cookie: 160 bits, the only copy. */
export function begin(person: string): string {
	const token = randomBytes(20).toString('base64url');
	const at = clock.now();
	sweep(at);
	db()
		.insert(session)
		.values({ id: digest(token), personId: person, createdAt: at, renewedAt: at })
		.run();
	return token;
}

/** The session that a token stands for, or null when there is none or its time is over. */
export function find(token: string | undefined): Session | null {
	if (!token || token.length > 100) return null;
	const row = db()
		.select()
		.from(session)
		.where(eq(session.id, digest(token)))
		.get();
	if (!row) return null;
	const at = clock.now();
	if (isOver(row, at)) return null;
	if (at - row.renewedAt > renewEvery) renew(row.id, at);
	return { id: row.id, person: row.personId };
}

/** A disk that takes nothing must not keep anybody from reading. */
function renew(id: string, at: number): void {
	try {
		db().update(session).set({ renewedAt: at }).where(eq(session.id, id)).run();
	} catch (error) {
		if (!isRefusing(error)) throw error;
		log.fault('session.renew', error);
	}
}

/** Whether the session still stands: what open sockets are asked about as time goes. */
export function isAlive(id: string): boolean {
	const row = db().select().from(session).where(eq(session.id, id)).get();
	return row !== undefined && !isOver(row, clock.now());
}

export function end(id: string): void {
	db().delete(session).where(eq(session.id, id)).run();
}

function isOver(row: { createdAt: number; renewedAt: number }, at: number): boolean {
	return at - row.renewedAt > idleAge || at - row.createdAt > absoluteAge;
}

function sweep(at: number): void {
	db()
		.delete(session)
		.where(or(lt(session.renewedAt, at - idleAge), lt(session.createdAt, at - absoluteAge)))
		.run();
}

function digest(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
