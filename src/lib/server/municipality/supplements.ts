import { count, eq } from 'drizzle-orm';
import type { CaseState } from '#lib/domain/case-progress.ts';
import { type ProcedureList, procedureLists as listNames } from '#lib/domain/case.ts';
import type { Recommended } from '#lib/domain/recommendation.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { choice } from '#lib/server/db/schema/municipality.ts';
import { caseStateWord, outcomeTrack, proposedTask } from '#lib/server/db/schema/procedure.ts';
import {
	caseStateWords,
	outcomeTracks,
	procedureLists
} from '#lib/server/defaults/case-handling.ts';
import * as optionLists from './option-lists.ts';
import * as procedure from './procedure.ts';
import * as units from './units.ts';

/*
 * A municipality that was set up by an earlier version gets at start what it would begin with
 * today. What it has is left alone, changed or not.
 */

/** Lists of which the program asks for single entries, so that none may be missing. */
const wholeLists: ProcedureList[] = ['law', 'sentence'];

export function supply(): void {
	if (!units.ours()) return;
	transaction(() => {
		for (const list of listNames) supplyList(list);
		if (isEmpty(caseStateWord)) supplyWords();
		if (!isEmpty(outcomeTrack)) return;
		for (const [outcome, tracks] of Object.entries(outcomeTracks))
			for (const track of tracks.split(' '))
				db()
					.insert(outcomeTrack)
					.values({ outcome: outcome as Recommended, track })
					.run();
		if (isEmpty(proposedTask)) procedure.proposeTasks();
	});
}

function supplyList(list: ProcedureList): void {
	const known = db().select().from(choice).where(eq(choice.list, list)).all();
	if (known.length > 0 && !wholeLists.includes(list)) return;
	const codes = new Set(known.map(({ code }) => code));
	let pos = Math.max(-1, ...known.map((one) => one.pos));
	for (const [code, nn, nb, en] of procedureLists[list])
		if (!codes.has(code)) optionLists.add({ list, code, pos: (pos += 1), nn, nb, en });
}

/** Words for where a case stands: of those that are on the municipality's own list. */
function supplyWords(): void {
	const known = optionLists.words('case_status', 'nn');
	for (const [state, status] of Object.entries(caseStateWords))
		if (status in known)
			db()
				.insert(caseStateWord)
				.values({ state: state as CaseState, status })
				.run();
}

function isEmpty(table: typeof caseStateWord | typeof outcomeTrack | typeof proposedTask): boolean {
	return db().select({ rows: count() }).from(table).get()?.rows === 0;
}
