import { describe, expect, test } from 'vitest';
import { type Actor, may, type Permission, permissions, type Subject } from './may.ts';
import type { MembershipRole } from './membership.ts';

const board = { forum: 'BR', forumKind: 'council' as const };
const day = { forum: 'BSF', forumKind: 'day' as const };

function actor(role: MembershipRole | null, more: Partial<Actor> = {}): Actor {
	const roles: Actor['roles'] = role ? { BR: role } : {};
	const nothing = {
		outside: false,
		administrator: false,
		leads: [],
		calls: [],
		acting: [],
		rules: [],
		sent: new Set<string>(),
		urges: [],
		recused: new Set<string>()
	};
	return { id: 'me', unit: 'NAV', roles, ...nothing, ...more };
}

const people: Record<string, Actor> = {
	chair: actor('chair'),
	secretary: actor('secretary'),
	member: actor('member'),
	'acting chair': actor('member', { acting: [{ meeting: 'M', item: null, role: 'chair' }] }),
	'acting secretary': actor('member', {
		acting: [{ meeting: 'M', item: null, role: 'secretary' }]
	}),
	'chair of the item': actor('member', { acting: [{ meeting: 'M', item: 'K', role: 'chair' }] }),
	'chair of another meeting': actor('member', {
		acting: [{ meeting: 'N', item: null, role: 'chair' }]
	}),
	deputy: actor('deputy'),
	'deputy called to the meeting': actor('deputy', {
		calls: [{ meeting: 'M', item: null, cases: ['C', 'D'] }]
	}),
	'deputy called to the case item': actor('deputy', {
		calls: [{ meeting: 'M', item: 'K', cases: ['C'] }]
	}),
	'deputy called to another item': actor('deputy', {
		calls: [{ meeting: 'M', item: 'L', cases: ['D'] }]
	}),
	observer: actor('observer'),
	employee: actor(null),
	administrator: actor(null, { administrator: true }),
	'unit leader': actor(null, { leads: ['PHR'] }),
	'disqualified member': actor('member', { recused: new Set(['C']) }),
	'disqualified chair': actor('chair', { recused: new Set(['C']) }),
	'disqualified deputy': actor('deputy', {
		calls: [{ meeting: 'M', item: null, cases: ['C'] }],
		recused: new Set(['C'])
	}),
	'who rules': actor(null, { rules: ['BR'], sent: new Set(['C']) }),
	'who rules, before it is sent': actor(null, { rules: ['BR'] }),
	'who rules and is a member': actor('chair', { rules: ['BR'], sent: new Set(['C']) }),
	'who rules and is disqualified': actor(null, {
		rules: ['BR'],
		sent: new Set(['C']),
		recused: new Set(['C'])
	}),
	'one of the few for urgent cases': actor('member', { urges: ['BR'] }),
	'strategic member': actor(null, { roles: { OBG: 'member' } }),
	'host of the day': actor(null, { roles: { BSF: 'chair' } }),
	'speaker from outside': actor(null, { outside: true, roles: { BSF: 'speaker' } }),
	'somebody from outside': actor(null, { outside: true })
};

const all = Object.keys(people);
const acting = ['acting chair', 'acting secretary'];
const officers = ['chair', 'secretary', ...acting];
const few = 'one of the few for urgent cases';
/** Who works with the case. */
const onCase = [...officers, 'member', 'chair of the item', 'chair of another meeting', few];
/** They work in the board, but the case is closed to them. */
const ruling = 'who rules and is a member';
const keptOut = ['disqualified member', 'disqualified chair', ruling];
const work = [...onCase, ...keptOut];
const keepers = [...officers, 'disqualified chair', ruling];
const locks = ['chair', 'acting chair', 'disqualified chair', ruling];
const wholly = 'deputy called to the meeting';
const toItem = 'deputy called to the case item';
const shutDeputy = 'disqualified deputy';
const calledIn = [wholly, toItem, 'deputy called to another item', shutDeputy];
const employees = all.filter((name) => !name.endsWith('outside'));
const notOutsiders = [...employees, 'speaker from outside'];
const nobody: string[] = [];
const recused = all.filter((name) => name.includes('disqualified'));
const notRecused = all.filter((name) => !recused.includes(name));
const rulers = ['who rules', ruling];
/** Also those to whom no case has been sent, and who is disqualified from the one. */
const everyRuler = all.filter((name) => name.startsWith('who rules'));

const called = { meeting: 'M', status: 'called' as const };
const review = { meeting: 'M', status: 'review' as const };
const locked = { meeting: 'M', status: 'locked' as const };
const phr = { person: 'other', unit: 'PHR' };
const elsewhere = { person: 'other', unit: 'HAB' };
const chairs = ['chair', 'secretary'];
const at = { ...called, item: 'K' };
const recommendation = { kind: 'recommendation', ...board, case: 'C' } as const;
const reads = [...onCase, wholly, toItem];
const itemChairs = ['chair', 'acting chair', 'chair of the item'];

