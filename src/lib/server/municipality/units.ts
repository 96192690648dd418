import { and, asc, eq } from 'drizzle-orm';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { db } from '#lib/server/db/index.ts';
import { municipality, unit } from '#lib/server/db/schema/municipality.ts';

export type Unit = typeof unit.$inferSelect;

export interface UnitLabel {
	id: string;
	code: string;
	name: string;
}

/** Units that can answer for something, by name. */
export function directory(actor: Actor): UnitLabel[] {
	if (!may(actor, 'read', { kind: 'directory' })) return [];
	return db()
		.select({ id: unit.id, code: unit.code, name: unit.name })
		.from(unit)
		.where(eq(unit.outside, false))
		.orderBy(asc(unit.name))
		.all();
}

/** Names by id, of every unit. */
export function names(): Map<string, string> {
	const rows = db().select({ id: unit.id, name: unit.name }).from(unit).all();
	return new Map(rows.map((row) => [row.id, row.name]));
}

export function add(entry: typeof unit.$inferInsert): void {
	db().insert(unit).values(entry).run();
}

/** Refuses an id that is none of the municipality's own units'. */
export function assertKnown(id: string, field: string): void {
	const own = and(eq(unit.id, id), eq(unit.outside, false));
	if (!db().select({ id: unit.id }).from(unit).where(own).get())
		throw new Refusal('unknown_unit', { field });
}

export type Municipality = typeof municipality.$inferSelect;

/** The municipality this installation serves; null before it has been set up. */
export function ours(): Municipality | null {
	return db().select().from(municipality).get() ?? null;
}

export function setUp(entry: typeof municipality.$inferInsert): void {
	db().insert(municipality).values(entry).run();
}
