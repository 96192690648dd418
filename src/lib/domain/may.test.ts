import { describe, expect, test } from 'vitest';
import { deeds, may, type Actor, type Deed, type Thing } from './may.ts';
import type { MembershipRole } from './membership.ts';

const council = { forum: 'BR', forumKind: 'council' as const };
const day = { forum: 'BSF', forumKind: 'day' as const };

function actor(role: MembershipRole | null, more: Partial<Actor> = {}): Actor {
	const roles: Actor['roles'] = role ? { BR: role } : {};
	return { id: 'me', unit: 'NAV', outside: false, administrator: false, roles, leads: [], ...more };
}

const people: Record<string, Actor> = {
	chair: actor('chair'),
	secretary: actor('secretary'),
	member: actor('member'),
	deputy: actor('deputy'),
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
const work = ['chair', 'secretary', 'member'];
const employees = all.filter((name) => !name.endsWith('outside'));
const notOutsiders = [...employees, 'speaker from outside'];
const nobody: string[] = [];

const called = { status: 'called' as const };
const locked = { status: 'locked' as const };
const phr = { person: 'other', unit: 'PHR' };

/** Thing by thing: which deed is open to whom. A deed that is not named is open to nobody. */
const table: [name: string, thing: Thing, rights: Partial<Record<Deed, string[]>>][] = [
	['the directory', { kind: 'directory' }, { read: employees }],
	['the council', { kind: 'forum', ...council }, { read: employees, manage: ['chair'] }],
	['the forum day', { kind: 'forum', ...day }, { read: notOutsiders, manage: ['host of the day'] }],
	[
		'a council meeting',
		{ kind: 'meeting', ...council, ...called },
		{ read: [...work, 'observer'], write: work }
	],
	[
		'a locked council meeting',
		{ kind: 'meeting', ...council, ...locked },
		{ read: [...work, 'observer'] }
	],
	[
		'the programme of a day',
		{ kind: 'meeting', ...day, ...called },
		{ read: notOutsiders, write: ['host of the day'] }
	],
	[
		'an ordinary item',
		{ kind: 'item', ...council, ...called, case: false },
		{ read: [...work, 'observer'], write: work }
	],
	['a case item', { kind: 'item', ...council, ...called, case: true }, { read: work, write: work }],
	['a locked case item', { kind: 'item', ...council, ...locked, case: true }, { read: work }],
	['a case', { kind: 'case', forum: 'BR' }, { read: work, create: work }],
	[
		'an action about a case, at a unit',
		{ kind: 'action', ...council, ...phr, case: true },
		{ read: [...work, 'unit leader'], complete: ['chair', 'secretary', 'unit leader'] }
	],
	[
		'an action about no case',
		{ kind: 'action', ...council, ...phr, case: false },
		{ read: [...work, 'observer', 'unit leader'], complete: ['chair', 'secretary', 'unit leader'] }
	],
	[
		'an action of one’s own',
		{ kind: 'action', ...council, person: 'me', unit: 'NAV', case: true },
		{ read: all, complete: all }
	]
];

describe.each(table)('%s', (_, thing, rights) => {
	test.each(deeds)('%s', (deed) => {
		const allowed = all.filter((name) => may(people[name]!, deed, thing));
		expect(allowed.sort()).toEqual([...(rights[deed] ?? nobody)].sort());
	});
});
