import { beforeEach, describe, expect, test } from 'vitest';
import { addItem, readAgenda } from '#lib/domain/agenda.ts';
import type { StepName } from '#lib/domain/meeting.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import * as cases from '#lib/server/case/cases.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as forums from '#lib/server/forum/forums.ts';
import { handlerOf } from '#lib/server/live/document-kinds.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendaCases from '#lib/server/meeting/agenda-cases.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as backlogs from '#lib/server/meeting/backlogs.ts';
import { history } from '#lib/server/meeting/log.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as clock from '#lib/server/platform/clock.ts';
import {
	actor,
	boardMeeting,
	forumId,
	itemOf,
	openDemo,
	person
} from '#lib/server/start/testing.ts';
import * as versions from '#lib/server/version/versions.ts';
import * as corrections from './corrections.ts';
import * as lifecycle from './lifecycle.ts';

beforeEach(openDemo);

const next = () => boardMeeting('22/26');
const after = () => boardMeeting('23/26');
const move = (who: string, step: StepName, reason?: string, id = next()) =>
	lifecycle.move(actor(who), id, step, reason);
const status = (id = next()) => meetings.find(id)!.status;
const itemNamed = (number: string): string =>
	sqlite().prepare('SELECT id FROM agenda_item WHERE number = ?').pluck().get(number) as string;
const conclude = (number: string, outcome: 'concluded' | 'put_off', who = 'P03') =>
	lifecycle.conclude(actor(who), next(), itemNamed(number), outcome);

function runThrough(...steps: StepName[]) {
	for (const step of steps) move('P03', step);
}

describe('moving a meeting on', () => {
	test('is for those who lead it, step by step, and every step is on record', () => {
		runThrough('open', 'close', 'lock');
		move('P03', 'reopen', 'Feil namn på bustad i BR 71/26');
		expect(status()).toBe('review');
		expect(
			history(next()).map(({ from, to, person, reason }) => [from, to, person, reason])
		).toEqual([
			['called', 'open', 'Solveig Testvik', null],
			['open', 'review', 'Solveig Testvik', null],
			['review', 'locked', 'Solveig Testvik', null],
			['locked', 'review', 'Solveig Testvik', 'Feil namn på bustad i BR 71/26']
		]);
	});

	test.each([
		['P04', 'open', 'open'],
		['P04', 'lock', 'not_allowed'],
		['P05', 'open', 'not_allowed'],
		['P13', 'open', 'not_found'],
		['P11', 'open', 'not_found']
	] as const)('%s doing «%s» gives %s', (who, step, result) => {
		if (step === 'lock') runThrough('open', 'close');
		if (result === 'open') expect(move(who, step)).toBe('open');
		else expect(() => move(who, step)).toThrow(result);
	});

	test('twice at once: one wins, the other is told', () => {
		move('P03', 'open');
		expect(() => move('P04', 'open')).toThrow('already_done');
		expect(status()).toBe('open');
	});

	test('reopening wants a reason, and without one nothing happens', () => {
		runThrough('open', 'close', 'lock');
		expect(() => move('P03', 'reopen', ' ')).toThrow('missing_text');
		expect(() => move('P03', 'reopen', 'Ringje 14857134576')).toThrow('identifier_in_text');
		expect(status()).toBe('locked');
	});

	test('calling gives numbers after the last in use, to matters and cases only, and never again', () => {
		const id = after();
		agendaCases.putCase(actor('P04'), id, {
			case: cases.read(actor('P04'), 'S-P4XD').id,
			title: 'Visning'
		});
		const [budget] = agendas.write(
			id,
			[{ title: 'Budsjett', kind: 'discussion', minutes: 5, responsible: null }],
			null
		);
		move('P03', 'call', '', id);
		const rows = sqlite()
			.prepare(
				'SELECT number, title FROM agenda_item WHERE meeting = ? AND number IS NOT NULL ORDER BY number'
			)
			.all(id);
		expect(rows).toEqual([
			{ number: 'BR 78/26', title: 'Visning' },
			{ number: 'BR 79/26', title: 'Budsjett' }
		]);
		expect(versions.frozenAgenda(id, 'called')!.items.some((item) => item.id === budget)).toBe(
			true
		);
	});

	test('locking ends every right to write, for the agenda and every case', () => {
		const item = itemOf('S-K6YJ');
		const access = (who: string) => [
			handlerOf('agenda')!.access(person(who).id, next()),
			handlerOf('item')!.access(person(who).id, item)
		];
		runThrough('open');
		expect(access('P05')).toEqual(['write', 'write']);
		runThrough('close');
		expect(access('P05')).toEqual(['read', 'read']);
		expect(access('P04')).toEqual(['write', 'write']);
		runThrough('lock');
		expect(access('P03')).toEqual(['read', 'read']);
	});
});

