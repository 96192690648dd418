import { describe, expect, test } from 'vitest';
import * as followUp from '#lib/server/ruling/follow-up.ts';
import * as rulings from '#lib/server/ruling/rulings.ts';
import { send } from '#lib/server/ruling/sending.ts';
import { chair } from '#lib/server/start/case-to-ruling/testing.ts';
import {
	adopted,
	appeal,
	as,
	decide,
	inBoard,
	officers,
	outcome,
	put,
	type Role,
	roles,
	today,
	useBoard
} from './testing.ts';

useBoard();

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
	const verbs = {
		follow: (role: Role) => decide('follow', role),
		depart: (role: Role) => decide('depart', role),
		send_back: (role: Role) => decide('send_back', role),
		notify: (role: Role) => rulings.notify(as(role), 'V-102', today),
		receive: (role: Role) => appeal('receive', 'upheld', role),
		forward: (role: Role) => appeal('forward', 'upheld', role),
		decide: (role: Role) => appeal('decide', 'upheld', role),
		start: (role: Role) =>
			void followUp.start(as(role), 'V-102', followUp.proposed(chair(), 'V-102'))
	};
	type Permission = keyof typeof verbs;
	const rights: Record<Permission, Role[]> = {
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
	const open: Record<Stage, Permission[]> = {
		waiting: ['follow', 'depart', 'send_back'],
		'ruled, without notice': ['notify', 'receive', 'start'],
		'ruled, and told': ['receive', 'start'],
		appealed: ['forward', 'decide', 'start'],
		forwarded: ['decide', 'start'],
		'decided on appeal': ['start'],
		'sent back': []
	};

	function expected(stage: Stage, verb: Permission, role: Role): string {
		if (![...inBoard, 'who rules'].includes(role)) return 'not_found';
		if (!rights[verb].includes(role)) return 'not_allowed';
		if (open[stage].includes(verb)) return 'done';
		return verb === 'start' ? 'wrong_state' : 'already_done';
	}

	test.each(Object.keys(stages) as Stage[])('%s: every deed, for everybody', (stage) => {
		const tried = (Object.keys(verbs) as Permission[]).flatMap((verb) =>
			roles.map((role) => ({ verb, role }))
		);
		const found = outcome(() => {
			put(code, 'to_council');
			send(chair(), adopted(code));
			stages[stage]();
			return tried.map(({ verb, role }) => {
				const came = outcome(() => verbs[verb](role));
				return `${verb}, ${role}: ${String(came)}`;
			});
		});
		expect(found).toEqual(
			tried.map(({ verb, role }) => `${verb}, ${role}: ${expected(stage, verb, role)}`)
		);
	});

	test('sets its work going once', () => {
		const came = outcome(() => {
			put(code, 'to_council');
			send(chair(), adopted(code));
			decide('follow');
			verbs.start('chair');
			return outcome(() => verbs.start('secretary'));
		});
		expect(came).toBe('already_done');
	});
});
