import { inArray, isNull } from 'drizzle-orm';
import * as clock from '../clock.ts';
import * as backups from '../db/backups.ts';
import { erasure } from '../db/documents.ts';
import { afterCommit, db, sqlite } from '../db/index.ts';
import { scrub } from '../db/scrub.ts';
import * as log from '../log.ts';
import * as search from '../search/upkeep.ts';

/**
 * What an erasure does beyond the database's own rows, for all that lack it: the search index, the files, the server's copies of them.
 * Called after each erasure, or at the end of its transaction, and at start for those that a full disk or a power cut has left unfinished. A fault is logged and tried
 * again then: what can be read is gone already.
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
export function copiesWith(of: { document: string | null; case: string | null }): string[] {
	if (of.document !== null) return backups.holding(sqlite(), 'document', of.document);
	return of.case === null ? [] : backups.holding(sqlite(), 'case_card', of.case);
}
