import { beforeEach, describe, expect, test } from 'vitest';
import { useTrail } from '#lib/server/audit/testing.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import * as cases from '#lib/server/case/cases.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import { read as readRecommendation } from '#lib/server/recommendation/rows.ts';
import { send } from '#lib/server/ruling/sending.ts';
import {
	allocation,
	caseId,
	chair,
	openBoard,
	placeOf,
	ruler,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, forumId, openDemo } from '#lib/server/start/testing.ts';
import * as rulingRows from './rows.ts';
import * as rulings from './rulings.ts';

useTrail();
beforeEach(() => {
	openDemo();
	openBoard();
});

const today = '2026-11-23';
const follow: rulings.RulingInput = {
	stance: 'follow',
	result: 'granted',
	content: 'utleigebustad, 3 år',
	reason: '',
	ruledOn: today,
	noticeOn: today
};
const view = (code: string) => rulingRows.read(ruler(), code, 'nn').ruling;
const state = (code: string) => progress.stateOf(caseId(code));

/** A recommendation about S-G5MQ that has been sent; its rulings are V-102 and on. */
function sent(tracks: string[] | null = null, more = {}): string {
	const id = recommendations.save(secretary(), placeOf('S-G5MQ'), allocation(more));
	recommendations.adopt(chair(), id, 1);
	send(chair(), id, tracks);
	return id;
}

test('who rules sees the card from the moment the recommendation is sent, and not before', () => {
	const id = recommendations.save(secretary(), placeOf('S-G5MQ'), allocation());
	const sees = () => cases.read(ruler(), 'S-G5MQ');
	expect(sees).toThrow('not_found');
	recommendations.adopt(chair(), id, 1);
	expect(sees).toThrow('not_found');
	expect(() => readRecommendation(ruler(), id)).toThrow('not_found');
	send(chair(), id);
	expect(sees().code).toBe('S-G5MQ');
	expect(rulings.waitingFor(ruler())).toBe(3);
	expect(cases.visibleTo(ruler(), 'nn')).toEqual([]);
});

test('a ruling follows: the deadline is computed and the case goes on', () => {
	sent();
	rulings.decide(ruler(), 'V-102', follow);
	expect(view('V-102')).toMatchObject({
		standing: 'appeal_runs',
		appealUntil: '2026-12-14',
		daysLeft: 21,
		by: 'Halldor Fiktnes',
		body: 'kommunal klagenemnd'
	});
	expect(state('S-G5MQ')).toBe('ruled');
});

test('a deadline that would end in Christmas ends after it', () => {
	sent();
	clock.set(Date.parse('2026-12-04T09:00:00Z'));
	rulings.decide(ruler(), 'V-102', { ...follow, ruledOn: '2026-12-04', noticeOn: '2026-12-04' });
	expect(view('V-102').appealUntil).toBe('2026-12-28');
});

test('without notice no deadline runs; it does from the day that is noted', () => {
	sent();
	rulings.decide(ruler(), 'V-102', { ...follow, noticeOn: null });
	expect(view('V-102')).toMatchObject({ standing: 'not_notified', daysLeft: null });
	clock.set(Date.parse('2026-11-27T09:00:00Z'));
	rulings.notify(ruler(), 'V-102', '2026-11-26');
	expect(view('V-102').appealUntil).toBe('2026-12-17');
	expect(() => rulings.notify(ruler(), 'V-102', '2026-11-27')).toThrow('already_done');
});

test('who departs says why, and who sends back says what is missing', () => {
	sent();
	const bare = { ...follow, reason: ' ' };
	expect(() => rulings.decide(ruler(), 'V-102', { ...bare, stance: 'depart' })).toThrow(
		'missing_text'
	);
	expect(() => rulings.decide(ruler(), 'V-102', { ...bare, stance: 'send_back' })).toThrow(
		'missing_text'
	);
	rulings.decide(ruler(), 'V-102', { ...follow, stance: 'depart', reason: 'berre to år no' });
	expect(view('V-102')).toMatchObject({ stance: 'depart', reason: 'berre to år no' });
});

test('what is sent back waits for the council first, with its history', () => {
	sent();
	sqlite().exec("UPDATE meeting SET status = 'cancelled' WHERE number = '22/26'");
	const back = {
		...follow,
		stance: 'send_back' as const,
		result: null,
		reason: 'treng buvurdering'
	};
	rulings.decide(ruler(), 'V-102', back);
	expect(view('V-102')).toMatchObject({ status: 'sent_back', appealUntil: null });
	const queue = progress.queue(secretary(), forumId('BR'));
	expect(queue.find(({ code }) => code === 'S-G5MQ')).toMatchObject({
		state: 'sent_back',
		last: { number: 'BR 71/26' }
	});
	expect(queue.map(({ state }) => state).lastIndexOf('sent_back')).toBeLessThan(
		queue.map(({ state }) => state).indexOf('to_council')
	);
});

test('two tracks are ruled on one by one, each with its own appeal body; the case goes on after both', () => {
	sent(['A', 'B']);
	rulings.decide(ruler(), 'V-102', { ...follow, result: 'refused' });
	expect(state('S-G5MQ')).toBe('to_ruling');
	rulings.decide(ruler(), 'V-103', { ...follow, content: 'råd om økonomi' });
	expect(state('S-G5MQ')).toBe('ruled');
	expect([view('V-102').body, view('V-103').body]).toEqual([
		'kommunal klagenemnd',
		'Statsforvaltaren'
	]);
});

