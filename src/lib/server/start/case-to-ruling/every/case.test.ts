import { describe, expect, test } from 'vitest';
import {
	type CaseState,
	caseStates,
	type CaseStepName,
	caseStepNames,
	caseSteps,
	loneSteps
} from '#lib/domain/case-progress.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import { send } from '#lib/server/ruling/sending.ts';
import { allocation, caseId, chair } from '#lib/server/start/case-to-ruling/testing.ts';
import {
	adopted,
	appeal,
	as,
	decide,
	draft,
	inBoard,
	officers,
	outcome,
	put,
	type Role,
	roles,
	useBoard
} from './testing.ts';

useBoard();

describe('a case', () => {
	// It has been sent once, so that the decision maker reads it.
	const code = 'S-N9CL';
	const reads: Role[] = [...inBoard, 'who rules'];

	function expected(state: CaseState, verb: CaseStepName, role: Role): string {
		if (!reads.includes(role)) return 'not_found';
		if (!loneSteps.includes(verb)) return 'unknown_choice';
		const holders = caseSteps[verb].right === 'run' ? officers : inBoard;
		if (!holders.includes(role)) return 'not_allowed';
		return caseSteps[verb].from.some((from) => from === state) ? caseSteps[verb].to : 'wrong_state';
	}

	test.each(caseStates)('that is %s: every step, for everybody', (state) => {
		put(code, state);
		const found = roles.flatMap((role) =>
			caseStepNames.map((verb) => {
				const came = outcome(() => {
					progress.step(as(role), code, verb, { reason: 'grunn' });
					return progress.stateOf(caseId(code));
				});
				return `${role}, ${verb}: ${String(came)}`;
			})
		);
		expect(found).toEqual(
			roles.flatMap((role) =>
				caseStepNames.map((verb) => `${role}, ${verb}: ${expected(state, verb, role)}`)
			)
		);
	});
});

describe('a step that comes of a recommendation or a ruling', () => {
	/** How each of them comes about, on a case that stands wherever the table puts it. */
	const ways: Record<string, { code: string; begin: () => () => unknown }> = {
		recommend: {
			code: 'S-2WHK',
			begin: () => {
				const id = draft('S-2WHK');
				return () => recommendations.adopt(chair(), id, 1);
			}
		},
		wait: {
			code: 'S-2WHK',
			begin: () => {
				const id = draft('S-2WHK', { outcome: 'put_off' });
				return () => recommendations.adopt(chair(), id, 1);
			}
		},
		urge: {
			code: 'S-2WHK',
			begin: () => {
				const id = recommendations.save(
					as('one of the few'),
					{ urgent: caseId('S-2WHK') },
					allocation({ outcome: 'other_help' })
				);
				return () => recommendations.adopt(as('one of the few'), id, 1, 'det hastar');
			}
		},
		send: {
			code: 'S-2WHK',
			begin: () => {
				const id = adopted('S-2WHK');
				return () => send(chair(), id);
			}
		},
		rule: {
			code: 'S-2WHK',
			begin: () => {
				send(chair(), adopted('S-2WHK'));
				return () => decide('follow');
			}
		},
		send_back: {
			code: 'S-2WHK',
			begin: () => {
				send(chair(), adopted('S-2WHK'));
				return () => decide('send_back');
			}
		},
		remit: {
			code: 'S-2WHK',
			begin: () => {
				send(chair(), adopted('S-2WHK'));
				decide('follow');
				appeal('receive');
				return () => appeal('decide', 'set_aside');
			}
		}
	};

	test('is each of those that nobody takes alone', () => {
		expect(Object.keys(ways).sort()).toEqual(
			caseStepNames.filter((verb) => !loneSteps.includes(verb)).sort()
		);
	});

	test.each(Object.entries(ways))('%s: from every state', (verb, { code, begin }) => {
		const { from, to } = caseSteps[verb as CaseStepName];
		for (const state of caseStates) {
			const came = outcome(() => {
				put(code, 'to_council');
				const take = begin();
				put(code, state);
				take();
				return progress.stateOf(caseId(code));
			});
			const is = from.some((one) => one === state);
			// What the appeal body decides is noted wherever the case stands.
			const otherwise = verb === 'remit' ? state : 'wrong_state';
			expect(`${state}: ${String(came)}`).toBe(`${state}: ${is ? to : otherwise}`);
		}
	});
});
