import { and, count, desc, eq, gte, like, lt, type SQL } from 'drizzle-orm';
import { addDays } from '#lib/domain/deadline.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { db } from '#lib/server/db/index.ts';
import { audit } from '#lib/server/db/schema/audit.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as seals from './seals.ts';
import { type SeenKind, seenKinds, wordFor } from './words.ts';

/* Reading the audit trail: for whoever looks after the server. Ids, never what a thing holds. */

/** Rows of a page. */
export const pageSize = 100;

export interface TrailQuery {
	kind: SeenKind | null;
	/** `kind:id` */
	subject: string | null;
	person: string | null;
	/** 'YYYY-MM-DD', both included. */
	from: string | null;
	to: string | null;
	/** From 1. */
	page: number;
}

export interface TrailRow {
	seq: number;
	at: number;
	/** Null: the server itself. */
	by: string | null;
	what: string;
	subject: string;
	/** Enough of the thing's id to tell it from others. */
	short: string;
	hash: string;
}

/** A page of the trail, the latest first. Refuses not_found. */
export function browse(actor: Actor, asked: TrailQuery) {
	assertReader(actor);
	const match = and(...conditions(asked));
	const total = db().select({ total: count() }).from(audit).where(match).get()?.total ?? 0;
	const names = people.names();
	const rows = db()
		.select()
		.from(audit)
		.where(match)
		.orderBy(desc(audit.seq))
		.limit(pageSize)
		.offset((asked.page - 1) * pageSize)
		.all()
		.map(({ seq, at, personId: person, verb, subject, hash }): TrailRow => {
			const by = person === null ? null : (names.get(person) ?? '');
			const short = subject.slice(subject.indexOf(':') + 1).slice(0, 8);
			return { seq, at, by, what: wordFor(verb), subject, short, hash };
		});
	const persons = [...names].map(([id, name]) => ({ id, name }));
	return { rows, total, kinds: seenKinds(), persons, head: seals.head() };
}

/** Refuses not_found. */
export function assertReader(actor: Actor): void {
	if (!may(actor, 'read', { kind: 'operation' })) throw new Refusal('not_found');
}

function conditions({ kind, subject, person, from, to }: TrailQuery): SQL[] {
	return [
		kind && like(audit.verb, `${kind}.%`),
		subject && eq(audit.subject, subject),
		person && eq(audit.personId, person),
		from && gte(audit.at, clock.startOf(from)),
		to && lt(audit.at, clock.startOf(addDays(to, 1)))
	].filter((one): one is SQL => Boolean(one));
}
