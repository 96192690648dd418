import { beforeEach, describe, expect, test } from 'vitest';
import type { CaseStepName } from '#lib/domain/case-progress.ts';
import { useTrail } from '#lib/server/audit/testing.ts';
import * as cases from '#lib/server/case/cases.ts';
import { sqlite, transaction } from '#lib/server/db/index.ts';
import { expectRefused } from '#lib/server/db/testing.ts';
import * as setup from '#lib/server/demo/setup.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import { caseId } from '#lib/server/start/case-to-ruling/testing.ts';
import {
	actor,
	boardMeeting,
	forumId,
	itemOf,
	openDemo,
	person
} from '#lib/server/start/testing.ts';
import * as progress from './progress.ts';

useTrail();
beforeEach(openDemo);

const card = (code: string) => cases.findByCode(code)!;
const step = (who: string, code: string, name: CaseStepName, input = {}) =>
	progress.step(actor(who), code, name, input);
const state = (code: string) => progress.stateOf(caseId(code));
const seen = (who: string, code: string) => progress.of(actor(who), card(code));
const lastNoted = () =>
	sqlite()
		.prepare('SELECT person, deed AS verb, thing AS subject FROM audit ORDER BY seq DESC')
		.get();

describe('a step', () => {
	test('leads on, is remembered with who took it and why, and is noted', () => {
		step('P03', 'S-G5MQ', 'put_off', { reason: ' Manglar tal ' });
		expect(state('S-G5MQ')).toBe('put_off');
		expect(progress.history(card('S-G5MQ')).at(-1)).toMatchObject({
			person: person('P03').name,
			verb: 'put_off',
			to: 'put_off',
			reason: 'Manglar tal'
		});
		const subject = `case:${caseId('S-G5MQ')}`;
		expect(lastNoted()).toEqual({ person: person('P03').id, verb: 'case.put_off', subject });
	});

	test('calls the case what the municipality calls that state, or as the step says', () => {
		step('P03', 'S-G5MQ', 'put_off', { reason: 'Ventar' });
		expect(card('S-G5MQ').status).not.toBe('to_council');
		step('P04', 'S-G5MQ', 'queue', { word: 'searching' });
		expect(card('S-G5MQ').status).toBe('searching');
	});

	test('is refused by name, and then nothing changes', () => {
		const put =
			(input = {}) =>
			() =>
				step('P03', 'S-G5MQ', 'put_off', input);
		expectRefused(put(), 'missing_text');
		expectRefused(put({ reason: 'Ringje 14857134576' }), 'identifier_in_text');
		expectRefused(put({ reason: 'a'.repeat(10_000) }), 'text_too_long');
		expectRefused(put({ reason: 'Ventar', word: 'none' }), 'unknown_choice');
		expectRefused(() => step('P03', 'S-G5MQ', 'house'), 'wrong_state');
		expectRefused(() => step('P03', 'S-G5MQ', 'send'), 'unknown_choice');
		expectRefused(() => step('P05', 'S-G5MQ', 'put_off', { reason: 'Ventar' }), 'not_allowed');
		expectRefused(() => step('P11', 'S-G5MQ', 'put_off', { reason: 'Ventar' }), 'not_found');
		expectRefused(() => step('P03', 'S-NONE', 'queue'), 'not_found');
	});

	test('of a withdrawal takes everything along that waits: the agenda’s item, rulings, recommendations', () => {
		step('P03', 'S-T6ZB', 'withdraw', { reason: 'Fann sjølv' });
		const of = (table: string) =>
			sqlite()
				.prepare(`SELECT status FROM ${table} WHERE case_id = ?`)
				.pluck()
				.all(caseId('S-T6ZB'));
		expect([of('ruling'), of('recommendation')]).toEqual([['dropped'], ['settled']]);
		const item = itemOf('S-G5MQ');
		step('P03', 'S-G5MQ', 'withdraw', { reason: 'Fann sjølv' });
		expect(agendas.find(item)!.removed).toBe(true);
	});
});

