import { beforeAll, describe, expect, test } from 'vitest';
import { type ActionStatus, actionStatuses, isOpen } from '#lib/domain/action.ts';
import type { Actor } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { transaction } from '#lib/server/db/index.ts';
import { actor, openDemo, person } from '#lib/server/start/testing.ts';
import * as actions from './actions.ts';
import * as handovers from './handovers.ts';
import * as register from './register.ts';

beforeAll(openDemo);

/*
 * State × role × command. The action is about a case and Kåre's (P14), whose unit HF is led by
 * P13; it is offered to HT, led by P12, who is no member.
 */
describe('who may do what, in every state', () => {
	const roles = {
		'who answers': 'P14',
		'the leader of that unit': 'P13',
		chair: 'P03',
		secretary: 'P04',
		member: 'P05',
		'the leader it is offered to': 'P12',
		'an employee': 'P15',
		'somebody from outside': 'P20'
	};
	type Role = keyof typeof roles;
	const officers: Role[] = ['who answers', 'the leader of that unit', 'chair', 'secretary'];
	const nobody: Role[] = [];
	const readers: Role[] = [...officers, 'member', 'the leader it is offered to'];

	/** Readies O-07 in a state, offered to HT; what is over is offered to nobody. */
	function ready(state: ActionStatus): string {
		const { id } = register.read(actor('P03'), 'O-07');
		actions.setDone(actor('P03'), id, false);
		if (state !== 'open')
			actions.changeStatus(actor('P03'), id, { status: state, waitingFor: 'x' });
		const [unit] = actor('P12').leads;
		if (isOpen(state)) handovers.offer(actor('P03'), id, { to: `unit:${unit}` });
		return id;
	}

	const verbs: Record<string, (as: Actor, id: string) => void> = {
		read: (as) => void register.read(as, 'O-07'),
		'set in progress': (as, id) => actions.changeStatus(as, id, { status: 'in_progress' }),
		'let wait': (as, id) => actions.changeStatus(as, id, { status: 'waiting', waitingFor: 'y' }),
		finish: (as, id) => actions.changeStatus(as, id, { status: 'done' }),
		drop: (as, id) => actions.changeStatus(as, id, { status: 'dropped' }),
		open: (as, id) => actions.changeStatus(as, id, { status: 'open' }),
		note: (as, id) => actions.addNote(as, id, 'Eit notat'),
		'move the deadline': (as, id) => actions.moveDeadline(as, id, { due: '2026-12-24' }),
		offer: (as, id) => handovers.offer(as, id, { to: `person:${person('P05').id}` }),
		accept: handovers.accept,
		decline: handovers.decline,
		withdraw: handovers.withdraw
	};

	const open = { read: readers, note: officers, 'move the deadline': officers };
	const ends = { finish: officers, drop: officers, withdraw: officers };
	const target: Role[] = ['the leader it is offered to'];
	const offered = { accept: target, decline: target, offer: nobody };
	const over = { read: [...officers, 'member'] as Role[], note: officers, open: officers };
	const table: Record<ActionStatus, Record<string, Role[]>> = {
		open: { ...open, ...ends, ...offered, 'set in progress': officers, 'let wait': officers },
		in_progress: { ...open, ...ends, ...offered, open: officers, 'let wait': officers },
		waiting: {
			...open,
			...ends,
			...offered,
			open: officers,
			'set in progress': officers,
			'let wait': officers
		},
		done: over,
		dropped: over
	};

	const cases = actionStatuses.flatMap((state) =>
		Object.keys(verbs).map((verb) => [state, verb, table[state][verb] ?? nobody] as const)
	);
	const undo = new Error('as it was before');
	/** Whether it is allowed; nothing of it stays. */
	function tried(work: () => void): boolean {
		let allowed = true;
		try {
			transaction(() => {
				try {
					work();
				} catch (no) {
					if (!(no instanceof Refusal)) throw no;
					allowed = false;
				}
				throw undo;
			});
		} catch (fault) {
			if (fault !== undo) throw fault;
		}
		return allowed;
	}

	test.each(cases)('%s: to %s', (state, verb, allowed) => {
		const can = (Object.keys(roles) as Role[]).filter((role) =>
			tried(() => {
				const id = ready(state);
				verbs[verb]!(actor(roles[role]), id);
			})
		);
		expect(can.sort()).toEqual([...allowed].sort());
	});
});