/** Thing by thing: which command is open to whom. A command that is not named is open to nobody. */
const table: [name: string, subject: Subject, rights: Partial<Record<Permission, string[]>>][] = [
	['the directory', { kind: 'directory' }, { read: employees }],
	[
		'the matrix that the council adopted',
		{ kind: 'matrix', forum: 'BR' },
		{ read: employees, write: [...chairs, 'disqualified chair', ruling] }
	],
	[
		'a matrix that no forum adopted',
		{ kind: 'matrix', forum: null },
		{ read: employees, write: ['administrator'] }
	],
	['how the server runs', { kind: 'operation' }, { read: ['administrator'] }],
	[
		'the council',
		{ kind: 'forum', ...board },
		{
			read: employees,
			propose: work,
			plan: [...chairs, 'disqualified chair', ruling],
			manage: ['chair', 'disqualified chair', ruling]
		}
	],
	[
		'the forum day',
		{ kind: 'forum', ...day },
		{
			read: notOutsiders,
			propose: ['host of the day', 'speaker from outside'],
			plan: ['host of the day'],
			manage: ['host of the day']
		}
	],
	[
		'a council meeting',
		{ kind: 'meeting', ...board, ...called },
		{
			read: [...work, ...calledIn, 'observer'],
			write: [...work, wholly, shutDeputy],
			run: keepers,
			appoint: work,
			lock: locks
		}
	],
	[
		'a council meeting in review',
		{ kind: 'meeting', ...board, ...review },
		{
			read: [...work, ...calledIn, 'observer'],
			write: keepers,
			run: keepers,
			appoint: work,
			lock: locks
		}
	],
	[
		'a locked council meeting',
		{ kind: 'meeting', ...board, ...locked },
		{ read: [...work, ...calledIn, 'observer'], lock: locks }
	],
	[
		'the programme of a day',
		{ kind: 'meeting', ...day, meeting: 'P', status: 'called' },
		{
			read: notOutsiders,
			write: ['host of the day'],
			propose: notOutsiders,
			run: ['host of the day'],
			appoint: ['host of the day'],
			lock: ['host of the day']
		}
	],
	[
		'the programme of a day that is over',
		{ kind: 'meeting', ...day, meeting: 'P', status: 'locked' },
		{ read: notOutsiders, lock: ['host of the day'] }
	],
	[
		'an ordinary item in review',
		{ kind: 'item', item: 'O', ...board, ...review, case: null },
		{
			read: [...work, ...calledIn, 'observer'],
			write: keepers,
			propose: [...work, wholly, shutDeputy],
			run: keepers,
			erase: keepers
		}
	],
	[
		'an ordinary item',
		{ kind: 'item', item: 'O', ...board, ...called, case: null },
		{
			read: [...work, ...calledIn, 'observer'],
			write: [...work, wholly, shutDeputy],
			run: keepers,
			erase: keepers
		}
	],
	[
		'a case item',
		{ kind: 'item', item: 'K', ...board, ...called, case: 'C' },
		{ read: reads, write: reads, run: [...officers, 'chair of the item'], erase: officers }
	],
	[
		'a case item in review',
		{ kind: 'item', item: 'K', ...board, ...review, case: 'C' },
		{
			read: reads,
			write: officers,
			propose: reads,
			run: [...officers, 'chair of the item'],
			erase: officers
		}
	],
	[
		'a locked case item',
		{ kind: 'item', item: 'K', ...board, ...locked, case: 'C' },
		{ read: reads, erase: officers }
	],
	[
		'an item about another case',
		{ kind: 'item', item: 'L', ...board, ...locked, case: 'D' },
		{
			read: [
				...onCase,
				'disqualified member',
				'disqualified chair',
				wholly,
				shutDeputy,
				'deputy called to another item'
			],
			erase: [...officers, 'disqualified chair']
		}
	],
	[
		'a case',
		{ kind: 'case', forum: 'BR', id: 'C' },
		{
			read: [...reads, ...rulers],
			create: onCase,
			write: onCase,
			run: chairs,
			erase: chairs,
			urge: [few]
		}
	],
	[
		'the cases of the council',
		{ kind: 'case', forum: 'BR', id: null },
		{
			read: [...onCase, 'disqualified member', 'disqualified chair'],
			create: [...onCase, 'disqualified member', 'disqualified chair'],
			write: [...onCase, 'disqualified member', 'disqualified chair'],
			run: [...chairs, 'disqualified chair'],
			erase: [...chairs, 'disqualified chair'],
			urge: [few]
		}
	],
	[
		'a recommendation that is being made',
		{ ...recommendation, at, status: 'draft' },
		{ read: reads, write: reads, adopt: itemChairs, run: [...officers, 'chair of the item'] }
	],
	[
		'a recommendation that is being made, while the minutes are reviewed',
		{ ...recommendation, at: { ...at, status: 'review' }, status: 'draft' },
		{ read: reads, write: officers, adopt: itemChairs, run: [...officers, 'chair of the item'] }
	],
	[
		'a recommendation that was not adopted before the minutes were locked',
		{ ...recommendation, at: { ...at, status: 'locked' }, status: 'draft' },
		{ read: reads, run: [...officers, 'chair of the item'] }
	],
	[
		'an adopted recommendation',
		{ ...recommendation, at: { ...at, status: 'locked' }, status: 'adopted' },
		{ read: reads, run: [...officers, 'chair of the item'] }
	],
	[
		'a recommendation that has been sent',
		{ ...recommendation, at: { ...at, status: 'locked' }, status: 'sent' },
		{ read: [...reads, ...rulers], run: [...officers, 'chair of the item'] }
	],
	[
		'an urgent recommendation that is being made',
		{ ...recommendation, at: null, status: 'draft' },
		{ read: onCase, write: [few], adopt: [few], run: [...chairs, few] }
	],
	[
		'an urgent recommendation that is adopted',
		{ ...recommendation, at: null, status: 'sent' },
		{ read: [...onCase, ...rulers], run: [...chairs, few] }
	],
	[
		'a ruling',
		{ kind: 'ruling', forum: 'BR', case: 'C' },
		{ read: [...reads, ...rulers], rule: rulers, complete: [...rulers, ...chairs], run: chairs }
	],
	[
		'the rulings of the council',
		{ kind: 'ruling', forum: 'BR', case: null },
		{
			read: [...onCase, 'disqualified member', 'disqualified chair', ...everyRuler],
			rule: everyRuler,
			complete: [...everyRuler, ...chairs, 'disqualified chair'],
			run: [...chairs, 'disqualified chair']
		}
	],
	[
		'the question whether somebody else is impartial',
		{ kind: 'recusal', ...board, ...called, item: 'K', case: 'C', person: 'other' },
		{
			read: reads,
			create: [...officers, 'chair of the item'],
			run: [...officers, 'chair of the item']
		}
	],
	[
		'the question whether one is impartial oneself',
		{ kind: 'recusal', ...board, ...called, item: 'K', case: 'C', person: 'me' },
		{ read: all, create: reads }
	],
	[
		'an action about a case, at a unit',
		{ kind: 'action', ...board, ...phr, case: 'C' },
		{ read: [...onCase, 'unit leader'], complete: [...chairs, ruling, 'unit leader'] }
	],
	[
		'an action about no case',
		{ kind: 'action', ...board, ...phr, case: null },
		{
			read: [...work, 'observer', 'unit leader'],
			complete: [...chairs, 'disqualified chair', ruling, 'unit leader']
		}
	],
	[
		'an action of one’s own',
		{ kind: 'action', ...board, person: 'me', unit: 'NAV', case: 'C' },
		{ read: notRecused, complete: notRecused }
	],
	[
		'an action offered to one',
		{
			kind: 'action',
			...board,
			...elsewhere,
			offered: { person: 'me', unit: null, by: 'other' },
			case: 'C'
		},
		{
			read: notRecused,
			complete: [...chairs, ruling],
			accept: notRecused,
			withdraw: [...chairs, ruling]
		}
	],
	[
		'an action offered to a unit',
		{
			kind: 'action',
			...board,
			...elsewhere,
			offered: { person: null, unit: 'PHR', by: 'other' },
			case: 'C'
		},
		{
			read: [...onCase, 'unit leader'],
			complete: [...chairs, ruling],
			accept: ['unit leader'],
			withdraw: [...chairs, ruling]
		}
	],
	[
		'an action that one has offered to somebody else',
		{
			kind: 'action',
			...board,
			...elsewhere,
			offered: { person: 'third', unit: null, by: 'me' },
			case: 'C'
		},
		{ read: onCase, complete: [...chairs, ruling], withdraw: notRecused }
	],
	['a decision about a case', { kind: 'decision', ...board, case: 'C' }, { read: onCase }],
	['a decision', { kind: 'decision', ...board, case: null }, { read: [...work, 'observer'] }],
	[
		'a talk of somebody else',
		{ kind: 'talk', ...day, speaker: 'other' },
		{ read: ['host of the day'], manage: ['host of the day'] }
	],
	[
		'one’s own talk',
		{ kind: 'talk', ...day, speaker: 'me' },
		{ read: all, write: all, manage: ['host of the day'] }
	]
];

describe.each(table)('%s', (_, subject, rights) => {
	test.each(permissions)('%s', (permission) => {
		const allowed = all.filter((name) => may(people[name]!, permission, subject));
		expect(allowed.sort()).toEqual([...(rights[permission] ?? nobody)].sort());
	});
});
