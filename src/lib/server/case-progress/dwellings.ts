import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Language } from '#lib/domain/language.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { type Fit, fitOf, fitRank, type Needs } from '#lib/domain/recommendation.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { db } from '#lib/server/db/index.ts';
import { dwelling } from '#lib/server/db/schema/dwelling.ts';
import { recommendation, reservation } from '#lib/server/db/schema/recommendation.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import type { Meeting } from '#lib/server/meeting/meetings.ts';
import * as optionLists from '#lib/server/municipality/option-lists.ts';
import * as clock from '#lib/server/platform/clock.ts';

/* The dwellings that the municipality can let, and for whom they are kept. Never an address. */

export type Dwelling = typeof dwelling.$inferSelect;

export interface DwellingView extends Dwelling {
	kindName: string;
	/** Kept for a case. */
	reserved: boolean;
	/** Which one; null also for who may not see it. */
	keptFor: string | null;
}

export function add(entry: Omit<typeof dwelling.$inferInsert, 'id'>): string {
	optionLists.assertOn('dwelling_kind', entry.kind, 'kind');
	const id = crypto.randomUUID();
	db()
		.insert(dwelling)
		.values({ ...entry, id })
		.run();
	return id;
}

export function find(id: string): Dwelling | null {
	return db().select().from(dwelling).where(eq(dwelling.id, id)).get() ?? null;
}

export function findByCode(code: string): Dwelling | null {
	return db().select().from(dwelling).where(eq(dwelling.code, code)).get() ?? null;
}

/**
 * Whether somebody sees them: those who work with a forum's cases, and at a meeting who is called
 * to a case there.
 */
export function uses(actor: Actor, forum: string, at: Meeting | null): boolean {
	if (may(actor, 'write', { kind: 'case', forum, id: null })) return true;
	if (at?.forumId !== forum) return false;
	return agendas.caseItems(at.id).some((row) => may(actor, 'read', agendas.subject(row, at)));
}

/** All of them, for who uses them; for everybody else there are none. */
export function list(
	actor: Actor,
	forum: string,
	language: Language,
	at: Meeting | null = null
): DwellingView[] {
	if (!uses(actor, forum, at)) return [];
	const kinds = optionLists.words('dwelling_kind', language);
	return db()
		.select()
		.from(dwelling)
		.leftJoin(
			reservation,
			and(eq(reservation.dwellingId, dwelling.id), isNull(reservation.releasedAt))
		)
		.leftJoin(recommendation, eq(recommendation.id, reservation.recommendationId))
		.orderBy(asc(dwelling.code))
		.all()
		.map((row) => ({
			...row.dwelling,
			kindName: kinds[row.dwelling.kind] ?? row.dwelling.kind,
			reserved: row.reservation !== null,
			keptFor: row.recommendation && readable(actor, row.recommendation)
		}));
}

function readable(actor: Actor, on: typeof recommendation.$inferSelect): string | null {
	const { forumId: forum, caseId: id } = on;
	return may(actor, 'read', { kind: 'case', forum, id }) ? id : null;
}

export interface Offered extends DwellingView {
	fit: Fit;
}

/**
 * What can be offered to a case: vacant, or vacant soon, and kept for nobody else. The best fit
 * first.
 */
export function vacantFor(all: DwellingView[], needs: Needs, mine: string | null): Offered[] {
	const today = clock.today();
	return all
		.filter(({ id, status, reserved }) => isVacant(status) && (!reserved || id === mine))
		.map((one) => ({ ...one, fit: fitOf(needs, one, today) }))
		.sort((a, b) => fitRank(a.fit) - fitRank(b.fit) || (a.code < b.code ? -1 : 1));
}

function isVacant(status: Dwelling['status']): boolean {
	return status === 'free' || status === 'repair';
}

/**
 * Keeps a dwelling for a recommendation, in the caller's transaction; what the same case was kept
 * before goes back. Refuses unknown_choice (none that is vacant), dwelling_taken (kept for
 * another case).
 */
export function keep(by: string | null, for_: { id: string; caseId: string }, id: string): void {
	const wanted = find(id);
	if (!wanted || !isVacant(wanted.status))
		throw new Refusal('unknown_choice', { field: 'dwelling' });
	const [holder] = holders().filter((row) => row.dwelling === id);
	if (holder && holder.case !== for_.caseId)
		throw new Refusal('dwelling_taken', { field: 'dwelling' });
	release(for_.caseId);
	const at = clock.now();
	db()
		.insert(reservation)
		.values({
			id: crypto.randomUUID(),
			dwellingId: id,
			recommendationId: for_.id,
			personId: by,
			at
		})
		.run();
}

/** Nothing is kept for the case any more. In the caller's transaction. */
export function release(about: string): void {
	const at = clock.now();
	for (const held of holders().filter((row) => row.case === about))
		db().update(reservation).set({ releasedAt: at }).where(eq(reservation.id, held.id)).run();
}

/** Whoever it was kept for has moved in. In the caller's transaction. */
export function moveIn(about: string): void {
	for (const held of holders().filter((row) => row.case === about))
		db()
			.update(dwelling)
			.set({ status: 'let', freeFrom: null })
			.where(eq(dwelling.id, held.dwelling))
			.run();
	release(about);
}

function holders() {
	return db()
		.select({
			id: reservation.id,
			dwelling: reservation.dwellingId,
			case: recommendation.caseId
		})
		.from(reservation)
		.innerJoin(recommendation, eq(recommendation.id, reservation.recommendationId))
		.where(isNull(reservation.releasedAt))
		.all();
}
