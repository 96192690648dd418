import { expect, test } from 'vitest';
import {
	comesBack,
	isUnderWay,
	isUpcoming,
	meetingStatuses,
	stepNames,
	steps,
	stepsFrom,
	take,
	writableStatuses
} from './meeting.ts';

test('a meeting goes from planned to locked, and can be reopened', () => {
	const walk = (['call', 'open', 'close', 'lock', 'reopen', 'lock'] as const).reduce<
		(typeof meetingStatuses)[number][]
	>((way, step) => [...way, take(way.at(-1)!, step)], ['planned']);
	expect(walk).toEqual(['planned', 'called', 'open', 'review', 'locked', 'review', 'locked']);
});

test.each(meetingStatuses.flatMap((status) => stepNames.map((step) => [status, step] as const)))(
	'from %s the step %s is taken or refused by name',
	(status, step) => {
		if ((steps[step].from as readonly string[]).includes(status))
			expect(take(status, step)).toBe(steps[step].to);
		else expect(() => take(status, step)).toThrow('already_done');
	}
);

test('a cancelled meeting stays cancelled', () => {
	expect(stepsFrom('cancelled')).toEqual([]);
});

test('what was put off or not dealt with comes back', () => {
	expect(
		[null, 'put_off', 'next_meeting', 'concluded', 'noted'].map((o) => comesBack(o as never))
	).toEqual([true, true, true, false, false]);
});

test('a meeting is upcoming until it is over, under way until it is locked, and written in till then', () => {
	expect(meetingStatuses.filter(isUpcoming)).toEqual(['planned', 'called', 'open']);
	expect(meetingStatuses.filter(isUnderWay)).toEqual(['open', 'review']);
	expect(writableStatuses).toEqual(['planned', 'called', 'open', 'review']);
});
