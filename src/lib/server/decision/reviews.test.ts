import { beforeEach, describe, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import { expectRefused } from '#lib/server/db/testing.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import { actor, forumId, itemOf, openDemo } from '#lib/server/start/testing.ts';
import * as decisions from './decisions.ts';
import * as reviews from './reviews.ts';
import { decide, ordinary } from './testing.ts';

beforeEach(openDemo);

describe('looking at it again', () => {
	test('is due by a date, for the forum’s own, until an agenda has it back', () => {
		const first = decide({ reviewOn: '2027-06-10' });
		decide({ reviewOn: '2027-09-01' });
		decide();
		const board = forumId('BR');
		expect(reviews.due(board, '2027-06-09')).toEqual([]);
		const [due, ...others] = reviews.due(board, '2027-06-10');
		expect(due).toMatchObject({ code: first, reviewOn: '2027-06-10', case: null });
		expect(others).toEqual([]);
		expect(reviews.due(forumId('OBG'), '2030-01-01')).toEqual([]);
		reviews.mark(due!.id, ordinary(), null);
		expect(reviews.due(board, '2027-06-10')).toEqual([]);
		expect(decisions.read(actor('P03'), first).reviewedIn?.href).toContain(ordinary());
		expectRefused(() => reviews.mark(due!.id, ordinary(), null), 'already_done');
		expectRefused(() => reviews.mark('none', ordinary(), null), 'not_found');
		const noted = sqlite()
			.prepare('SELECT deed AS verb, thing AS subject FROM audit ORDER BY seq DESC')
			.get();
		expect(noted).toEqual({ verb: 'decision.review', subject: `decision:${due!.id}` });
	});

	const planned = (date: string) =>
		lifecycle.plan(actor('P03'), forumId('BR'), {
			date,
			starts: '09:00',
			ends: '10:30',
			place: 'Rådhuset',
			theme: ''
		});
	/** Titles and cases on a meeting's agenda that begin as given. */
	const standing = (meeting: string, title: string) =>
		sqlite()
			.prepare(`SELECT title, case_id FROM agenda_item WHERE meeting = ? AND title LIKE ? || '%'`)
			.all(meeting, title) as { title: string; case_id: string | null }[];

	test('happens at the first meeting on its date or later, which is planned afterwards', () => {
		const code = decide({ reviewOn: '2027-01-20' });
		expect(decisions.read(actor('P03'), code).reviewedIn).toBeNull();
		expect(standing(planned('2027-01-19'), code)).toEqual([]);
		const target = planned('2027-01-26');
		expect(standing(target, code)).toEqual([
			{ title: `${code}: Rådet går over til digitale saklister.`, case_id: null }
		]);
		const back = Object.entries(reviews.ofMeeting(actor('P05'), target));
		expect(back).toMatchObject([[expect.any(String), [{ code, href: '/decisions/BR-A1-26' }]]]);
		expect(reviews.ofMeeting(actor('P15'), target)).toEqual({});
		expect(standing(planned('2027-02-02'), code)).toEqual([]);
		expect(decisions.read(actor('P03'), code).reviewedIn?.href).toContain(target);
	});

	test('happens at a meeting that is planned already, about a case as an item of that case', () => {
		const target = planned('2027-01-26');
		const about = itemOf('S-K6YJ');
		const title = sqlite().prepare('SELECT title FROM agenda_item WHERE id = ?').pluck().get(about);
		const code = decide({ item: about, reviewOn: '2027-01-20' });
		expect(standing(target, code)).toEqual([]);
		expect(standing(target, String(title))).toHaveLength(1);
		decide({ item: about, reviewOn: '2027-01-21' });
		expect(standing(target, String(title))).toHaveLength(1);
		expect(meetings.find(target)!.status).toBe('planned');
	});
});
