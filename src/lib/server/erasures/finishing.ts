import { inArray, isNull } from 'drizzle-orm';
import * as backups from '#lib/server/db/backups.ts';
import { afterCommit, db, sqlite } from '#lib/server/db/index.ts';
import { erasure } from '#lib/server/db/schema/erasure.ts';
import { scrub } from '#lib/server/db/scrub.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as log from '#lib/server/platform/log.ts';
import * as search from '#lib/server/search-index/upkeep.ts';

/**
 * What an erasure does beyond the database's own rows, for all that lack it: the search index,
 * the files, the server's copies of them. Called after each erasure, or at the end of its
 * transaction, and at start for those that a full disk or a power cut has left unfinished. A
 * fault is logged and tried again then: what can be read is gone already.
 */
export function finish(): void {
	afterCommit(finishOpen);
}

function finishOpen(): void {
	const open = db().select().from(erasure).where(isNull(erasure.scrubbedAt)).all();
	if (open.length === 0) return;
	try {
		search.purge();
		scrub();
		const copies = new Set(open.flatMap((one) => copiesWith(one)));
		// A clean one first, so that there is never none.
		if (copies.size > 0) backups.make(sqlite(), `after-erasure-${clock.now()}`);
		backups.drop([...copies]);
		const done = open.map(({ id }) => id);
		db().update(erasure).set({ scrubbedAt: clock.now() }).where(inArray(erasure.id, done)).run();
	} catch (error) {
		log.fault('erasure.finish', error);
	}
}

/** The server's copies of the database that may hold what was erased there. */
export function copiesWith(of: { documentId: string | null; caseId: string | null }): string[] {
	if (of.documentId !== null) return backups.holding(sqlite(), 'document', of.documentId);
	return of.caseId === null ? [] : backups.holding(sqlite(), 'case_card', of.caseId);
}
