import { describe, expect, test } from 'vitest';
import {
	byTurn,
	type CaseRight,
	type CaseState,
	caseStates,
	type CaseStepName,
	caseStepNames,
	caseSteps,
	caseStepsFrom,
	isUndecided,
	overStates,
	queuedStates,
	takeStep
} from './case-progress.ts';
import { type Actor, may, type Subject } from './may.ts';

/** State by state: the steps that are open, and where each leads. Every other step is refused. */
const table: Record<CaseState, Partial<Record<CaseStepName, CaseState>>> = {
	registered: { assess: 'assessed', urge: 'recommended', withdraw: 'withdrawn' },
	assessed: {
		queue: 'to_council',
		put_off: 'put_off',
		recommend: 'recommended',
		urge: 'recommended',
		wait: 'put_off',
		withdraw: 'withdrawn'
	},
	to_council: {
		put_off: 'put_off',
		recommend: 'recommended',
		urge: 'recommended',
		wait: 'put_off',
		withdraw: 'withdrawn'
	},
	recommended: { send: 'to_ruling', withdraw: 'withdrawn' },
	to_ruling: { rule: 'ruled', send_back: 'sent_back', withdraw: 'withdrawn' },
	ruled: { house: 'housed', help: 'helped', close: 'closed', remit: 'sent_back' },
	housed: { follow_up: 'followed_up', close: 'closed', remit: 'sent_back' },
	helped: { follow_up: 'followed_up', close: 'closed', remit: 'sent_back' },
	followed_up: { close: 'closed', remit: 'sent_back' },
	closed: { reopen: 'registered', remit: 'sent_back' },
	put_off: {
		queue: 'to_council',
		recommend: 'recommended',
		urge: 'recommended',
		wait: 'put_off',
		withdraw: 'withdrawn'
	},
	sent_back: {
		assess: 'assessed',
		queue: 'to_council',
		put_off: 'put_off',
		recommend: 'recommended',
		urge: 'recommended',
		wait: 'put_off',
		withdraw: 'withdrawn'
	},
	withdrawn: { reopen: 'registered' }
};

const nothing = {
	id: 'me',
	unit: null,
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
const as = (more: Partial<Actor>): Actor => ({ ...nothing, roles: {}, ...more });
const sent = new Set(['C']);
const roles: Record<string, Actor> = {
	chair: as({ roles: { BR: 'chair' } }),
	secretary: as({ roles: { BR: 'secretary' } }),
	member: as({ roles: { BR: 'member' } }),
	'one of the few': as({ roles: { BR: 'member' }, urges: ['BR'] }),
	'acting chair': as({
		roles: { BR: 'member' },
		acting: [{ meeting: 'M', item: null, role: 'chair' }]
	}),
	'who rules': as({ rules: ['BR'], sent }),
	'who rules, before it is sent': as({ rules: ['BR'] }),
	'disqualified chair': as({ roles: { BR: 'chair' }, recused: sent }),
	'disqualified who rules': as({ rules: ['BR'], sent, recused: sent }),
	deputy: as({ roles: { BR: 'deputy' } }),
	observer: as({ roles: { BR: 'observer' } }),
	administrator: as({ administrator: true }),
	employee: as({})
};

/** What each right is judged on. */
const subjects: Record<CaseRight, Subject> = {
	write: { kind: 'case', forum: 'BR', id: 'C' },
	run: { kind: 'case', forum: 'BR', id: 'C' },
	urge: { kind: 'case', forum: 'BR', id: 'C' },
	rule: { kind: 'ruling', forum: 'BR', case: 'C' },
	adopt: {
		kind: 'recommendation',
		forum: 'BR',
		forumKind: 'council',
		case: 'C',
		at: { meeting: 'M', item: 'K', status: 'open' },
		status: 'draft'
	}
};
const holders: Record<CaseRight, string[]> = {
	write: ['chair', 'secretary', 'member', 'one of the few', 'acting chair'],
	run: ['chair', 'secretary'],
	urge: ['one of the few'],
	rule: ['who rules'],
	adopt: ['chair', 'acting chair']
};

describe.each(caseStates)('a case that is %s', (state) => {
	describe.each(caseStepNames)('%s', (verb) => {
		const to = table[state][verb];
		test(to ? `leads to ${to}` : 'is refused', () => {
			if (to) expect(takeStep(state, verb)).toBe(to);
			else expect(() => takeStep(state, verb)).toThrow('wrong_state');
			expect(caseStepsFrom(state).includes(verb)).toBe(to !== undefined);
		});

		test.each(Object.keys(roles))('for %s', (role) => {
			const { right } = caseSteps[verb];
			expect(may(roles[role]!, right, subjects[right])).toBe(holders[right].includes(role));
		});
	});
});

test('every state but the first can be reached from the first, and every one leads on', () => {
	const reached = new Set<CaseState>(['registered']);
	for (const state of reached) for (const to of Object.values(table[state])) reached.add(to);
	expect([...reached].sort()).toEqual([...caseStates].sort());
	for (const state of caseStates) expect(caseStepsFrom(state)).not.toEqual([]);
});

test('who assesses takes a case on, who leads stops it and sends it, and the others decide', () => {
	const byRight = Object.fromEntries(
		(['write', 'run', 'adopt', 'rule', 'urge'] as const).map((right) => [
			right,
			caseStepNames.filter((verb) => caseSteps[verb].right === right)
		])
	);
	expect(byRight).toEqual({
		write: ['assess', 'queue', 'house', 'help', 'follow_up'],
		run: ['put_off', 'send', 'close', 'withdraw', 'reopen'],
		adopt: ['recommend', 'wait'],
		rule: ['rule', 'send_back', 'remit'],
		urge: ['urge']
	});
});

test('a reason is asked for whenever a case is stopped, turned or hurried', () => {
	expect(caseStepNames.filter((verb) => caseSteps[verb].reason)).toEqual([
		'put_off',
		'urge',
		'send_back',
		'withdraw',
		'reopen'
	]);
});

test('what comes again comes first, then what is urgent, then what has waited longest', () => {
	const waiting = [
		{ name: 'new', state: 'to_council', urgent: false, since: 2 },
		{ name: 'old', state: 'to_council', urgent: false, since: 1 },
		{ name: 'urgent', state: 'to_council', urgent: true, since: 3 },
		{ name: 'sent back', state: 'sent_back', urgent: false, since: 5 },
		{ name: 'put off', state: 'put_off', urgent: false, since: 4 }
	] as const;
	expect([...waiting].sort(byTurn).map(({ name }) => name)).toEqual([
		'put off',
		'sent back',
		'urgent',
		'old',
		'new'
	]);
});

test('what the council can put off, or decide between meetings, is what it has not decided', () => {
	expect(caseStates.filter(isUndecided)).toEqual([...caseSteps.urge.from]);
	expect(queuedStates.filter((state) => !isUndecided(state))).toEqual([]);
	expect(overStates.filter(isUndecided)).toEqual([]);
});
