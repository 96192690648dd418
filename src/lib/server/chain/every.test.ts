import { beforeAll, describe, expect, test } from 'vitest';
import {
	caseDeeds,
	caseStates,
	caseSteps,
	loneDeeds,
	type CaseDeed,
	type CaseState
} from '#lib/domain/course.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import * as courses from '../courses.ts';
import { savepoint, sqlite, transaction } from '../db/index.ts';
import * as procedure from '../procedure.ts';
import * as recommendations from '../recommendations.ts';
import * as recusals from '../recusals.ts';
import * as rulings from '../rulings.ts';
import { actor, forumId, openDemo, person } from '../testing.ts';
import * as works from '../works.ts';
import { allocation, caseId, chair, openCouncil, placeOf, ruler, secretary } from './testing.ts';

/*
 * Every state × deed × role, through the keepers that pages use: what the tables of the domain promise is what happens. Each deed is
 * tried for real and undone again, so that the next one finds the same state.
 */

const people = {
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
type Role = keyof typeof people;
const roles = Object.keys(people) as Role[];
const inCouncil: Role[] = ['chair', 'secretary', 'member', 'one of the few'];
const officers: Role[] = ['chair', 'secretary'];
const as = (role: Role) => actor(people[role]);

const today = '2026-11-23';
let meeting: string;

class Undone extends Error {}

/**
 * What comes of a deed: what it returns, or the name of the refusal. Whatever it wrote is undone; of documents only when it is the
 * outermost.
 */
function outcome(work: () => unknown): unknown {
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

const put = (code: string, state: CaseState) =>
	sqlite().prepare('UPDATE course SET state = ? WHERE case_id = ?').run(state, caseId(code));

/** Closes a case to the member who is disqualified in these tables. */
function disqualify(code: string): void {
	const { id: item } = placeOf(code);
	recusals.raise(actor('P08'), meeting, { item, person: person('P08').id, reason: 'family' });
}

beforeAll(() => {
	openDemo();
	meeting = openCouncil();
	sqlite().exec('DELETE FROM urgent_member');
	procedure.setUrgentMember(forumId('BR'), person('P09').id);
	for (const code of ['S-G5MQ', 'S-N9CL', 'S-J3RF']) disqualify(code);
});

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
				return () => recommendations.send(chair(), id);
			}
		},
		rule: {
			code: 'S-2WHK',
			begin: () => {
				recommendations.send(chair(), adopted('S-2WHK'));
				return () => decide('follow');
			}
		},
		send_back: {
			code: 'S-2WHK',
			begin: () => {
				recommendations.send(chair(), adopted('S-2WHK'));
				return () => decide('send_back');
			}
		},
		remit: {
			code: 'S-2WHK',
			begin: () => {
				recommendations.send(chair(), adopted('S-2WHK'));
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
			expect(`${state}: ${String(came)}`).toBe(`${state}: ${is ? to : 'wrong_state'}`);
		}
	});
});

function draft(code: string, more = {}): string {
	return recommendations.save(secretary(), placeOf(code), allocation(more));
}

function adopted(code: string): string {
	const id = draft(code);
	recommendations.adopt(chair(), id, 1);
	return id;
}

function decide(stance: rulings.RulingInput['stance'], by: Role = 'who rules', noticeOn = today) {
	rulings.decide(as(by), 'V-102', {
		...{ stance, result: 'granted', content: 'utleigebustad', reason: 'grunn' },
		...{ ruledOn: today, noticeOn: noticeOn || null }
	});
}

function appeal(
	deed: 'receive' | 'forward' | 'decide',
	result: 'upheld' | 'set_aside' = 'upheld',
	by: Role = 'who rules'
): void {
	rulings.appealed(as(by), 'V-102', { deed, on: today, result });
}

