import { describe, expect, test } from 'vitest';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import { send } from '#lib/server/ruling/sending.ts';
import { allocation, caseId, chair, placeOf } from '#lib/server/start/case-to-ruling/testing.ts';
import {
	adopted,
	as,
	decide,
	draft,
	inBoard,
	outcome,
	put,
	type Role,
	roles,
	useBoard
} from './testing.ts';

useBoard();

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
		send(chair(), id);
		return id;
	}
	type Status = keyof typeof begin;
	const verbs = {
		save: (role: Role) =>
			void recommendations.save(as(role), placeOf(code), allocation({ version: 1 })),
		adopt: (role: Role, id: string) => recommendations.adopt(as(role), id, 1),
		send: (role: Role, id: string) => send(as(role), id)
	};
	type Permission = keyof typeof verbs;

	/**
	 * Status by status and command by command: what each who may read it gets. For all others there
	 * is none.
	 */
	const table: Record<Status, Record<Permission, Partial<Record<Role, string>>>> = {
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
			// It is written in the meeting, which the decision maker knows nothing of.
			save: all('already_adopted'),
			adopt: { ...all('already_adopted'), 'who rules': 'already_adopted' },
			send: {
				...all('not_allowed'),
				chair: 'already_done',
				secretary: 'already_done',
				'who rules': 'not_allowed'
			}
		},
		settled: {
			save: all('already_adopted'),
			adopt: { ...all('already_adopted'), 'who rules': 'already_adopted' },
			send: {
				...all('not_allowed'),
				chair: 'already_done',
				secretary: 'already_done',
				'who rules': 'not_allowed'
			}
		}
	};

	test.each(Object.keys(begin) as Status[])('that is %s: every deed, for everybody', (status) => {
		for (const verb of Object.keys(verbs) as Permission[])
			for (const role of roles) {
				const came = outcome(() => {
					put(code, 'to_council');
					const id = begin[status]();
					return verbs[verb](role, id);
				});
				const says = table[status][verb][role] ?? 'not_found';
				expect(`${verb}, ${role}: ${String(came)}`).toBe(`${verb}, ${role}: ${says}`);
			}
	});

	function all(says: string): Partial<Record<Role, string>> {
		return Object.fromEntries(inBoard.map((role) => [role, says]));
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
			send(few(), id, ['A']);
			return id;
		}
	};
	const verbs = {
		save: (role: Role) => void recommendations.save(as(role), place(), input(1)),
		adopt: (role: Role, id: string) => recommendations.adopt(as(role), id, 1, 'det hastar'),
		send: (role: Role, id: string) => send(as(role), id, ['B'])
	};
	const others = { chair: 'not_allowed', secretary: 'not_allowed', member: 'not_allowed' };
	const leading = { chair: 'done', secretary: 'done', 'one of the few': 'done' };
	const over = (says: string) => ({
		chair: says,
		secretary: says,
		'one of the few': says
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
			member: 'already_adopted',
			'who rules': 'already_adopted'
		},
		'sent, send': {
			...over('already_done'),
			member: 'not_allowed',
			'who rules': 'not_allowed'
		}
	};

	test.each(Object.entries(table))('%s, for everybody', (name, says) => {
		const [status, verb] = name.split(', ') as [keyof typeof begin, keyof typeof verbs];
		for (const role of roles) {
			const came = outcome(() => verbs[verb](role, begin[status]()));
			// Nobody finds a place to write in about a case that they may not see.
			const none = verb === 'save' ? 'unknown_case' : 'not_found';
			expect(`${role}: ${String(came)}`).toBe(`${role}: ${says[role] ?? none}`);
		}
	});
});