describe('two at once', () => {
	test('one rules, the other is told, and the first ruling stands', () => {
		sent();
		rulings.decide(ruler(), 'V-102', follow);
		const steps = progress.history(cases.read(ruler(), 'S-G5MQ')).length;
		const other = {
			...follow,
			stance: 'depart' as const,
			result: 'refused' as const,
			reason: 'nei'
		};
		expect(() => rulings.decide(ruler(), 'V-102', other)).toThrow('already_done');
		expect(view('V-102')).toMatchObject({ stance: 'follow', result: 'granted', reason: '' });
		expect(progress.history(cases.read(ruler(), 'S-G5MQ'))).toHaveLength(steps);
	});
});

test('who took part in the recommendation cannot rule on it, whatever they have become since', () => {
	sent();
	const exec = (sql: string) => sqlite().exec(sql);
	exec(`DELETE FROM membership WHERE person = '${actor('P05').id}'`);
	exec(`INSERT INTO authority VALUES ('${forumId('BR')}', '${actor('P05').id}')`);
	expect(() => rulings.decide(actor('P05'), 'V-102', follow)).toThrow('rules_itself');
});

test('who rules and is in the council takes no part in its cases', () => {
	sqlite().exec(`INSERT INTO authority VALUES ('${forumId('BR')}', '${actor('P05').id}')`);
	expect(() => recommendations.save(actor('P05'), placeOf('S-G5MQ'), allocation())).toThrow(
		'not_found'
	);
});

test('nobody else rules, and whoever sees the case at least hears why', () => {
	sent();
	for (const who of ['P03', 'P04', 'P05'])
		expect(() => rulings.decide(actor(who), 'V-102', follow)).toThrow('not_allowed');
	for (const who of ['P11', 'P13', 'P20'])
		expect(() => rulings.decide(actor(who), 'V-102', follow)).toThrow('not_found');
});

test.each([
	[{ ruledOn: '2026-11-24' }, 'bad_date'],
	[{ noticeOn: '2026-11-22' }, 'bad_date'],
	[{ result: null }, 'missing_choice'],
	[{ content: '' }, 'missing_text'],
	[{ ruledOn: '2016-11-23', noticeOn: '2016-11-23' }, 'bad_date'],
	[{ content: 'Ring 40 50 60 70' }, 'identifier_in_text']
])('a ruling with %o is refused', (more, reason) => {
	sent();
	expect(() => rulings.decide(ruler(), 'V-102', { ...follow, ...more })).toThrow(reason);
	expect(view('V-102').status).toBe('waiting');
});

test('an appeal is received, forwarded and decided, in that order; one that is set aside begins the case anew', () => {
	const step = (verb: 'receive' | 'forward' | 'decide', on: string, result?: 'set_aside') =>
		rulings.appealed(ruler(), 'V-093', { verb, on, result: result ?? null });
	expect(() => step('forward', today)).toThrow('already_done');
	step('receive', '2026-11-20');
	expect(view('V-093').appeal).toMatchObject({ receivedOn: '2026-11-20', late: false });
	expect(() => step('forward', '2026-11-19')).toThrow('bad_date');
	step('forward', '2026-11-22');
	expect(view('V-093').standing).toBe('forwarded');
	expect(() => step('decide', today)).toThrow('missing_choice');
	step('decide', today, 'set_aside');
	expect(view('V-093').standing).toBe('appeal_decided');
	expect(state('S-9TWB')).toBe('sent_back');
});

test('an appeal that comes late is received, and shown to be late', () => {
	clock.set(Date.parse('2026-11-30T09:00:00Z'));
	rulings.appealed(secretary(), 'V-093', { verb: 'receive', on: '2026-11-30' });
	expect(view('V-093').appeal?.late).toBe(true);
});

describe('a case that is withdrawn while it waits', () => {
	const withdraw = () =>
		progress.step(chair(), 'S-G5MQ', 'withdraw', { reason: 'har funne noko sjølv' });

	test('is no longer anybody’s to rule on, on any track', () => {
		sent(['A', 'B']);
		expect(rulings.waitingFor(ruler())).toBe(4);
		withdraw();
		expect(rulings.waitingFor(ruler())).toBe(2);
		for (const code of ['V-102', 'V-103']) {
			expect(view(code).standing).toBe('dropped');
			expect(() => rulings.decide(ruler(), code, follow)).toThrow('already_done');
		}
	});

	test('what was recommended is not sent when it is taken up again', () => {
		const id = recommendations.save(secretary(), placeOf('S-G5MQ'), allocation());
		recommendations.adopt(chair(), id, 1);
		withdraw();
		progress.step(chair(), 'S-G5MQ', 'reopen', { reason: 'treng bustad likevel' });
		expect(() => send(chair(), id)).toThrow('already_done');
		expect(state('S-G5MQ')).toBe('registered');
	});
});

describe('what the appeal body sets aside', () => {
	const setAside = (code: string) => {
		rulings.appealed(ruler(), code, { verb: 'receive', on: today });
		rulings.appealed(ruler(), code, { verb: 'decide', on: today, result: 'set_aside' });
	};

	test('is noted also when the case has been closed, and opens it', () => {
		progress.step(chair(), 'S-9TWB', 'close');
		setAside('V-093');
		expect(view('V-093').standing).toBe('appeal_decided');
		expect(state('S-9TWB')).toBe('sent_back');
	});

	test('on one track while another waits: the case comes back when that has been ruled on', () => {
		sent(['A', 'B']);
		rulings.decide(ruler(), 'V-102', follow);
		setAside('V-102');
		expect(state('S-G5MQ')).toBe('to_ruling');
		rulings.decide(ruler(), 'V-103', follow);
		expect(state('S-G5MQ')).toBe('sent_back');
	});

	test('on both tracks is noted for both', () => {
		sent(['A', 'B']);
		for (const code of ['V-102', 'V-103']) rulings.decide(ruler(), code, follow);
		for (const code of ['V-102', 'V-103']) setAside(code);
		expect(state('S-G5MQ')).toBe('sent_back');
	});
});