describe('a recommendation', () => {
	const code = 'S-G5MQ';
	const begin = {
		draft: () => draft(code),
		adopted: () => adopted(code),
		sent: () => sent(),
		settled: () => {
			const id = sent();
			decide('follow');
			return id;
		}
	};
	function sent(): string {
		const id = adopted(code);
		recommendations.send(chair(), id);
		return id;
	}
	type Status = keyof typeof begin;
	const deeds = {
		save: (role: Role) =>
			void recommendations.save(as(role), placeOf(code), allocation({ version: 1 })),
		adopt: (role: Role, id: string) => recommendations.adopt(as(role), id, 1),
		send: (role: Role, id: string) => recommendations.send(as(role), id)
	};
	type Deed = keyof typeof deeds;

	/** Status by status and deed by deed: what each who may read it gets. For all others there is none. */
	const table: Record<Status, Record<Deed, Partial<Record<Role, string>>>> = {
		draft: {
			save: all('done'),
			adopt: { ...all('not_allowed'), chair: 'done' },
			send: { ...all('not_allowed'), chair: 'wrong_state', secretary: 'wrong_state' }
		},
		adopted: {
			save: all('already_adopted'),
			adopt: all('already_adopted'),
			send: { ...all('not_allowed'), chair: 'done', secretary: 'done' }
		},
		sent: {
			// It is written in the meeting, which who rules knows nothing of.
			save: all('already_adopted'),
			adopt: { ...all('already_adopted'), 'who rules': 'already_adopted' },
			send: {
				...all('not_allowed'),
				...{ chair: 'already_done', secretary: 'already_done', 'who rules': 'not_allowed' }
			}
		},
		settled: {
			save: all('already_adopted'),
			adopt: { ...all('already_adopted'), 'who rules': 'already_adopted' },
			send: {
				...all('not_allowed'),
				...{ chair: 'already_done', secretary: 'already_done', 'who rules': 'not_allowed' }
			}
		}
	};

	test.each(Object.keys(begin) as Status[])('that is %s: every deed, for everybody', (status) => {
		for (const deed of Object.keys(deeds) as Deed[])
			for (const role of roles) {
				const came = outcome(() => {
					put(code, 'to_council');
					const id = begin[status]();
					return deeds[deed](role, id);
				});
				const says = table[status][deed][role] ?? 'not_found';
				expect(`${deed}, ${role}: ${String(came)}`).toBe(`${deed}, ${role}: ${says}`);
			}
	});

	function all(says: string): Partial<Record<Role, string>> {
		return Object.fromEntries(inCouncil.map((role) => [role, says]));
	}
});

describe('an urgent recommendation', () => {
	const code = 'S-J3RF';
	const few = () => as('one of the few');
	const place = () => ({ urgent: caseId(code) });
	const input = (version: number | null) => allocation({ outcome: 'other_help', version });
	const begin = {
		draft: () => recommendations.save(few(), place(), input(null)),
		adopted: () => {
			const id = begin.draft();
			recommendations.adopt(few(), id, 1, 'det hastar');
			return id;
		},
		sent: () => {
			const id = begin.adopted();
			recommendations.send(few(), id, ['A']);
			return id;
		}
	};
	const deeds = {
		save: (role: Role) => void recommendations.save(as(role), place(), input(1)),
		adopt: (role: Role, id: string) => recommendations.adopt(as(role), id, 1, 'det hastar'),
		send: (role: Role, id: string) => recommendations.send(as(role), id, ['B'])
	};
	const others = { chair: 'not_allowed', secretary: 'not_allowed', member: 'not_allowed' };
	const leading = { chair: 'done', secretary: 'done', 'one of the few': 'done' };
	const over = (says: string) => ({
		...{ chair: says, secretary: says, 'one of the few': says }
	});
	const table: Record<string, Partial<Record<Role, string>>> = {
		'draft, save': { ...others, 'one of the few': 'done' },
		'draft, adopt': { ...others, 'one of the few': 'done' },
		'draft, send': { member: 'not_allowed', ...over('wrong_state') },
		// There is no draft any more: another one would be begun, on what nobody has read.
		'adopted, adopt': { ...over('already_adopted'), member: 'already_adopted' },
		'adopted, send': { member: 'not_allowed', ...leading },
		'sent, adopt': {
			...over('already_adopted'),
			...{ member: 'already_adopted', 'who rules': 'already_adopted' }
		},
		'sent, send': {
			...over('already_done'),
			...{ member: 'not_allowed', 'who rules': 'not_allowed' }
		}
	};

	test.each(Object.entries(table))('%s, for everybody', (name, says) => {
		const [status, deed] = name.split(', ') as [keyof typeof begin, keyof typeof deeds];
		for (const role of roles) {
			const came = outcome(() => deeds[deed](role, begin[status]()));
			// Nobody finds a place to write in about a case that they may not see.
			const none = deed === 'save' ? 'unknown_case' : 'not_found';
			expect(`${role}: ${String(came)}`).toBe(`${role}: ${says[role] ?? none}`);
		}
	});
});

