import { beforeEach, expect, test } from 'vitest';
import { transaction } from '#lib/server/db/index.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { boardMeeting, openDemo, person } from '#lib/server/start/testing.ts';
import { history, log } from './log.ts';

beforeEach(openDemo);

const next = () => boardMeeting('22/26');
const step = (from: string, to: string, by: string | null = person('P03').id, id = next()) => {
	clock.set(clock.now() + 60_000);
	transaction(() => log(id, by, { verb: 'state', from, to }));
};

test('tells the steps of a meeting, the first first, and who took them', () => {
	step('called', 'open');
	step('open', 'review', null);
	const [first, second, ...rest] = history(next());
	expect(first).toMatchObject({ from: 'called', to: 'open', person: person('P03').name });
	expect(second).toMatchObject({ from: 'open', to: 'review', person: null, reason: null });
	expect(second!.at).toBeGreaterThan(first!.at);
	expect(rest).toEqual([]);
});

test('leaves out what is no step, and other meetings', () => {
	transaction(() => log(next(), person('P03').id, { verb: 'attendance', to: 'present' }));
	step('planned', 'called', null, boardMeeting('23/26'));
	expect(history(next())).toEqual([]);
});
