import { desc, eq, inArray } from 'drizzle-orm';
import type { ErasingReason } from '#lib/domain/erasure.ts';
import { erasingReasonNames } from '#lib/i18n/erasing.ts';
import { momentText } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { forgetAll } from '#lib/server/command/commands.ts';
import { db } from '#lib/server/db/index.ts';
import { erasure } from '#lib/server/db/schema/erasure.ts';
import { person } from '#lib/server/db/schema/municipality.ts';
import * as clock from '#lib/server/platform/clock.ts';

/* That something was erased: where, by whom, when and why. Never what. */

/**
 * Of an item's text, of which a new epoch began with it, or of what stands beside the items of a
 * case.
 */
type Place =
	| { documentId: string; itemId: string; epoch: number; whole: boolean; caseId?: never }
	| { caseId: string };

/** In the caller's transaction. */
export function note(actor: string, place: Place, reason: ErasingReason): void {
	const id = crypto.randomUUID();
	forgetAll();
	db()
		.insert(erasure)
		.values({ id, personId: actor, at: clock.now(), reason, ...place })
		.run();
}

export interface Erased {
	at: number;
	by: string;
	reason: ErasingReason;
	whole: boolean;
	/** Nothing is left in the files either. */
	finished: boolean;
}

/** What has been erased in these items, the latest first. For those who may read them. */
export function ofItems(items: string[]): (Erased & { item: string })[] {
	return query()
		.where(inArray(erasure.itemId, items))
		.all()
		.map((row) => ({ item: row.own.itemId!, ...erased(row) }));
}

/**
 * What has been erased beside a case's items, the latest first, in words: its page has no room
 * for them. For those who may read it.
 */
export function linesOfCase(about: string): string[] {
	return query()
		.where(eq(erasure.caseId, about))
		.all()
		.map(erased)
		.map(({ at, by, reason, finished }) => {
			const why = erasingReasonNames[reason]().toLowerCase();
			const line = m.erased_case_line({ when: momentText(at), name: by, reason: why });
			return finished ? line : `${line} ${m.erased_unfinished()}`;
		});
}

function query() {
	return db()
		.select({ own: erasure, by: person.name })
		.from(erasure)
		.innerJoin(person, eq(person.id, erasure.personId))
		.orderBy(desc(erasure.at))
		.$dynamic();
}

function erased({ own, by }: { own: typeof erasure.$inferSelect; by: string }): Erased {
	const { at, reason, whole, scrubbedAt } = own;
	return { at, by, reason, whole, finished: scrubbedAt !== null };
}
