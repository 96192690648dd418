import { beforeEach, describe, expect, test } from 'vitest';
import { may } from '#lib/domain/may.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as decisions from '#lib/server/decision/decisions.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import * as recusals from '#lib/server/recommendation/recusals.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import {
	allocation,
	chair,
	openBoard,
	placeOf,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as register from './decision-register.ts';
import { inOneLine } from './words.ts';

beforeEach(openDemo);

const everything: register.RegisterQuery = {
	forum: null,
	kind: null,
	period: null,
	outcome: null,
	became: 'any',
	q: '',
	page: 1
};
const browse = (as: string, asked: Partial<register.RegisterQuery> = {}) =>
	register.browse(actor(as), { ...everything, ...asked }, 'nn');
const codes = (as: string, asked: Partial<register.RegisterQuery> = {}) =>
	browse(as, asked).rows.map(({ code }) => code);
const row = (code: string, as = 'P03') => browse(as).rows.find((one) => one.code === code);
const said = (code: string, as = 'P03') => {
	const of = row(code, as);
	return of && [...of.became, ...(of.followed ? [of.followed] : [])].map((one) => inOneLine([one]));
};

describe('the register tells what became of a recommendation', () => {
	test('followed, departed from with the reason, sent back with what is missing, waiting for days', () => {
		expect(said('I-045')).toEqual(['V-093 i samsvar med innstillinga', 'utført: 0 av 1']);
		expect(said('I-048')?.[0]).toMatch(/^V-097 avvik frå innstillinga: særlege grunnar/);
		expect(said('I-051')?.[0]).toBe('V-100 send attende: treng buvurdering og plan for nabodialog');
		expect(said('I-050')).toEqual(['V-099 ventar på vedtak, 5 dagar']);
		expect(row('I-050')).toMatchObject({
			hangs: 5,
			text: 'tildele B-108',
			case: { code: 'S-T6ZB' }
		});
		expect(row('I-045')?.hangs).toBeNull();
	});

	test('on each of its tracks', () => {
		expect(said('I-047')?.slice(0, 2)).toEqual([
			'V-095 i samsvar med innstillinga',
			'V-096 i samsvar med innstillinga'
		]);
	});

	test('and how far what followed has come: done, going on, late', () => {
		expect(said('I-041')?.at(-1)).toBe('utført: 1 av 1');
		expect(browse('P03', { became: 'late' }).total).toBe(0);
		sqlite().prepare("UPDATE action SET due = '2026-11-20' WHERE code = 'O-11'").run();
		expect(said('I-045')?.at(-1)).toBe('utført: 0 av 1, over fristen: 1');
		expect(row('I-045')?.hangs).toBe(3);
		expect(codes('P03', { became: 'late' })).toEqual(['I-045']);
	});

	test('what hangs is asked for in one go, the longest first', () => {
		sqlite().prepare("UPDATE action SET due = '2026-11-10' WHERE code = 'O-11'").run();
		expect(codes('P03', { became: 'hangs' })).toEqual(['I-045', 'I-050', 'I-052', 'I-051']);
		expect(codes('P03', { became: 'waiting' })).toEqual(['I-050', 'I-052']);
		expect(codes('P03', { became: 'departed' })).toEqual(['I-048']);
		expect(codes('P03', { outcome: 'refuse' })).toEqual(['I-047']);
		expect(codes('P03', { q: 's-n9cl' })).toEqual(['I-051']);
		expect(codes('P03', { q: 'forlenge' })).toEqual(['I-048']);
	});

	test('nothing waits of a case that has been withdrawn', () => {
		progress.step(chair(), 'S-T6ZB', 'withdraw', { reason: 'fann noko sjølv' });
		expect(said('I-050')?.[0]).toBe('trekt');
		expect(codes('P03', { became: 'hangs' })).not.toContain('I-050');
	});

	test('and the counts are what each choice would show', () => {
		const { became } = browse('P03');
		for (const { value, count } of became)
			expect(browse('P03', { became: value }).total).toBe(count);
		expect(became.find(({ value }) => value === 'waiting')?.count).toBe(2);
	});

	test('a page at a time, and all of it in pieces', () => {
		const all = [...register.everything(chair(), everything, 'nn')].flat();
		expect(all.map(({ code }) => code)).toEqual(codes('P03'));
		expect(browse('P03', { page: 2 }).rows).toEqual([]);
		expect(all).toHaveLength(browse('P03').total);
	});
});