describe('running it', () => {
	test('counts the time spent on each item', () => {
		move('P03', 'open');
		const item = itemNamed('BR 71/26');
		lifecycle.goTo(actor('P03'), next(), item, null);
		clock.set(clock.now() + 4 * 60_000);
		lifecycle.goTo(actor('P04'), next(), itemNamed('BR 72/26'), item);
		expect(agendas.find(item)!.spent).toBeGreaterThanOrEqual(4 * 60_000);
		expect(meetings.find(next())!.currentItemId).toBe(itemNamed('BR 72/26'));
	});

	test('two who go on at once: the second is told', () => {
		move('P03', 'open');
		lifecycle.goTo(actor('P03'), next(), itemNamed('BR 71/26'), null);
		expect(() => lifecycle.goTo(actor('P04'), next(), itemNamed('BR 72/26'), null)).toThrow(
			'already_done'
		);
	});

	test('is not possible before it is open, nor for a member', () => {
		expect(() => lifecycle.goTo(actor('P03'), next(), itemNamed('BR 71/26'), null)).toThrow(
			'not_running'
		);
		expect(() => conclude('BR 71/26', 'concluded')).toThrow('not_running');
		move('P03', 'open');
		expect(() => conclude('BR 71/26', 'concluded', 'P05')).toThrow('not_allowed');
	});
});

describe('what was not finished', () => {
	const carried = (id = after()) =>
		sqlite()
			.prepare(
				'SELECT a.title, a.round, b.number AS before FROM agenda_item a JOIN agenda_item b ON b.id = a.carried_from WHERE a.meeting = ? AND a.removed = 0 ORDER BY b.number'
			)
			.all(id);

	test('comes back by itself when the meeting is locked, with its history, once', () => {
		move('P03', 'open');
		for (const number of ['BR 71/26', 'BR 72/26', 'BR 73/26', 'BR 74/26', 'BR 77/26'])
			conclude(number, 'concluded');
		conclude('BR 76/26', 'put_off');
		runThrough('close', 'lock');
		expect(carried()).toEqual([
			{ title: 'Ny sak, lauslating innan to månader', round: 2, before: 'BR 75/26' },
			{ title: 'Utsett frå møte 20/26', round: 3, before: 'BR 76/26' }
		]);
		move('P03', 'reopen', 'Retting');
		move('P03', 'lock');
		expect(carried()).toHaveLength(2);
		const item = cases.appearances(cases.read(actor('P03'), 'S-K6YJ'))[0]!.item;
		const states = agendas.headings(actor('P05'), meetings.find(after())!, 'nn').states;
		expect(states[item]!.before.map((one) => one.number)).toEqual(['BR 76/26', 'BR 66/26']);
	});

	test('of standing items nothing is carried', () => {
		runThrough('open', 'close', 'lock');
		const titles = rooms
			.read({ kind: 'agenda', id: after() }, readAgenda)
			.map((item) => item.open?.title);
		expect(titles.filter((title) => title === 'Eventuelt')).toHaveLength(1);
		expect(carried()).toHaveLength(7);
	});

	test('goes on from a meeting that is cancelled as well', () => {
		const id = lifecycle.plan(actor('P03'), forumId('BR'), {
			date: '2027-01-12',
			starts: '09:00',
			ends: '10:30',
			place: 'Rådhuset, møterom 1',
			theme: 'ordinært'
		});
		rooms.transact({ kind: 'agenda', id: after() }, null, (doc) =>
			addItem(doc, {
				id: crypto.randomUUID(),
				title: 'Brannvern',
				kind: 'discussion',
				minutes: 5
			})
		);
		move('P03', 'cancel', 'Jul', after());
		expect(carried(id)).toContainEqual({ title: 'Brannvern', round: 2, before: null });
	});

	test('waits in the backlog while there is no meeting, and goes on the next that is planned', () => {
		move('P03', 'cancel', 'Jul', after());
		move('P03', 'open');
		for (const number of ['BR 71/26', 'BR 72/26', 'BR 73/26', 'BR 74/26', 'BR 75/26', 'BR 77/26'])
			conclude(number, 'concluded');
		runThrough('close', 'lock');
		expect(backlogs.waiting(actor('P05'), forumId('BR')).map((one) => one.from)).toEqual([
			'BR 76/26'
		]);
		expect(backlogs.waiting(actor('P12'), forumId('BR'))).toEqual([]);
		const id = lifecycle.plan(actor('P03'), forumId('BR'), {
			date: '2027-01-12',
			starts: '09:00',
			ends: '10:30',
			place: 'Rådhuset, møterom 1',
			theme: 'ordinært'
		});
		expect(meetings.find(id)!.number).toBe('1/27');
		expect(carried(id)).toEqual([{ title: 'Utsett frå møte 20/26', round: 3, before: 'BR 76/26' }]);
		expect(backlogs.waiting(actor('P05'), forumId('BR'))).toEqual([]);
	});

	test('members propose items too, and the chair takes them onto a meeting, once', () => {
		backlogs.propose(actor('P06'), forumId('BR'), { title: 'Kjøp av småhus', minutes: 10 });
		const [waiting] = backlogs.waiting(actor('P03'), forumId('BR'));
		expect(waiting).toMatchObject({ title: 'Kjøp av småhus', proposedBy: 'Oddvar Kulissvik' });
		const item = backlogs.takeOnto(actor('P03'), next(), waiting!.id);
		expect(agendas.find(item)!.title).toBe('Kjøp av småhus');
		expect(() => backlogs.takeOnto(actor('P04'), next(), waiting!.id)).toThrow('already_done');
		expect(() =>
			backlogs.propose(actor('P12'), forumId('BR'), { title: 'Hei', minutes: 5 })
		).toThrow('not_allowed');
	});
});

