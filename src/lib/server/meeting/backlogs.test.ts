import { beforeEach, describe, expect, test } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import {
	allocation,
	caseId,
	chair,
	member,
	openBoard,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, forumId, openDemo } from '#lib/server/start/testing.ts';
import * as backlogs from './backlogs.ts';

/* Meeting 22/26 has two cases, S-K6YJ and S-G5MQ, and nothing of it is concluded. */

beforeEach(openDemo);

const here = () => boardMeeting('22/26');
const next = () => boardMeeting('23/26');
const withdraw = (code = 'S-K6YJ') =>
	progress.step(chair(), code, 'withdraw', { reason: 'fann noko sjølv' });
const recommendUrgently = (code = 'S-K6YJ') => {
	const id = recommendations.save(
		secretary(),
		{ urgent: caseId(code) },
		allocation({ outcome: 'other_help' })
	);
	recommendations.adopt(secretary(), id, 1, 'kan ikkje vente til neste møte');
};

/** Codes of the cases on a meeting's agenda. */
const casesOn = (meeting: string) =>
	sqlite()
		.prepare(
			'SELECT code FROM agenda_item JOIN case_card ON case_card.id = case_id WHERE meeting = ? AND removed = 0 ORDER BY code'
		)
		.pluck()
		.all(meeting);

function finish(): void {
	for (const step of ['close', 'lock'] as const) lifecycle.move(chair(), here(), step);
}

/** Finishes meeting 22/26 with none to go to, so that what is left waits. */
function finishTheLast(): void {
	lifecycle.move(chair(), next(), 'cancel', 'Jul');
	openBoard();
	finish();
}

const plan = () =>
	lifecycle.plan(chair(), forumId('BR'), {
		date: '2027-01-12',
		starts: '09:00',
		ends: '10:30',
		place: 'Rådhuset, møterom 1',
		theme: 'ordinært'
	});

/** The row of the backlog that a case waits in. */
const rowOf = (code: string) =>
	sqlite()
		.prepare(
			'SELECT b.id, taken_item AS taken, from_item AS origin FROM backlog_item b JOIN agenda_item a ON a.id = from_item WHERE a.case_id = ?'
		)
		.get(caseId(code)) as { id: string; taken: string | null; origin: string };

describe('an item', () => {
	const proposes = (who: string, forum: string) => {
		const propose = () =>
			backlogs.propose(actor(who), forumId(forum), { title: 'Brannvern', minutes: 10 });
		const before = backlogs.waiting(chair(), forumId(forum)).length;
		try {
			propose();
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			expect(backlogs.waiting(chair(), forumId(forum))).toHaveLength(before);
			return false;
		}
		return true;
	};
	const asked = ['P03', 'P05', 'P09', 'P11', 'P14', 'P20'];

	test('is proposed for the council by those who work there', () => {
		expect(asked.filter((who) => proposes(who, 'BR'))).toEqual(['P03', 'P05', 'P09']);
	});

	test('is proposed for a day by those who belong to it, who also see what waits', () => {
		const belong = asked.filter((who) => forumId('BSF') in actor(who).roles);
		expect(belong).toContain('P20');
		expect(belong).not.toContain('P14');
		expect(asked.filter((who) => proposes(who, 'BSF'))).toEqual(belong);
		const sees = (who: string) => backlogs.waiting(actor(who), forumId('BSF')).length > 0;
		expect(asked.filter(sees)).toEqual(belong);
	});
});

describe('a case without an outcome', () => {
	test('comes back when the meeting is locked, while the council has something to decide', () => {
		openBoard();
		finish();
		expect(casesOn(next())).toEqual(expect.arrayContaining(['S-G5MQ', 'S-K6YJ']));
	});

	test.each([
		['withdrawn', withdraw],
		['decided between meetings', recommendUrgently]
	])('does not when it was %s while the meeting was open', (_how, end) => {
		openBoard();
		end();
		finish();
		expect(casesOn(here())).toContain('S-K6YJ');
		expect(casesOn(next())).not.toContain('S-K6YJ');
		expect(casesOn(next())).toContain('S-G5MQ');
	});
});

describe('a case that waits in the backlog', () => {
	test('goes on the next meeting that is planned', () => {
		finishTheLast();
		expect(casesOn(plan())).toEqual(expect.arrayContaining(['S-G5MQ', 'S-K6YJ']));
	});

	test('that is over by then is gone from it for good', () => {
		finishTheLast();
		withdraw();
		const [first, row] = [plan(), rowOf('S-K6YJ')];
		expect(casesOn(first)).not.toContain('S-K6YJ');
		expect(casesOn(first)).toContain('S-G5MQ');
		expect(row.taken).toBe(row.origin);
	});

	test('that is over is neither shown nor taken onto a meeting', () => {
		finishTheLast();
		const shown = () => backlogs.waiting(member(), forumId('BR')).map(({ id }) => id);
		const { id } = rowOf('S-K6YJ');
		expect(shown()).toContain(id);
		withdraw();
		expect(shown()).not.toContain(id);
		lifecycle.move(chair(), here(), 'reopen', 'Retting');
		expect(() => backlogs.takeOnto(chair(), here(), id)).toThrow('already_done');
	});
});
