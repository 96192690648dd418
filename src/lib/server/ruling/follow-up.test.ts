import { beforeEach, describe, expect, test } from 'vitest';
import * as register from '#lib/server/action/register.ts';
import { useTrail } from '#lib/server/audit/testing.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as setup from '#lib/server/demo/setup.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as units from '#lib/server/municipality/units.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import * as recusals from '#lib/server/recommendation/recusals.ts';
import * as sinceLast from '#lib/server/register/since-last.ts';
import { send } from '#lib/server/ruling/sending.ts';
import {
	allocation,
	chair,
	openBoard,
	placeOf,
	ruler,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, forumId, openDemo, person } from '#lib/server/start/testing.ts';
import * as followUp from './follow-up.ts';
import * as rulings from './rulings.ts';

const today = '2026-11-23';
const unitId = (code: string) => units.directory(chair()).find((one) => one.code === code)!.id;

useTrail();
beforeEach(() => {
	openDemo();
	openBoard();
});

/** An exchange for S-N9CL that has been ruled on, as V-102. */
function ruled(more: Partial<rulings.RulingInput> = {}): void {
	const id = recommendations.save(
		secretary(),
		placeOf('S-N9CL'),
		allocation({ outcome: 'exchange', followUnit: unitId('HF'), followLevel: '3' })
	);
	recommendations.adopt(chair(), id, 1);
	send(chair(), id);
	rulings.decide(ruler(), 'V-102', {
		stance: 'follow',
		result: 'granted',
		content: 'byte til utleigebustad',
		reason: '',
		ruledOn: today,
		noticeOn: today,
		...more
	});
}

test('a ruling proposes the tasks that fit it, at the units that do them', () => {
	ruled();
	const list = followUp.proposed(chair(), 'V-102');
	const names = units.names();
	expect(
		list.map(({ what, unit, accountable, due }) => [what, names.get(unit), accountable, due])
	).toEqual([
		['Bustøtte: S-N9CL', 'Bustadkontoret', 'Bustadkontoret', '2026-12-23'],
		['Leigekontrakt: S-N9CL', 'Sunnøy kommunale eigedom', 'Sunnøy kommunale eigedom', '2026-12-07'],
		[
			'Innflytting: S-N9CL',
			'Housing First-teamet (bustadsosialt team)',
			'Sunnøy kommunale eigedom',
			'2026-12-23'
		],
		[
			'Oppfølging i bustad: rus og psykisk helse: S-N9CL',
			'Housing First-teamet (bustadsosialt team)',
			'Eining for psykisk helse og rus',
			'2026-12-23'
		],
		[
			'Nabodialog: S-N9CL',
			'Housing First-teamet (bustadsosialt team)',
			'Sunnøy kommunale eigedom',
			'2026-12-14'
		]
	]);
});

test('the chair adjusts the list and sends it: actions that know their whole way', () => {
	ruled();
	setup.setMeetingStatus(boardMeeting('22/26'), 'locked');
	const [, lease, , follow] = followUp.proposed(chair(), 'V-102');
	const codes = followUp.start(chair(), 'V-102', [
		{ ...lease!, due: '2026-12-01' },
		{ ...follow!, what: 'Første heimebesøk for S-N9CL' }
	]);
	expect(codes).toEqual(['O-25', 'O-26']);
	const made = register.read(chair(), 'O-26');
	expect(made).toMatchObject({
		what: 'Første heimebesøk for S-N9CL',
		responsible: { kind: 'unit' },
		source: { label: 'BR 77/26' },
		case: { code: 'S-N9CL' },
		task: { title: 'Oppfølging i bustad: rus og psykisk helse' }
	});
	expect(register.read(actor('P13'), 'O-26').mayComplete).toBe(true);
	expect(() => followUp.start(chair(), 'V-102', [lease!])).toThrow('already_done');
});

