import * as dwellings from '#lib/server/case-progress/dwellings.ts';
import * as cases from '#lib/server/case/cases.ts';
import * as setup from '#lib/server/demo/setup.ts';
import type { RecommendationInput } from '#lib/server/recommendation/input.ts';
import { actor, boardMeeting, itemOf } from '#lib/server/start/testing.ts';

/* What the tests of the chain begin with: the board's meeting 22/26, under way. */

/** Opens the board's next meeting and returns its id. */
export function openBoard(): string {
	const id = boardMeeting('22/26');
	setup.setMeetingStatus(id, 'open');
	return id;
}

/** Where a recommendation about a case is made in that meeting. */
export function placeOf(code: string): { meeting: string; id: string } {
	return { meeting: boardMeeting('22/26'), id: itemOf(code) };
}

export const dwellingId = (code: string) => dwellings.findByCode(code)!.id;
export const caseId = (code: string) => cases.findByCode(code)!.id;

/** A recommendation to let B-103 for three years. */
export function allocation(more: Partial<RecommendationInput> = {}): RecommendationInput {
	return {
		outcome: 'allocate',
		dwelling: dwellingId('B-103'),
		months: 36,
		shorter: '',
		reasons: 'to soverom, og nær barnehage',
		wish: 'sentrum',
		followUnit: null,
		followLevel: null,
		minority: '',
		dissenters: [],
		criteria: [{ criterion: 'adult', finding: 'met', reason: 'documented', words: '' }],
		measures: ['start_loan'],
		language: 'nn',
		text: '',
		version: null,
		...more
	};
}

export const chair = () => actor('P03');
export const secretary = () => actor('P04');
export const member = () => actor('P05');
export const ruler = () => actor('P02');
