import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/domain/may.ts';
import { auditSubject } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { calendarFeed } from '#lib/server/db/schema/notice.ts';
import { digest } from '#lib/server/outbox/outbox.ts';
import * as clock from '#lib/server/platform/clock.ts';

/*
 * The secret addresses of people's own calendars. Whoever has one reads the calendar, so only its
 * hash is kept.
 */

/** Makes an address, in place of the one before. Returns its secret, 256 bits: the only copy. */
export function open(actor: Actor): string {
	const secret = randomBytes(32).toString('base64url');
	const values = { secret: digest(secret), createdAt: clock.now() };
	transaction(() => {
		db()
			.insert(calendarFeed)
			.values({ personId: actor.id, ...values })
			.onConflictDoUpdate({ target: calendarFeed.personId, set: values })
			.run();
		audit.record(actor.id, 'feed.open', auditSubject('person', actor.id));
	});
	return secret;
}

/** From now on the address is one of nothing. */
export function close(actor: Actor): void {
	transaction(() => {
		const own = eq(calendarFeed.personId, actor.id);
		if (db().delete(calendarFeed).where(own).run().changes > 0)
			audit.record(actor.id, 'feed.close', auditSubject('person', actor.id));
	});
}

/** When this person's address was made; null when there is none. */
export function openSince(actor: Actor): number | null {
	const own = eq(calendarFeed.personId, actor.id);
	return db().select().from(calendarFeed).where(own).get()?.createdAt ?? null;
}

/** Whose calendar the secret opens, by id; null for one that is unknown or closed. */
export function ownerOf(secret: string): string | null {
	if (secret.length > 100) return null;
	const known = eq(calendarFeed.secret, digest(secret));
	return db().select().from(calendarFeed).where(known).get()?.personId ?? null;
}
