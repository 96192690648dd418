import { beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '#lib/domain/deadline.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as outbox from './outbox.ts';

const day = 24 * 60 * 60 * 1000;

beforeEach(() => {
	openTestDatabase();
	clock.set(Date.parse('2026-11-23T08:00:00Z'));
	for (const id of ['anna', 'bo'])
		people.add({ id, code: id, name: id, title: '', email: `${id}@sunnoy.example` });
});

const later = (milliseconds: number) => clock.set(clock.now() + milliseconds);
const waiting = () => outbox.due().map(({ personId, kind, about }) => [personId, kind, about]);
const only = () => outbox.due()[0]!.id;
const states = () =>
	sqlite()
		.prepare('SELECT kind, state FROM notice ORDER BY created_at, kind')
		.raw()
		.all() as string[][];

describe('what is put in', () => {
	test('waits, the longest waiting first, with what it is about', () => {
		outbox.put('anna', 'digest', '2026-11-23', { items: [{ kind: 'action', subject: 'a' }] });
		later(1000);
		outbox.call('meeting', ['bo', 'anna']);
		expect(waiting()[0]).toEqual(['anna', 'digest', '2026-11-23']);
		expect(waiting()).toHaveLength(3);
		expect(outbox.itemsOf(only())).toEqual([{ kind: 'action', subject: 'a' }]);
	});

	test('once stands already: twice is once', () => {
		outbox.call('meeting', ['anna']);
		outbox.call('meeting', ['anna']);
		outbox.put('anna', 'call', 'meeting', { items: [{ kind: 'action', subject: 'a' }] });
		expect(waiting()).toEqual([['anna', 'call', 'meeting']]);
		expect(outbox.itemsOf(only())).toEqual([]);
	});

	test('dropped at once is never sent, and remembered', () => {
		outbox.put('anna', 'digest', '2026-11-23', { state: 'dropped' });
		outbox.put('anna', 'digest', '2026-11-23');
		expect(waiting()).toEqual([]);
	});
});

describe('sending', () => {
	test('whoever comes first has it, and nobody else', () => {
		outbox.call('meeting', ['anna']);
		const id = only();
		expect(outbox.claim(id)).toMatchObject({ tries: 1 });
		expect(outbox.claim(id)).toBeNull();
		expect(waiting()).toEqual([]);
	});

	test('what was sent is over', () => {
		outbox.call('meeting', ['anna']);
		const id = only();
		outbox.claim(id);
		expect(outbox.settle(id, 'sent', 250)).toBe('sent');
		expect(outbox.claim(id)).toBeNull();
		expect(states()).toEqual([['call', 'sent']]);
	});

	test('what could not be sent is tried again after a pause, each longer, and given up in the end', () => {
		outbox.call('meeting', ['anna']);
		const id = only();
		const pauses: number[] = [];
		for (let state = 'waiting'; state === 'waiting';) {
			const { tries } = outbox.claim(id)!;
			state = outbox.postpone(id, tries, 451);
			if (state !== 'waiting') continue;
			expect(waiting()).toEqual([]);
			const { due_at: due } = sqlite().prepare('SELECT due_at FROM notice').get() as {
				due_at: number;
			};
			pauses.push(due - clock.now());
			clock.set(due);
			expect(waiting()).toHaveLength(1);
		}
		expect(pauses.length).toBeGreaterThan(1);
		expect(pauses.at(-1)!).toBeGreaterThan(pauses[0]!);
		expect(states()).toEqual([['call', 'given_up']]);
		expect(outbox.tally().refused).toBe(451);
	});

	test('the process ended in the middle of it: it may have got there, and is left alone', () => {
		outbox.call('meeting', ['anna', 'bo']);
		outbox.claim(only());
		outbox.leaveHalfSent();
		expect(
			states()
				.map(([, state]) => state)
				.sort()
		).toEqual(['uncertain', 'waiting']);
	});

	test('only its receiver has its token, of which the database knows a digest', () => {
		outbox.call('meeting', ['anna']);
		const { token } = outbox.claim(only())!;
		expect(outbox.ofToken(token)).toEqual({ person: 'anna', kind: 'call' });
		expect(outbox.ofToken('made-up')).toBeNull();
		expect(JSON.stringify(sqlite().prepare('SELECT * FROM notice').all())).not.toContain(token);
	});
});

test('that a meeting is cancelled is told to those who may have been called, not to those who wait', () => {
	outbox.call('meeting', ['anna', 'bo']);
	const id = outbox.due().find(({ personId }) => personId === 'anna')!.id;
	outbox.claim(id);
	outbox.callOff('meeting');
	outbox.callOff('other');
	const cancelled = waiting().filter(([, kind]) => kind === 'cancelled');
	expect(cancelled).toEqual([['anna', 'cancelled', 'meeting']]);
});

test('digests of days that have passed are given up; calls are not', () => {
	outbox.put('anna', 'digest', '2026-11-22');
	outbox.put('anna', 'digest', '2026-11-23');
	outbox.call('2026-11-22', ['anna']);
	outbox.giveUpLate('2026-11-23');
	expect(waiting()).toEqual(
		expect.arrayContaining([
			['anna', 'digest', '2026-11-23'],
			['anna', 'call', '2026-11-22']
		])
	);
	expect(waiting()).toHaveLength(2);
});

test('what was settled long ago is forgotten, with its token; what waits is not', () => {
	outbox.call('meeting', ['anna', 'bo']);
	const [first] = outbox.due();
	const { token } = outbox.claim(first!.id)!;
	outbox.settle(first!.id, 'sent');
	later(59 * day);
	outbox.sweep();
	expect(outbox.ofToken(token)).not.toBeNull();
	later(2 * day);
	outbox.sweep();
	expect(outbox.ofToken(token)).toBeNull();
	expect(waiting()).toHaveLength(1);
});

test('the tally counts the last seven days, and everything once', () => {
	outbox.call('meeting', ['anna', 'bo']);
	outbox.settle(only(), 'sent');
	expect(outbox.tally()).toEqual({
		counts: { waiting: 1, sending: 0, sent: 1, dropped: 0, given_up: 0, uncertain: 0 },
		refused: null
	});
	clock.set(clock.startOf(addDays(clock.today(), 9)));
	expect(outbox.tally().counts.sent).toBe(0);
});
