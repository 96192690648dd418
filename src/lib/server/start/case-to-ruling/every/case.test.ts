import { describe, expect, test } from 'vitest';
import {
	type CaseDeed,
	caseDeeds,
	type CaseState,
	caseStates,
	caseSteps,
	loneDeeds
} from '#lib/domain/case-progress.ts';
import * as courses from '#lib/server/case-progress/progress.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import { send } from '#lib/server/ruling/sending.ts';
import { allocation, caseId, chair } from '#lib/server/start/case-to-ruling/testing.ts';
import {
	adopted,
	appeal,
	as,
	decide,
	draft,
	inCouncil,
	officers,
	outcome,
	put,
	type Role,
	roles,
	useCouncil
} from './testing.ts';

useCouncil();

describe('a case', () => {
	// It has been sent once, so that who rules reads it.
	const code = 'S-N9CL';
	const reads: Role[] = [...inCouncil, 'who rules'];

	function expected(state: CaseState, deed: CaseDeed, role: Role): string {
		if (!reads.includes(role)) return 'not_found';
		if (!loneDeeds.includes(deed)) return 'unknown_choice';
		const holders = caseSteps[deed].right === 'run' ? officers : inCouncil;
		if (!holders.includes(role)) return 'not_allowed';
		return caseSteps[deed].from.some((from) => from === state) ? caseSteps[deed].to : 'wrong_state';
	}

	test.each(caseStates)('that is %s: every step, for everybody', (state) => {
		put(code, state);
		const found = roles.flatMap((role) =>
			caseDeeds.map((deed) => {
				const came = outcome(() => {
					courses.step(as(role), code, deed, { reason: 'grunn' });
					return courses.stateOf(caseId(code));
				});
				return `${role}, ${deed}: ${String(came)}`;
			})
		);
		expect(found).toEqual(
			roles.flatMap((role) =>
				caseDeeds.map((deed) => `${role}, ${deed}: ${expected(state, deed, role)}`)
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
			caseDeeds.filter((deed) => !loneDeeds.includes(deed)).sort()
		);
	});

	test.each(Object.entries(ways))('%s: from every state', (deed, { code, begin }) => {
		const { from, to } = caseSteps[deed as CaseDeed];
		for (const state of caseStates) {
			const came = outcome(() => {
				put(code, 'to_council');
				const take = begin();
				put(code, state);
				take();
				return courses.stateOf(caseId(code));
			});
			const is = from.some((one) => one === state);
			// What the appeal body decides is noted wherever the case stands.
			const otherwise = deed === 'remit' ? state : 'wrong_state';
			expect(`${state}: ${String(came)}`).toBe(`${state}: ${is ? to : otherwise}`);
		}
	});
});