describe('attendance and deputies', () => {
	const call = (item: string | null, who = 'P03') =>
		attendances.callDeputy(actor(who), next(), { deputy: person('P13').id, for: null, item });

	test('a deputy reads nothing before, one item during, nothing of the others, and nothing after', () => {
		const own = itemOf('S-K6YJ');
		const other = itemOf('S-G5MQ');
		const sees = () => {
			const held = meetings.find(next())!;
			const read = (item: string) => {
				try {
					return agendas.read(actor('P13'), held, item) !== null;
				} catch {
					return false;
				}
			};
			return [read(own), read(other)];
		};
		const card = (code: string) => () => cases.read(actor('P13'), code);
		expect(sees()).toEqual([false, false]);
		call(own);
		expect(sees()).toEqual([true, false]);
		expect(card('S-K6YJ')().code).toBe('S-K6YJ');
		expect(card('S-G5MQ')).toThrow('not_found');
		expect(cases.visibleTo(actor('P13'), 'nn')).toEqual([]);
		runThrough('open', 'close', 'lock');
		expect(sees()).toEqual([false, false]);
		expect(card('S-K6YJ')).toThrow('not_found');
	});

	test('a deputy called to the whole meeting takes part in all of it', () => {
		call(null);
		expect(handlerOf('agenda')!.access(person('P13').id, next())).toBe('write');
		expect(handlerOf('item')!.access(person('P13').id, itemOf('S-G5MQ'))).toBe('write');
		const { deputies } = attendances.of(actor('P03'), next());
		attendances.endCall(actor('P03'), next(), deputies[0]!.id);
		expect(handlerOf('agenda')!.access(person('P13').id, next())).toBeNull();
	});

	test('the page warns when the deputy reports to the member', () => {
		call(null);
		expect(attendances.of(actor('P03'), next()).deputies).toMatchObject([
			{ name: 'Sindre Liksomhaug', for: 'Eirik Tenkjevoll', subordinate: true }
		]);
		expect(attendances.reportsTo(person('P13').id, person('P05').id)).toBe(false);
		expect(attendances.reportsTo(person('P04').id, person('P03').id)).toBe(true);
	});

	test('only a deputy is called, once, by those who lead', () => {
		call(null);
		expect(() => call(null)).toThrow('already_done');
		expect(() => call(null, 'P05')).toThrow('not_allowed');
		expect(() =>
			attendances.callDeputy(actor('P03'), next(), {
				deputy: person('P12').id,
				for: null,
				item: null
			})
		).toThrow('not_a_deputy');
	});

	test('the quorum counts who is there', () => {
		const come = (who: string, status: 'present' | 'late' | 'absent' | null) =>
			attendances.set(actor('P04'), next(), { person: person(who).id, item: null, status });
		for (const who of ['P03', 'P04', 'P05']) come(who, 'present');
		come('P06', 'absent');
		expect(attendances.of(actor('P05'), next()).quorum).toEqual({
			needed: 4,
			present: 3,
			met: false
		});
		come('P06', 'late');
		expect(attendances.of(actor('P05'), next()).quorum!.met).toBe(true);
		expect(() => come('P12', 'present')).toThrow('unknown_person');
	});

	test('anybody who takes part can make somebody acting chair, who then leads', () => {
		const make = (who: string, item: string | null) =>
			attendances.appoint(actor(who), next(), { person: person('P05').id, role: 'chair', item });
		make('P06', null);
		expect(move('P05', 'open')).toBe('open');
		expect(() => make('P13', null)).toThrow('not_found');
	});

	test('an acting chair of one item concludes that one and no other', () => {
		move('P03', 'open');
		const item = itemNamed('BR 71/26');
		attendances.appoint(actor('P03'), next(), { person: person('P05').id, role: 'chair', item });
		conclude('BR 71/26', 'concluded', 'P05');
		expect(() => conclude('BR 72/26', 'concluded', 'P05')).toThrow('not_allowed');
	});
});

