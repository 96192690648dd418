import { beforeEach, expect, test } from 'vitest';
import { may } from '#lib/domain/may.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { decide } from '#lib/server/decision/testing.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import { actor, boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import { entries, readableRecommendations } from './entries.ts';

beforeEach(openDemo);

const codeOf = (id: string) =>
	sqlite().prepare('SELECT code FROM recommendation WHERE id = ?').pluck().get(id) as string;
const of = (code: string, who = 'P03') =>
	entries(actor(who), 'recommendation').find(({ id }) => codeOf(id) === code)!;
const marks = (code: string) => of(code).told.map(({ mark }) => mark);

test('the recommendations that the database lets through are those that may() lets everybody read', () => {
	const call = { deputy: person('P13').id, for: null, item: null };
	attendances.callDeputy(actor('P03'), boardMeeting('22/26'), call);
	for (const { id, name } of people.everybody()) {
		const reader = people.actor(id)!;
		const found = recommendationRows.query().where(readableRecommendations(reader)).all();
		const judged = recommendationRows
			.query()
			.all()
			.filter(({ own }) => own.status !== 'draft')
			.filter((row) => may(reader, 'read', recommendationRows.subject(row)));
		const codes = (rows: recommendationRows.Row[]) => rows.map(({ own }) => own.code).sort();
		expect([name, codes(found)]).toEqual([name, codes(judged)]);
	}
});

test('each says what became of it', () => {
	expect(marks('I-050')).toContain('waiting');
	expect(marks('I-051')).toContain('sent_back');
	expect(marks('I-048')).toContain('departed');
	expect(marks('I-045')).toContain('followed');
});

test('and when that was, its outcome and its half year', () => {
	expect(of('I-045')).toMatchObject({
		kind: 'recommendation',
		outcome: 'allocate',
		date: '2026-11-03',
		half: '2026-2'
	});
});

test('an action of its item that is late is told', () => {
	sqlite().exec("UPDATE action SET due = '2026-11-20' WHERE code = 'O-11'");
	expect(of('I-045').told).toContainEqual({ mark: 'late', since: '2026-11-20' });
});

test('decisions are among them, and each kind can be asked for alone', () => {
	decide({ item: itemOf('S-K6YJ'), reviewOn: '2027-01-20' });
	const kinds = (kind: 'decision' | 'recommendation' | null, who = 'P03') =>
		new Set(entries(actor(who), kind).map((one) => one.kind));
	expect(kinds(null)).toEqual(new Set(['decision', 'recommendation']));
	expect(kinds('decision')).toEqual(new Set(['decision']));
	expect(kinds('recommendation')).toEqual(new Set(['recommendation']));
	expect(kinds(null, 'P20')).toEqual(new Set());
	const [decided] = entries(actor('P03'), 'decision');
	expect(decided).toMatchObject({ date: '2026-12-01', half: '2026-2', outcome: null });
});
