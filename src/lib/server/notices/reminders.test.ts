import { beforeEach, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { actor, openDemo } from '#lib/server/start/testing.ts';
import * as reminders from './reminders.ts';

beforeEach(openDemo);

const codes = (who: string, kind: reminders.Reminder['kind']) =>
	reminders
		.of(actor(who))
		.filter((one) => one.kind === kind)
		.map(({ code }) => code);
const move = (code: string, due: string) =>
	sqlite().prepare('UPDATE action SET due = ? WHERE code = ?').run(due, code);

test('of actions what is late or due within a week, whoever answers: oneself or one’s unit', () => {
	expect(codes('P07', 'action')).toEqual(['O-15']);
	expect(codes('P08', 'action')).toContain('O-16');
	move('O-16', '2026-11-30');
	expect(codes('P08', 'action')).toContain('O-16');
	move('O-16', '2026-12-01');
	expect(codes('P08', 'action')).not.toContain('O-16');
	expect(codes('P05', 'action')).not.toContain('O-15');
});

test('what is over reminds nobody', () => {
	sqlite().exec("UPDATE action SET status = 'done' WHERE code = 'O-15'");
	expect(codes('P07', 'action')).toEqual([]);
});

test('a reminder holds codes, dates and names of units, never what somebody wrote', () => {
	const [one] = reminders.of(actor('P07'));
	expect(one).toEqual({
		kind: 'action',
		id: expect.any(String),
		code: 'O-15',
		due: '2026-11-20',
		unit: null,
		source: 'BR 66/26',
		case: 'S-K6YJ'
	});
});

test('who rules is reminded of what waits, the longest waiting first, and nobody else', () => {
	expect(codes('P02', 'ruling')).toEqual(['V-099', 'V-101']);
	expect(reminders.of(actor('P02')).find(({ code }) => code === 'V-099')).toMatchObject({
		since: '2026-11-18',
		case: 'S-T6ZB'
	});
	expect(codes('P03', 'ruling')).toEqual([]);
});

test('who follows up is reminded of the last day for an appeal, until it is past', () => {
	expect(codes('P03', 'appeal')).toContain('V-093');
	expect(codes('P05', 'appeal')).toEqual([]);
	expect(codes('P03', 'appeal')).not.toContain('V-095');
	clock.set(Date.parse('2026-11-28T08:00:00Z'));
	expect(codes('P03', 'appeal')).not.toContain('V-093');
});

test('of an answer that is due those are reminded who lead the forum or have the case', () => {
	expect(codes('P03', 'reply')).toContain('S-D8VS');
	expect(codes('P05', 'reply')).not.toContain('S-D8VS');
	sqlite().exec(
		"UPDATE course SET replied_on = '2026-11-20' WHERE case_id = (SELECT id FROM case_card WHERE code = 'S-D8VS')"
	);
	expect(codes('P03', 'reply')).not.toContain('S-D8VS');
});

test('what is closed to somebody reminds them of nothing', () => {
	sqlite()
		.prepare(`UPDATE recusal SET case_id = (SELECT id FROM case_card WHERE code = 'S-K6YJ')`)
		.run();
	expect(codes('P08', 'action')).not.toContain('O-16');
});

test('everything that has a day is in the calendar, however far off; what waits has none', () => {
	const all = reminders.deadlines(actor('P10')).map(({ code }) => code);
	expect(all).toContain('O-19');
	expect(codes('P10', 'action')).not.toContain('O-19');
	expect(reminders.deadlines(actor('P02')).map(({ kind }) => String(kind))).not.toContain('ruling');
});
