import { afterAll, beforeAll, expect } from 'vitest';
import type { CaseState } from '#lib/domain/case-progress.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { savepoint, sqlite, transaction } from '#lib/server/db/index.ts';
import * as procedure from '#lib/server/municipality/procedure.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import * as recusals from '#lib/server/recommendation/recusals.ts';
import * as rulings from '#lib/server/ruling/rulings.ts';
import {
	allocation,
	caseId,
	chair,
	openBoard,
	placeOf,
	ruler,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, forumId, openDemo, person } from '#lib/server/start/testing.ts';

/*
 * Every state × command × role, through the keepers that pages use: what the tables of the domain
 * promise is what happens. Each command is tried for real and undone again, so that the next one
 * finds the same state.
 */

export const people = {
	chair: 'P03',
	secretary: 'P04',
	member: 'P05',
	'one of the few': 'P09',
	'who rules': 'P02',
	'a disqualified member': 'P08',
	'a deputy who is not called': 'P13',
	'an employee': 'P11',
	'the administrator': 'P23',
	'somebody from outside': 'P20'
} as const;
export type Role = keyof typeof people;
export const roles = Object.keys(people) as Role[];
export const inBoard: Role[] = ['chair', 'secretary', 'member', 'one of the few'];
export const officers: Role[] = ['chair', 'secretary'];
export const as = (role: Role) => actor(people[role]);

export const today = '2026-11-23';

class Undone extends Error {}

/**
 * What comes of a command: what it returns, or the name of the refusal. Whatever it wrote is
 * undone; of documents only when it is the outermost.
 */
export function outcome(work: () => unknown): unknown {
	let result: unknown;
	const undone = sqlite().inTransaction ? savepoint : transaction;
	try {
		undone(() => {
			result = work() ?? 'done';
			throw new Undone();
		});
	} catch (fault) {
		if (fault instanceof Refusal) return fault.reason;
		if (!(fault instanceof Undone)) throw fault;
	}
	return result;
}

export const put = (code: string, state: CaseState) =>
	sqlite().prepare('UPDATE course SET state = ? WHERE case_id = ?').run(state, caseId(code));

/** Closes a case to the member who is disqualified in these tables. */
function disqualify(code: string, meeting: string): void {
	const { id: item } = placeOf(code);
	recusals.raise(actor('P08'), meeting, { item, person: person('P08').id, reason: 'family' });
}

/**
 * The board's meeting under way, one member disqualified; after the tests of the file nothing of
 * them may have stayed.
 */
export function useBoard(): void {
	beforeAll(() => {
		openDemo();
		const meeting = openBoard();
		sqlite().exec('DELETE FROM urgent_member');
		procedure.setUrgentMember(forumId('BR'), person('P09').id);
		for (const code of ['S-G5MQ', 'S-N9CL', 'S-J3RF']) disqualify(code, meeting);
	});
	afterAll(() => {
		const count = (query: string) => sqlite().prepare(query).pluck().get();
		expect(count("SELECT count(*) FROM recommendation WHERE code > 'I-052'")).toBe(0);
		expect(count("SELECT count(*) FROM ruling WHERE code > 'V-101'")).toBe(0);
		expect(ruler().sent.has(caseId('S-G5MQ'))).toBe(false);
	});
}

export function draft(code: string, more = {}): string {
	return recommendations.save(secretary(), placeOf(code), allocation(more));
}

export function adopted(code: string): string {
	const id = draft(code);
	recommendations.adopt(chair(), id, 1);
	return id;
}

export function decide(
	stance: rulings.RulingInput['stance'],
	by: Role = 'who rules',
	noticeOn = today
) {
	rulings.decide(as(by), 'V-102', {
		stance,
		result: 'granted',
		content: 'utleigebustad',
		reason: 'grunn',
		ruledOn: today,
		noticeOn: noticeOn || null
	});
}

export function appeal(
	verb: 'receive' | 'forward' | 'decide',
	result: 'upheld' | 'set_aside' = 'upheld',
	by: Role = 'who rules'
): void {
	rulings.appealed(as(by), 'V-102', { verb, on: today, result });
}
