import { describe, expect, test } from 'vitest';
import {
	type Appeal,
	appealUntil,
	assertRulingStep,
	isLateAppeal,
	type RulingFacts,
	type RulingStepName,
	rulingStepNames,
	rulingStepsFrom,
	type Standing,
	standingOf
} from './ruling.ts';

const ruled = { status: 'ruled', noticeOn: '2026-11-06', appealUntil: '2026-11-27' } as const;
const appeal: Appeal = {
	receivedOn: '2026-11-19',
	forwardedOn: null,
	decidedOn: null,
	result: null
};

/**
 * How a ruling stands: which commands are open to it, and what is said of it on 27 November 2026.
 */
const table: [name: string, facts: RulingFacts, verbs: RulingStepName[], standing: Standing][] = [
	[
		'waiting',
		{ status: 'waiting', noticeOn: null, appealUntil: null, appeal: null },
		['follow', 'depart', 'send_back'],
		'waiting'
	],
	[
		'sent back',
		{ status: 'sent_back', noticeOn: null, appealUntil: null, appeal: null },
		[],
		'sent_back'
	],
	['ruled on, notice given', { ...ruled, appeal: null }, ['receive'], 'appeal_runs'],
	[
		'ruled on, notice not given',
		{ ...ruled, noticeOn: null, appealUntil: null, appeal: null },
		['receive'],
		'not_notified'
	],
	[
		'ruled on, the deadline past',
		{ ...ruled, appealUntil: '2026-11-26', appeal: null },
		['receive'],
		'final'
	],
	['appealed', { ...ruled, appeal }, ['forward', 'decide'], 'appealed'],
	[
		'appealed and forwarded',
		{ ...ruled, appeal: { ...appeal, forwardedOn: '2026-11-25' } },
		['decide'],
		'forwarded'
	],
	[
		'appealed and decided',
		{ ...ruled, appeal: { ...appeal, decidedOn: '2026-11-26', result: 'upheld' } },
		[],
		'appeal_decided'
	]
];

describe.each(table)('a ruling that is %s', (_, facts, verbs, standing) => {
	test.each(rulingStepNames)('%s', (verb) => {
		expect(rulingStepsFrom(facts).includes(verb)).toBe(verbs.includes(verb));
		const work = () => assertRulingStep(facts, verb);
		if (verbs.includes(verb)) expect(work).not.toThrow();
		else expect(work).toThrow('already_done');
	});

	test(`is ${standing}`, () => {
		expect(standingOf(facts, '2026-11-27')).toBe(standing);
	});
});

test('the deadline runs from the notice, not from the ruling', () => {
	expect(appealUntil(null, 3)).toBeNull();
	expect(appealUntil('2026-11-06', 3)).toBe('2026-11-27');
	expect(appealUntil('2026-12-04', 3)).toBe('2026-12-28');
});

test('an appeal on the last day is in time', () => {
	expect(isLateAppeal('2026-11-27', '2026-11-27')).toBe(false);
	expect(isLateAppeal('2026-11-28', '2026-11-27')).toBe(true);
	expect(isLateAppeal('2027-11-28', null)).toBe(false);
});
