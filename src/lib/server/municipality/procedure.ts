import { eq } from 'drizzle-orm';
import type { CaseState } from '#lib/domain/case-progress.ts';
import { type ProcedureList, procedureLists as listNames } from '#lib/domain/case.ts';
import type { Language } from '#lib/domain/language.ts';
import type { Recommended } from '#lib/domain/recommendation.ts';
import { db } from '#lib/server/db/index.ts';
import { authority, urgentMember } from '#lib/server/db/schema/forum.ts';
import { matrixTask } from '#lib/server/db/schema/matrix.ts';
import {
	caseStateWord,
	outcomeTrack,
	proposedTask,
	rule
} from '#lib/server/db/schema/procedure.ts';
import {
	caseStateWords,
	outcomeTracks,
	procedureLists,
	proposedTasks,
	rules
} from '#lib/server/defaults/case-handling.ts';
import * as optionLists from './option-lists.ts';

/*
 * How a municipality has settled its case handling: its own tables, filled once from
 * defaults/case-handling.ts.
 */

type RuleName = keyof typeof rules;

/** A choice of procedure. */
export function chosen(name: RuleName): string {
	const row = db().select().from(rule).where(eq(rule.name, name)).get();
	return row?.value ?? rules[name];
}

/** A number of procedure: weeks, months. */
export function count(name: Exclude<RuleName, 'recusal_by'>): number {
	return Number(chosen(name));
}

/** The law that a step of procedure rests on, as the municipality calls it now. */
export function law(name: string, language: Language): string {
	return optionLists.words('law', language)[name] ?? '';
}

export function wordFor(state: CaseState): string | null {
	const row = db().select().from(caseStateWord).where(eq(caseStateWord.state, state)).get();
	return row?.status ?? null;
}

/** The tracks on which such a recommendation is ruled, in the order of the list. */
export function tracksFor(outcome: Recommended): string[] {
	return db()
		.select({ track: outcomeTrack.track })
		.from(outcomeTrack)
		.where(eq(outcomeTrack.outcome, outcome))
		.all()
		.map((row) => row.track)
		.sort();
}

export interface Track {
	code: string;
	name: string;
	law: string;
	/** Where its rulings are appealed. */
	body: string;
	/** Whether such a recommendation is ruled on this track unless its sender says otherwise. */
	usual: boolean;
}

/** All tracks that a recommendation can be sent on. */
export function tracks(outcome: Recommended, language: Language): Track[] {
	const laws = optionLists.words('track_law', language);
	const bodies = optionLists.words('appeal_body', language);
	const usual = tracksFor(outcome);
	return optionLists.list('track', language).map(({ code, label }) => ({
		code,
		name: label,
		law: laws[code] ?? '',
		body: bodies[code] ?? '',
		usual: usual.includes(code)
	}));
}

/** Those who rule on what a forum recommends. */
export function rulersOf(forum: string): string[] {
	const rows = db().select({ id: authority.personId }).from(authority);
	return rows
		.where(eq(authority.forumId, forum))
		.all()
		.map((row) => row.id);
}

export function setUrgentMember(forum: string, person: string): void {
	db().insert(urgentMember).values({ forumId: forum, personId: person }).run();
}

/** Fills a new municipality's tables with what it begins with. */
export function setUp(): void {
	for (const list of listNames) fillList(list);
	for (const [name, value] of Object.entries(rules))
		db().insert(rule).values({ name, value }).run();
	for (const [state, status] of Object.entries(caseStateWords))
		db()
			.insert(caseStateWord)
			.values({ state: state as CaseState, status })
			.run();
	for (const [outcome, tracks] of Object.entries(outcomeTracks))
		for (const track of tracks.split(' '))
			db()
				.insert(outcomeTrack)
				.values({ outcome: outcome as Recommended, track })
				.run();
}

function fillList(list: ProcedureList): void {
	procedureLists[list].forEach(([code, nn, nb, en], pos) =>
		optionLists.add({ list, code, pos, nn, nb, en })
	);
}

/**
 * Says which tasks of the adopted matrices a ruling sets going: those that they have by these
 * titles.
 */
export function proposeTasks(): void {
	const known = new Map(
		db()
			.select({ id: matrixTask.id, title: matrixTask.title })
			.from(matrixTask)
			.all()
			.map((row) => [row.title, row.id])
	);
	for (const { task, outcomes, days, followUp } of proposedTasks) {
		const id = known.get(task);
		if (!id) continue;
		for (const outcome of outcomes.split(' '))
			db()
				.insert(proposedTask)
				.values({ outcome: outcome as Recommended, taskId: id, days, followUp: followUp ?? false })
				.run();
	}
}
