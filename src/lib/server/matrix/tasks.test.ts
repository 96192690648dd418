import { beforeEach, describe, expect, test } from 'vitest';
import * as actions from '#lib/server/action/actions.ts';
import { useTrail } from '#lib/server/audit/testing.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { caseId } from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, forumId, openDemo } from '#lib/server/start/testing.ts';
import * as matrices from './matrices.ts';
import * as tasks from './tasks.ts';

useTrail();
beforeEach(openDemo);

/** The demo's matrix as somebody without forums reads it. */
const demo = () => matrices.all(actor('P14'))[0]!;
const taskId = (title: string) => demo().tasks.find((task) => task.title === title)!.id;
const unitId = (code: string) => demo().units.find((unit) => unit.code === code)!.id;

describe('starting a task for a case', () => {
	const title = 'Tilpassing av bustad';
	const input = () => ({
		meeting: boardMeeting('22/26'),
		case: caseId('S-K6YJ'),
		party: unitId('SKE'),
		what: title,
		due: '2026-12-07'
	});
	const start = (who: string, change = {}) =>
		tasks.start(actor(who), taskId(title), { ...input(), ...change });
	const count = () => sqlite().prepare('SELECT count(*) FROM action').pluck().get();

	test('makes an action at the unit, from the case’s item, that its leader gets', () => {
		const code = start('P03');
		const [made] = actions.list(actor('P06'), 'mine').filter((one) => one.code === code);
		expect(made).toMatchObject({
			what: title,
			responsible: { kind: 'unit', name: 'Sunnøy kommunale eigedom' },
			case: { code: 'S-K6YJ' },
			source: { label: 'BR 76/26' }
		});
		expect(actions.ofCase(actor('P05'), caseId('S-K6YJ')).map((one) => one.code)).toContain(code);
	});

	test('comes from the meeting as such when the case is not on its agenda', () => {
		const code = start('P03', { meeting: boardMeeting('23/26') });
		const [made] = actions.list(actor('P06'), 'mine').filter((one) => one.code === code);
		expect(made).toMatchObject({ case: { code: 'S-K6YJ' }, item: null });
	});

	test('stands at the task for those who may read it, and for nobody else', () => {
		const code = start('P03');
		const seen = (who: string) => actions.ofTask(actor(who), taskId(title)).map((one) => one.code);
		for (const who of ['P03', 'P05', 'P06']) expect(seen(who)).toEqual([code]);
		for (const who of ['P01', 'P13', 'P14', 'P16', 'P20']) expect(seen(who)).toEqual([]);
		expect(actions.ofTask(actor('P03'), taskId('Nabodialog'))).toEqual([]);
		const [made] = actions.list(actor('P06'), 'mine').filter((one) => one.code === code);
		actions.setDone(actor('P06'), made!.id, true);
		expect(seen('P03')).toEqual([]);
	});

	test('shows the leader of the unit the case’s bare code, without a link', () => {
		start('P03', { party: unitId('BRG') });
		expect(actions.ofTask(actor('P16'), taskId(title))).toMatchObject([
			{ case: { code: 'S-K6YJ', readable: false }, overdue: false }
		]);
	});

	test.each([
		['the applicant', () => ({ party: unitId('SØK') }), 'unknown_unit'],
		['a unit that is only asked', () => ({ party: unitId('HT') }), 'unknown_unit'],
		['no unit', () => ({ party: crypto.randomUUID() }), 'unknown_unit'],
		['a locked meeting', () => ({ meeting: boardMeeting('21/26') }), 'meeting_locked'],
		['an unknown meeting', () => ({ meeting: crypto.randomUUID() }), 'not_found'],
		['an unknown case', () => ({ case: crypto.randomUUID() }), 'unknown_case'],
		['a deadline that has passed', () => ({ due: '2026-11-22' }), 'bad_date'],
		['an empty text', () => ({ what: ' ' }), 'missing_text'],
		['an address', () => ({ what: 'Synfaring i Prøvevegen 12' }), 'identifier_in_text']
	])('is refused for %s, and nothing is stored', (_, change, reason) => {
		const before = count();
		expect(() => start('P03', change())).toThrow(reason);
		expect(count()).toBe(before);
	});

	test('is refused in a meeting that handles no cases', () => {
		const meeting = sqlite()
			.prepare("SELECT id FROM meeting WHERE forum = ? AND status <> 'locked'")
			.pluck()
			.get(forumId('OBG'));
		expect(() => start('P03', { meeting })).toThrow('unknown_case');
	});

	test.each(['P14', 'P12'])('is not for %s, for whom the meeting does not exist', (who) => {
		expect(tasks.openings(actor(who))).toEqual([]);
		expect(() => start(who)).toThrow('not_found');
	});

	test('is offered from the coming meetings about cases', () => {
		expect(tasks.openings(actor('P03')).map((one) => one.number)).toEqual(['22/26', '23/26']);
	});
});
