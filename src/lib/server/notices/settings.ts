import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/domain/may.ts';
import type { NoticeKind } from '#lib/domain/notice.ts';
import { type Quiet, usualQuiet } from '#lib/domain/quiet.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { auditSubject } from '#lib/domain/topic.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { noticeSetting } from '#lib/server/db/schema/notice.ts';
import * as outbox from '#lib/server/outbox/outbox.ts';

/* Which e-mail somebody wants, and when. */

export interface NoticeSettings {
	/** Reminders, once a day at most. */
	digest: boolean;
	/** Calls to meetings. */
	calls: boolean;
	quiet: Quiet;
}

const usual: NoticeSettings = { digest: true, calls: true, quiet: usualQuiet };

export function of(person: string): NoticeSettings {
	const row = db().select().from(noticeSetting).where(eq(noticeSetting.personId, person)).get();
	if (!row) return usual;
	const { digest, calls, quietFrom, quietUntil, quietDaysOff } = row;
	return {
		digest,
		calls,
		quiet: { from: quietFrom, until: quietUntil, daysOff: quietDaysOff }
	};
}

/** Somebody's own choice. */
export function choose(actor: Actor, settings: NoticeSettings): void {
	transaction(() => {
		store(actor.id, settings);
		audit.record(actor.id, 'notices.choose', auditSubject('person', actor.id));
	});
}

function store(person: string, { digest, calls, quiet }: NoticeSettings): void {
	const values = {
		digest,
		calls,
		quietFrom: quiet.from,
		quietUntil: quiet.until,
		quietDaysOff: quiet.daysOff
	};
	db()
		.insert(noticeSetting)
		.values({ personId: person, ...values })
		.onConflictDoUpdate({ target: noticeSetting.personId, set: values })
		.run();
}

/**
 * Whether this person wants e-mail of the kind. That a meeting is cancelled is told to those who
 * want to be called.
 */
export function wants({ digest, calls }: NoticeSettings, kind: NoticeKind): boolean {
	return kind === 'digest' ? digest : calls;
}

/** What the token of a mail lets its receiver say no to, without signing in. Refuses not_found. */
export function offered(token: string): 'digest' | 'calls' {
	return read(token).what;
}

/** Says no to it. Refuses not_found. */
export function decline(token: string): void {
	transaction(() => {
		const { person, what } = read(token);
		store(person, { ...of(person), [what]: false });
		audit.record(person, 'notices.decline', auditSubject('person', person));
	});
}

function read(token: string): { person: string; what: 'digest' | 'calls' } {
	const found = outbox.ofToken(token);
	if (!found) throw new Refusal('not_found');
	return { person: found.person, what: found.kind === 'digest' ? 'digest' : 'calls' };
}