describe('who may not see it finds nothing of it', () => {
	/** What may() says of every recommendation that is no draft. */
	const mayRead = (who: string) =>
		recommendationRows
			.query()
			.all()
			.filter((one) => one.own.status !== 'draft')
			.filter((one) => may(actor(who), 'read', recommendationRows.subject(one)))
			.map(({ own }) => own.code)
			.sort();
	const found = (who: string) => codes(who, { kind: 'recommendation' }).sort();

	test('the register holds for everybody just what may() lets them read', () => {
		const board = boardMeeting('20/26');
		sqlite().prepare("UPDATE meeting SET status = 'review' WHERE id = ?").run(board);
		const whole = people.findByCode('P21')!.id;
		sqlite()
			.prepare(
				`INSERT INTO deputy_call (id, meeting, item, deputy, by_person, at) VALUES ('c', ?, NULL, ?, ?, 0)`
			)
			.run(board, whole, person('P03').id);
		for (const { code } of people.everybody()) expect(found(code), code).toEqual(mayRead(code));
		expect(found('P21')).not.toEqual([]);
		expect(found('P03').length).toBeGreaterThan(found('P08').length);
	});

	test('somebody who rules has what was sent, and never what the council called it', () => {
		const rows = browse('P02', { kind: 'recommendation' }).rows;
		expect(rows.map(({ code }) => code)).toContain('I-050');
		for (const one of rows) expect(one.item).toMatchObject({ title: '', href: null });
	});

	test('a case that somebody is disqualified from is in no row, no count and no filter', () => {
		expect(JSON.stringify([...register.everything(actor('P08'), everything, 'nn')])).not.toContain(
			'S-V8RC'
		);
		expect(codes('P08', { q: 'S-V8RC' })).toEqual([]);
		expect(codes('P05', { q: 'S-V8RC' })).toEqual(['I-046']);
		expect(browse('P08').total).toBe(browse('P05').total - 1);
	});

	test('from the moment the question is raised', () => {
		openBoard();
		const item = itemOf('S-T6ZB');
		const before = browse('P06').total;
		sqlite().prepare("UPDATE meeting SET status = 'open' WHERE id = ?").run(boardMeeting('21/26'));
		const own = { item, person: person('P06').id, reason: 'close_tie' };
		recusals.raise(actor('P06'), boardMeeting('21/26'), own);
		expect(browse('P06').total).toBe(before - 1);
		expect(codes('P06')).not.toContain('I-050');
	});

	test('a decision about the case goes with it', () => {
		openBoard();
		const input = { text: 'Sjå S-K6YJ att i desember.', reasons: '', minority: '', statement: '' };
		const meeting = boardMeeting('22/26');
		const code = decisions.create(chair(), {
			...input,
			meeting,
			item: itemOf('S-K6YJ'),
			reviewOn: null
		});
		expect(codes('P08')).toContain(code);
		const own = { item: itemOf('S-K6YJ'), person: person('P08').id, reason: 'close_tie' };
		recusals.raise(actor('P08'), meeting, own);
		expect(codes('P08')).not.toContain(code);
		expect(codes('P08', { q: 'desember' })).toEqual([]);
	});

	test('people from outside have no register', () => {
		expect(register.mayBrowse(actor('P20'))).toBe(false);
		expect(register.mayBrowse(actor('P15'))).toBe(true);
		expect(codes('P15')).toEqual([]);
	});
});

test('a recommendation that was sent back hangs until the council has made a new one', () => {
	expect(row('I-051')?.hangs).toBe(3);
	openBoard();
	progress.step(secretary(), 'S-N9CL', 'queue');
	expect(row('I-051')?.hangs).toBe(3);
	const id = recommendations.save(
		secretary(),
		placeOf('S-N9CL'),
		allocation({ outcome: 'other_help', dwelling: null, months: null })
	);
	recommendations.adopt(chair(), id, 1);
	expect(row('I-051')).toMatchObject({ hangs: null, code: 'I-051' });
	expect(row('I-053')?.hangs).toBe(0);
});
