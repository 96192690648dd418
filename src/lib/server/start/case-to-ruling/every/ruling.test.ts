import { describe, expect, test } from 'vitest';
import * as works from '#lib/server/ruling/follow-up.ts';
import * as rulings from '#lib/server/ruling/rulings.ts';
import { send } from '#lib/server/ruling/sending.ts';
import { chair } from '#lib/server/start/case-to-ruling/testing.ts';
import {
	adopted,
	appeal,
	as,
	decide,
	inCouncil,
	officers,
	outcome,
	put,
	type Role,
	roles,
	today,
	useCouncil
} from './testing.ts';

useCouncil();

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
			send(chair(), adopted(code));
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
			send(chair(), adopted(code));
			decide('follow');
			deeds.start('chair');
			return outcome(() => deeds.start('secretary'));
		});
		expect(came).toBe('already_done');
	});
});