describe('corrections', () => {
	const propose = (who: string, text = 'Det var fire varsel, ikkje tre') =>
		corrections.propose(actor(who), next(), { item: itemNamed('BR 71/26'), text });
	const all = (who = 'P03') => corrections.of(actor(who), meetings.find(next())!);

	test('are proposed in review and taken by those who keep the minutes', () => {
		expect(() => propose('P05')).toThrow('not_in_review');
		runThrough('open', 'close');
		propose('P05');
		const [own] = all('P05');
		expect(own).toMatchObject({ by: 'Mariann Dømestad', status: 'proposed' });
		expect(() =>
			corrections.settle(actor('P05'), next(), { id: own!.id, status: 'taken' })
		).toThrow('not_allowed');
		corrections.settle(actor('P04'), next(), { id: own!.id, status: 'taken' });
		expect(all()[0]).toMatchObject({ status: 'taken', settledBy: 'Jostein Prøveli' });
		expect(() => corrections.settle(actor('P03'), next(), { id: own!.id, status: 'left' })).toThrow(
			'already_done'
		);
	});

	test('are offered, item by item, to exactly those whom the keeper lets propose', () => {
		const item = itemNamed('BR 71/26');
		const call = { deputy: person('P13').id, for: null, item };
		attendances.callDeputy(actor('P03'), next(), call);
		const looksOn = { person: person('P17').id, role: 'observer' } as const;
		forums.addMember(actor('P03'), forumId('BR'), looksOn);
		const offered = (who: string) =>
			agendas.headings(actor(who), meetings.find(next())!, 'nn').states[item]?.corrects ?? false;
		for (const who of ['P03', 'P05', 'P13']) expect(offered(who)).toBe(false);
		runThrough('open', 'close');
		const who = ['P01', 'P02', 'P03', 'P05', 'P11', 'P13', 'P14', 'P17', 'P20'];
		const taken = who.filter((one) => {
			try {
				propose(one);
				return true;
			} catch (error) {
				if (error instanceof Refusal) return false;
				throw error;
			}
		});
		expect(taken).toEqual(['P03', 'P05', 'P13']);
		expect(who.filter(offered)).toEqual(taken);
		const settling = who.filter((one) => corrections.maySettle(actor(one), meetings.find(next())!));
		expect(settling).toEqual(['P03']);
	});

	test('with an identifier are refused and not stored', () => {
		runThrough('open', 'close');
		expect(() => propose('P05', 'Prøvevegen 12')).toThrow('identifier_in_text');
		expect(all()).toEqual([]);
	});
});

test.each([
	[{ date: '2020-01-12' }, 'bad_date', 'date'],
	[{ ends: '09:00' }, 'ends_before_start', 'ends'],
	[{ ends: '08:00' }, 'ends_before_start', 'ends']
])('a meeting of %o is refused as %s at %s', (change, reason, field) => {
	const input = { starts: '09:00', ends: '10:30', place: 'Rådhuset', theme: '' };
	const plan = () =>
		lifecycle.plan(actor('P03'), forumId('BR'), { date: '2027-01-12', ...input, ...change });
	expect(plan).toThrow(expect.objectContaining({ reason, place: { field } }));
});
