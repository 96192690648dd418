import { describe, expect, test } from 'vitest';
import { deeds, may, type Actor, type Deed, type Thing } from './may.ts';
import type { MembershipRole } from './membership.ts';

const council = { forum: 'BR', forumKind: 'council' as const };
const day = { forum: 'BSF', forumKind: 'day' as const };

function actor(role: MembershipRole | null, more: Partial<Actor> = {}): Actor {
	const roles: Actor['roles'] = role ? { BR: role } : {};
	const nothing = { outside: false, administrator: false, leads: [], calls: [], acting: [] };
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
	'strategic member': actor(null, { roles: { OBG: 'member' } }),
	'host of the day': actor(null, { roles: { BSF: 'chair' } }),
	'speaker from outside': actor(null, { outside: true, roles: { BSF: 'speaker' } }),
	'somebody from outside': actor(null, { outside: true })
};

const all = Object.keys(people);
const acting = ['acting chair', 'acting secretary'];
const keepers = ['chair', 'secretary', ...acting];
const work = [...keepers, 'member', 'chair of the item', 'chair of another meeting'];
const wholly = 'deputy called to the meeting';
const toItem = 'deputy called to the case item';
const calledIn = [wholly, toItem, 'deputy called to another item'];
const employees = all.filter((name) => !name.endsWith('outside'));
const notOutsiders = [...employees, 'speaker from outside'];
const nobody: string[] = [];

const called = { meeting: 'M', status: 'called' as const };
const review = { meeting: 'M', status: 'review' as const };
const locked = { meeting: 'M', status: 'locked' as const };
const phr = { person: 'other', unit: 'PHR' };
const elsewhere = { person: 'other', unit: 'HAB' };
const officers = ['chair', 'secretary', 'unit leader'];

/** Thing by thing: which deed is open to whom. A deed that is not named is open to nobody. */
const table: [name: string, thing: Thing, rights: Partial<Record<Deed, string[]>>][] = [
	['the directory', { kind: 'directory' }, { read: employees }],
	['how the server runs', { kind: 'operation' }, { read: ['administrator'] }],
	[
		'the council',
		{ kind: 'forum', ...council },
		{ read: employees, create: work, manage: ['chair'] }
	],
	[
		'the forum day',
		{ kind: 'forum', ...day },
		{ read: notOutsiders, create: notOutsiders, manage: ['host of the day'] }
	],
	[
		'a council meeting',
		{ kind: 'meeting', ...council, ...called },
		{
			read: [...work, ...calledIn, 'observer'],
			write: [...work, wholly],
			run: keepers,
			appoint: work,
			lock: ['chair', 'acting chair']
		}
	],
	[
		'a council meeting in review',
		{ kind: 'meeting', ...council, ...review },
		{
			read: [...work, ...calledIn, 'observer'],
			write: keepers,
			run: keepers,
			appoint: work,
			lock: ['chair', 'acting chair']
		}
	],
	[
		'a locked council meeting',
		{ kind: 'meeting', ...council, ...locked },
		{ read: [...work, ...calledIn, 'observer'], lock: ['chair', 'acting chair'] }
	],
	[
		'the programme of a day',
		{ kind: 'meeting', ...day, meeting: 'P', status: 'called' },
		{
			read: notOutsiders,
			write: ['host of the day'],
			run: ['host of the day'],
			appoint: ['host of the day'],
			lock: ['host of the day']
		}
	],
	[
		'an ordinary item',
		{ kind: 'item', item: 'O', ...council, ...called, case: false },
		{
			read: [...work, ...calledIn, 'observer'],
			write: [...work, wholly],
			run: keepers,
			erase: keepers
		}
	],
	[
		'a case item',
		{ kind: 'item', item: 'K', ...council, ...called, case: true },
		{
			read: [...work, wholly, toItem],
			write: [...work, wholly, toItem],
			run: [...keepers, 'chair of the item'],
			erase: keepers
		}
	],
	[
		'a case item in review',
		{ kind: 'item', item: 'K', ...council, ...review, case: true },
		{
			read: [...work, wholly, toItem],
			write: keepers,
			run: [...keepers, 'chair of the item'],
			erase: keepers
		}
	],
	[
		'a locked case item',
		{ kind: 'item', item: 'K', ...council, ...locked, case: true },
		{ read: [...work, wholly, toItem], erase: keepers }
	],
	[
		'a case',
		{ kind: 'case', forum: 'BR', id: 'C' },
		{ read: [...work, wholly, toItem], create: work }
	],
	[
		'the cases of the council',
		{ kind: 'case', forum: 'BR', id: null },
		{ read: work, create: work }
	],
	[
		'an action about a case, at a unit',
		{ kind: 'action', ...council, ...phr, case: true },
		{ read: [...work, 'unit leader'], complete: officers }
	],
	[
		'an action about no case',
		{ kind: 'action', ...council, ...phr, case: false },
		{ read: [...work, 'observer', 'unit leader'], complete: officers }
	],
	[
		'an action of one’s own',
		{ kind: 'action', ...council, person: 'me', unit: 'NAV', case: true },
		{ read: all, complete: all }
	],
	[
		'an action offered to one',
		{ kind: 'action', ...council, ...elsewhere, offered: { person: 'me', unit: null }, case: true },
		{ read: all, complete: ['chair', 'secretary'], accept: all }
	],
	[
		'an action offered to a unit',
		{
			kind: 'action',
			...council,
			...elsewhere,
			offered: { person: null, unit: 'PHR' },
			case: true
		},
		{ read: [...work, 'unit leader'], complete: ['chair', 'secretary'], accept: ['unit leader'] }
	],
	['a decision about a case', { kind: 'decision', ...council, case: true }, { read: work }],
	['a decision', { kind: 'decision', ...council, case: false }, { read: [...work, 'observer'] }],
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

describe.each(table)('%s', (_, thing, rights) => {
	test.each(deeds)('%s', (deed) => {
		const allowed = all.filter((name) => may(people[name]!, deed, thing));
		expect(allowed.sort()).toEqual([...(rights[deed] ?? nobody)].sort());
	});
});