describe('a ruling', () => {
	const code = 'S-G5MQ';
	const stages = {
		waiting: () => {},
		'ruled, without notice': () => decide('follow', 'who rules', ''),
		'ruled, and told': () => decide('follow'),
		appealed: () => {
			decide('follow');
			appeal('receive');
		},
		forwarded: () => {
			stages.appealed();
			appeal('forward');
		},
		'decided on appeal': () => {
			stages.forwarded();
			appeal('decide');
		},
		'sent back': () => decide('send_back')
	};
	type Stage = keyof typeof stages;
	const deeds = {
		follow: (role: Role) => decide('follow', role),
		depart: (role: Role) => decide('depart', role),
		send_back: (role: Role) => decide('send_back', role),
		notify: (role: Role) => rulings.notify(as(role), 'V-102', today),
		receive: (role: Role) => appeal('receive', 'upheld', role),
		forward: (role: Role) => appeal('forward', 'upheld', role),
		decide: (role: Role) => appeal('decide', 'upheld', role),
		start: (role: Role) => void works.start(as(role), 'V-102', works.proposed(chair(), 'V-102'))
	};
	type Deed = keyof typeof deeds;
	const rights: Record<Deed, Role[]> = {
		follow: ['who rules'],
		depart: ['who rules'],
		send_back: ['who rules'],
		notify: ['who rules', ...officers],
		receive: ['who rules', ...officers],
		forward: ['who rules', ...officers],
		decide: ['who rules', ...officers],
		start: officers
	};
	/** What can be done at each stage; everything else comes too late, or too early. */
	const open: Record<Stage, Deed[]> = {
		waiting: ['follow', 'depart', 'send_back'],
		'ruled, without notice': ['notify', 'receive', 'start'],
		'ruled, and told': ['receive', 'start'],
		appealed: ['forward', 'decide', 'start'],
		forwarded: ['decide', 'start'],
		'decided on appeal': ['start'],
		'sent back': []
	};

	function expected(stage: Stage, deed: Deed, role: Role): string {
		if (![...inCouncil, 'who rules'].includes(role)) return 'not_found';
		if (!rights[deed].includes(role)) return 'not_allowed';
		if (open[stage].includes(deed)) return 'done';
		return deed === 'start' ? 'wrong_state' : 'already_done';
	}

	test.each(Object.keys(stages) as Stage[])('%s: every deed, for everybody', (stage) => {
		const tried = (Object.keys(deeds) as Deed[]).flatMap((deed) =>
			roles.map((role) => ({ deed, role }))
		);
		const found = outcome(() => {
			put(code, 'to_council');
			recommendations.send(chair(), adopted(code));
			stages[stage]();
			return tried.map(({ deed, role }) => {
				const came = outcome(() => deeds[deed](role));
				return `${deed}, ${role}: ${String(came)}`;
			});
		});
		expect(found).toEqual(
			tried.map(({ deed, role }) => `${deed}, ${role}: ${expected(stage, deed, role)}`)
		);
	});

	test('sets its work going once', () => {
		const came = outcome(() => {
			put(code, 'to_council');
			recommendations.send(chair(), adopted(code));
			decide('follow');
			deeds.start('chair');
			return outcome(() => deeds.start('secretary'));
		});
		expect(came).toBe('already_done');
	});
});

test('nothing of all this has stayed', () => {
	expect(
		sqlite().prepare("SELECT count(*) FROM recommendation WHERE code > 'I-052'").pluck().get()
	).toBe(0);
	expect(sqlite().prepare("SELECT count(*) FROM ruling WHERE code > 'V-101'").pluck().get()).toBe(
		0
	);
	expect(ruler().sent.has(caseId('S-G5MQ'))).toBe(false);
});