describe('when the leader of a unit that does a task is disqualified', () => {
	/** Oddvar, who leads Sunnøy kommunale eigedom. */
	const recuse = (deputy: string | null) => {
		const { meeting, id: item } = placeOf('S-N9CL');
		const oddvar = person('P06').id;
		recusals.raise(actor('P06'), meeting, { item, person: oddvar, reason: 'family' });
		const [asked] = recusals.of(chair(), meetings.find(meeting)!, 'nn');
		recusals.decide(chair(), meeting, {
			id: asked!.id,
			disqualified: true,
			deputy: deputy && person(deputy).id
		});
	};
	const lease = () => followUp.proposed(chair(), 'V-102')[1]!;

	test('it is proposed for whoever leads the forum, and can be sent so', () => {
		recuse(null);
		ruled();
		const to = { id: person('P03').id, name: 'Solveig Testvik' };
		expect(lease()).toMatchObject({ unit: to.id, accountable: 'Sunnøy kommunale eigedom' });
		expect(lease().parties).toEqual([to]);
		expect(() => followUp.start(chair(), 'V-102', [{ ...lease(), unit: unitId('SKE') }])).toThrow(
			'unknown_unit'
		);
		const [code] = followUp.start(chair(), 'V-102', [lease()]);
		expect(register.read(chair(), code!).responsible).toMatchObject({ kind: 'person', ...to });
	});

	test('it is proposed for the deputy who came for them', () => {
		recuse('P13');
		ruled();
		expect(lease()).toMatchObject({ unit: person('P13').id });
		const [code] = followUp.start(chair(), 'V-102', [lease()]);
		expect(register.read(actor('P13'), code!).mayComplete).toBe(true);
	});
});

test('one that is refused sends nothing at all', () => {
	ruled();
	const [first] = followUp.proposed(chair(), 'V-102');
	const wrong = { ...first!, unit: unitId('HAB') };
	expect(() => followUp.start(chair(), 'V-102', [first!, wrong])).toThrow('unknown_unit');
	expect(() => followUp.start(chair(), 'V-102', [])).toThrow('missing_choice');
	expect(sqlite().prepare('SELECT count(*) FROM action').pluck().get()).toBe(24);
});

test('a refusal sets nothing going, and nobody but those who lead sends work out', () => {
	ruled({ result: 'refused' });
	expect(followUp.proposed(chair(), 'V-102')).toEqual([]);
	expect(() => followUp.proposed(ruler(), 'V-102')).toThrow('not_allowed');
	expect(() => followUp.proposed(actor('P05'), 'V-102')).toThrow('not_allowed');
	expect(() => followUp.proposed(actor('P11'), 'V-102')).toThrow('not_found');
});

test('the council’s next agenda tells what became of what it recommended', () => {
	const next = () => sinceLast.since(chair(), meetings.find(boardMeeting('22/26'))!, 'nn');
	expect(next().map(({ code, rulings: [one] }) => [code, one!.standing, one!.waited])).toEqual([
		['I-051', 'sent_back', null],
		['I-050', 'waiting', 5],
		['I-052', 'waiting', 5],
		['I-049', 'appeal_runs', null]
	]);
	rulings.decide(ruler(), 'V-099', {
		stance: 'depart',
		result: 'granted',
		content: 'eitt år',
		reason: 'mellombels behov',
		ruledOn: today,
		noticeOn: today
	});
	expect(next()[1]).toMatchObject({ code: 'I-050', rulings: [{ reason: 'mellombels behov' }] });
	expect(sinceLast.since(actor('P11'), meetings.find(boardMeeting('22/26'))!, 'nn')).toEqual([]);
});

test('an action that goes overdue is counted there', () => {
	clock.set(Date.parse('2026-12-01T06:00:00Z'));
	const [first] = sinceLast.since(chair(), meetings.find(boardMeeting('22/26'))!, 'nn');
	expect(first).toMatchObject({ code: 'I-051', actions: { open: 1, late: 1, done: 0 } });
});

test('the queue fills the next agenda in one go, what comes again with its history', () => {
	const forum = forumId('BR');
	setup.setMeetingStatus(boardMeeting('22/26'), 'cancelled');
	const queue = progress.queue(secretary(), forum).map(({ code, turned }) => [code, turned]);
	expect(queue).toEqual([
		['S-K6YJ', 1],
		['S-N9CL', 1],
		['S-G5MQ', 0],
		['S-D8VS', 0],
		['S-2WHK', 0]
	]);
	const target = boardMeeting('23/26');
	expect(() => progress.fillAgenda(actor('P05'), target, 'Ny sak')).toThrow('not_allowed');
	expect(progress.fillAgenda(secretary(), target, 'Ny sak')).toBe(5);
	expect(progress.queue(secretary(), forum)).toEqual([]);
	const rows = sqlite()
		.prepare(
			'SELECT title, round FROM agenda_item WHERE meeting = ? AND case_id IS NOT NULL ORDER BY rowid'
		)
		.all(target) as { title: string; round: number }[];
	expect(rows[1]).toEqual({ title: 'Send attende frå Kundetorget', round: 3 });
	expect(progress.fillAgenda(secretary(), target, 'Ny sak')).toBe(0);
});
