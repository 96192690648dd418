import { auditSubject, type AuditSubject } from '#lib/domain/topic.ts';
import { statement, transaction } from '#lib/server/db/index.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { type Entry, hashOf, origin } from './chain.ts';
import { forgetKey, idsOf, kinds, sealedDigestOf } from './facts.ts';
import * as seals from './seals.ts';

/*
 * The audit trail (docs/decisions/0030): who did what to which thing, each row holding on to the
 * one before.
 */

/**
 * Notes who did what to which thing, in the caller's own transaction and after what was done.
 * `thing` is `kind:id`; never content. Of cases, recommendations, rulings, recusals, decisions
 * and actions a digest of what they now hold is kept as well.
 */
export function record(person: string | null, verb: string, subject: AuditSubject): void {
	transaction(() => {
		append(person, verb, subject);
		seals.follow();
	});
}

/**
 * The same in a migration, whose transaction is not ours: nobody would hear of its end. The next
 * start writes where the trail stands then.
 */
export function recordInMigration(verb: string, subject: string): void {
	append(null, verb, subject);
}

function append(person: string | null, verb: string, subject: string): void {
	const entry = { at: clock.now(), person, verb, subject, content: sealedDigestOf(subject) };
	const { at, content } = entry;
	const { lastInsertRowid } = statement(
		'INSERT INTO audit (at, person, deed, thing, content) VALUES (?, ?, ?, ?, ?)'
	).run(at, person, verb, subject, content);
	seal({ seq: Number(lastInsertRowid), ...entry });
}

function seal(entry: Entry): void {
	const before = statement('SELECT hash FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT 1');
	const previous = (before.pluck().get(entry.seq) as string | undefined) ?? origin;
	const hash = hashOf(entry, previous);
	statement('UPDATE audit SET hash = ? WHERE seq = ?').run(hash, entry.seq);
}

/**
 * Something of a thing's text has been erased: the key of its digests goes, so that none of them
 * can confirm what was there, and the command is noted with a new one. In the caller's
 * transaction, after the erasing.
 */
export function erased(person: string, verb: string, subject: AuditSubject): void {
	forgetKey(subject);
	record(person, verb, subject);
}

/**
 * Takes into the trail every thing that it does not vouch for yet: what has come in past the
 * keepers, on purpose.
 */
export function vouchForAll(): void {
	transaction(() => {
		const known = statement('SELECT 1 FROM audit_key WHERE thing = ?');
		for (const kind of kinds)
			for (const id of idsOf(kind))
				if (!known.get(auditSubject(kind, id)))
					record(null, `${kind}.vouch`, auditSubject(kind, id));
	});
}

/**
 * At start: rows from before there was a chain are taken into it, once, and what is there then is
 * vouched for.
 */
export function begin(): void {
	transaction(() => {
		const open = statement(
			"SELECT seq, at, person, deed AS verb, thing AS subject, content, hash FROM audit WHERE hash = '' ORDER BY seq"
		).all() as Entry[];
		if (open.length === 0) return;
		open.forEach(seal);
		seals.follow();
		vouchForAll();
	});
	seals.begin();
}
