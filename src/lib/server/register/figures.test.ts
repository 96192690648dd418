import { beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '#lib/domain/deadline.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as rulings from '#lib/server/ruling/rulings.ts';
import { chair } from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, forumId, openDemo, person } from '#lib/server/start/testing.ts';
import * as figures from './figures.ts';

beforeEach(openDemo);

const of = (period: string | null = null, who = 'P03') => figures.of(actor(who), 'br', period);
const day = 24 * 60 * 60 * 1000;

describe('the figures of the council', () => {
	test('are the medians of the story: who applied in a month is taken to have done so in its middle', () => {
		const [first, second, third] = of().times;
		expect(first).toEqual({
			stretch: 'to_recommendation',
			days: { state: 'shown', value: expect.any(Number) }
		});
		// Recommended on Tuesdays and ruled on the Friday of the week: of ten of twelve.
		expect(second).toEqual({ stretch: 'to_ruling', days: { state: 'shown', value: 3 } });
		expect(third).toEqual({ stretch: 'to_moving_in', days: { state: 'few' } });
	});

	test('change with the period, which is one of those in which something happened', () => {
		expect(of().periods).toContain('2026-2');
		expect(of('2026-2').times[1]?.days).toEqual({ state: 'shown', value: 3 });
		expect(of('2026-1').times.map(({ days }) => days.state)).toEqual(['none', 'none', 'none']);
		expect(of().caseProgress).toEqual([{ half: '2026-2', days: { state: 'shown', value: 3 } }]);
	});

	test('give no share of eleven rulings, and one of thirty', () => {
		expect(of().followed).toEqual({ state: 'few' });
		const [one] = sqlite().prepare("SELECT * FROM ruling WHERE code = 'V-088'").all() as [
			Record<string, string>
		];
		const insert = sqlite().prepare(
			`INSERT INTO ruling SELECT ?, ?, recommendation, case_id, forum, ?, status, ?, result, content, reason,
				opened_at, person, at, ruled_on, notice_on, appeal_until, started_at FROM ruling WHERE id = ?`
		);
		for (let index = 0; index < 19; index++)
			insert.run(`r${index}`, `V-9${index}`, `T${index}`, index < 5 ? 'depart' : 'follow', one.id);
		expect(of().followed).toEqual({ state: 'shown', value: 80 });
	});

	test('name the cases that were put off more than twice', () => {
		expect(of().putOff).toEqual([]);
		for (let times = 0; times < 3; times++) {
			clock.set(clock.now() + day);
			if (times > 0) progress.step(actor('P04'), 'S-D8VS', 'queue');
			progress.step(chair(), 'S-D8VS', 'put_off', { reason: 'ventar på opplysningar' });
		}
		expect(of().putOff).toEqual([{ code: 'S-D8VS', times: 3 }]);
		expect(of('2026-2').putOff).toHaveLength(1);
		expect(of('2026-1').putOff).toEqual([]);
	});

	test('name whoever had neither an answer nor a preliminary reply in time', () => {
		const due = (code: string, on: string, replied: string | null = null) =>
			sqlite()
				.prepare(
					`UPDATE course SET reply_due = ?, replied_on = ? WHERE case_id = (SELECT id FROM case_card WHERE code = ?)`
				)
				.run(on, replied, code);
		sqlite().prepare('UPDATE course SET reply_due = NULL').run();
		due('S-K6YJ', '2026-11-20');
		due('S-D8VS', '2026-11-20', '2026-11-22');
		due('S-G5MQ', '2026-11-23');
		// Ruled on 6 November: in time, and too late.
		due('S-9TWB', '2026-11-06');
		due('S-Q9DL', '2026-11-05');
		expect(of().replies).toEqual([
			{ code: 'S-D8VS', due: '2026-11-20', days: 2, open: false },
			{ code: 'S-K6YJ', due: '2026-11-20', days: 3, open: true },
			{ code: 'S-Q9DL', due: '2026-11-05', days: 1, open: false }
		]);
		progress.step(chair(), 'S-K6YJ', 'withdraw', { reason: 'trekt' });
		expect(of().replies.map(({ code, open }) => [code, open])).toContainEqual(['S-K6YJ', false]);
	});

	test('name appeals that were not sent on within the time that the municipality has set', () => {
		expect(of().appeals).toEqual([]);
		clock.set(clock.now() + 11 * day);
		// Received on Thursday 19 November.
		expect(of().appeals).toEqual([{ code: 'V-095', due: '2026-12-03', days: 1, open: true }]);
		rulings.appealed(actor('P02'), 'V-095', { verb: 'forward', on: clock.today() });
		expect(of().appeals).toEqual([{ code: 'V-095', due: '2026-12-03', days: 1, open: false }]);
		sqlite().prepare("UPDATE appeal SET forwarded_on = '2026-12-03'").run();
		expect(of().appeals).toEqual([]);
		expect(addDays('2026-11-19', 14)).toBe('2026-12-03');
	});
});

describe('who may see them', () => {
	test('is who leads the forum: for all others they do not exist', () => {
		for (const who of ['P03', 'P04']) expect(of(null, who).forum.code).toBe('BR');
		for (const who of ['P02', 'P05', 'P08', 'P12', 'P15', 'P20', 'P23'])
			expect(() => of(null, who), who).toThrow('not_found');
		expect(() => figures.of(chair(), 'obg', null)).toThrow('not_found');
		const board = forums.read(chair(), 'br');
		expect(figures.allows(chair(), board)).toBe(true);
		expect(figures.allows(actor('P05'), board)).toBe(false);
	});

	test('and a chair finds nothing there of a case that she is disqualified from', () => {
		sqlite()
			.prepare(
				"UPDATE course SET reply_due = '2026-11-02', replied_on = NULL WHERE case_id = (SELECT id FROM case_card WHERE code = 'S-V8RC')"
			)
			.run();
		sqlite()
			.prepare('UPDATE membership SET role = ? WHERE forum = ? AND person = ?')
			.run('chair', forumId('BR'), person('P08').id);
		expect(JSON.stringify(of())).toContain('S-V8RC');
		expect(JSON.stringify(of(null, 'P08'))).not.toContain('S-V8RC');
	});
});