describe('where a case stands', () => {
	test('comes with the steps that this person can take by themselves, and those that ask for a reason', () => {
		expect(seen('P03', 'S-G5MQ')).toMatchObject({
			state: 'to_council',
			open: ['put_off', 'withdraw'],
			reasoned: ['put_off', 'withdraw']
		});
		expect(seen('P05', 'S-G5MQ').open).toEqual([]);
	});

	test('and with the day of the answer, for those who work with cases', () => {
		expect(seen('P04', 'S-D8VS').reply).toMatchObject({ repliedOn: null });
		expect(seen('P04', 'S-D8VS').reply!.days).toBeLessThan(0);
		expect(seen('P02', 'S-T6ZB').reply).toBeNull();
	});

	test('can be called by another of the municipality’s words', () => {
		progress.call(actor('P04'), 'S-G5MQ', 'searching');
		expect(card('S-G5MQ').status).toBe('searching');
		expect(lastNoted()).toMatchObject({ verb: 'case.word' });
		expectRefused(() => progress.call(actor('P04'), 'S-G5MQ', 'none'), 'unknown_choice');
		expectRefused(() => progress.call(actor('P11'), 'S-G5MQ', 'searching'), 'not_found');
	});

	test('the preliminary reply is noted once, on no day to come', () => {
		const replied =
			(on: string, who = 'P04') =>
			() =>
				progress.replied(actor(who), 'S-D8VS', on);
		expectRefused(replied('2026-11-24'), 'bad_date');
		expectRefused(replied('2026-11-20', 'P11'), 'not_found');
		replied('2026-11-20')();
		expect(seen('P04', 'S-D8VS').reply!.repliedOn).toBe('2026-11-20');
		expectRefused(replied('2026-11-21'), 'already_done');
	});
});

describe('the queue', () => {
	const queue = (who = 'P04') => progress.queue(actor(who), forumId('BR'));
	const putOff = () => {
		transaction(() => setup.setMeetingStatus(boardMeeting('22/26'), 'cancelled'));
		step('P03', 'S-2WHK', 'put_off', { reason: 'Ventar' });
	};

	test('holds what waits for the council and stands on no coming agenda: again, urgent, first come', () => {
		expect(queue()).toEqual([]);
		putOff();
		const waiting = queue();
		expect(waiting.map(({ code }) => code)).toContain('S-G5MQ');
		const again = waiting.filter(({ turned }) => turned > 0).map(({ code }) => code);
		expect(again).toEqual(waiting.slice(0, again.length).map(({ code }) => code));
		expect(again.sort()).toEqual(['S-2WHK', 'S-K6YJ', 'S-N9CL']);
		expect(waiting.find(({ code }) => code === 'S-2WHK')).toMatchObject({
			why: { to: 'put_off', reason: 'Ventar' },
			last: { number: 'BR 72/26', title: 'Ny sak' }
		});
	});

	test('is for those who work with cases, without what is closed to them', () => {
		putOff();
		expect(queue('P11')).toEqual([]);
		expect(queue('P02')).toEqual([]);
		expect(queue('P08').length).toBe(queue().length);
	});

	test('fills an agenda, with the history of what comes again', () => {
		putOff();
		const waiting = queue().length;
		const fill = (who: string, id = boardMeeting('23/26')) =>
			progress.fillAgenda(actor(who), id, 'Ny sak');
		expectRefused(() => fill('P05'), 'not_allowed');
		expectRefused(() => fill('P11'), 'not_found');
		expectRefused(() => fill('P03', boardMeeting('21/26')), 'meeting_locked');
		expect(fill('P03')).toBe(waiting);
		expect(queue()).toEqual([]);
		const item = agendas.find(itemOf('S-2WHK'))!;
		expect(item).toMatchObject({ meetingId: boardMeeting('23/26'), title: 'Ny sak' });
		expect(agendas.find(item.carriedFromId!)!.number).toBe('BR 72/26');
	});
});
