import { describe, expect, test } from 'vitest';
import {
	type ActionStatus,
	actionStatuses,
	formatParty,
	isOverdue,
	mayBecome,
	parseParty
} from './action.ts';

describe('a status', () => {
	const open: ActionStatus[] = ['open', 'in_progress', 'waiting'];
	test.each(open)('%s can become any other', (from) => {
		for (const to of actionStatuses) expect(mayBecome(from, to)).toBe(to !== from);
	});

	test.each(['done', 'dropped'] as const)('%s can only be opened again', (from) => {
		for (const to of actionStatuses) expect(mayBecome(from, to)).toBe(to === 'open');
	});
});

test.each([
	['open', '2026-11-22', true],
	['waiting', '2026-11-22', true],
	['open', '2026-11-23', false],
	['done', '2026-11-22', false],
	['dropped', '2026-11-22', false]
] as const)('%s with the deadline %s is overdue: %s', (status, due, expected) => {
	expect(isOverdue({ status, due }, '2026-11-23')).toBe(expected);
});

describe('a party', () => {
	test('is read as it was written', () => {
		const unit = { kind: 'unit' as const, id: crypto.randomUUID() };
		expect(parseParty(formatParty(unit))).toEqual(unit);
	});

	test.each(['', 'person:', 'Kari', 'forum:00000000-0000-0000-0000-000000000000', 'unit:x'])(
		'is not %j',
		(text) => expect(parseParty(text)).toBeNull()
	);
});
