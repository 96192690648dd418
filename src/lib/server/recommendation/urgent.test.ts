import { beforeEach, describe, expect, test } from 'vitest';
import { caseTextOf, changeItem, readAgenda } from '#lib/domain/agenda.ts';
import { replaceWords } from '#lib/domain/recommendation-text.ts';
import * as actions from '#lib/server/action/actions.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as setup from '#lib/server/demo/setup.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as followUp from '#lib/server/ruling/follow-up.ts';
import * as rulings from '#lib/server/ruling/rulings.ts';
import { send } from '#lib/server/ruling/sending.ts';
import {
	allocation,
	caseId,
	chair,
	dwellingId,
	ruler,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import {
	actor,
	boardMeeting,
	forumId,
	itemOf,
	openDemo,
	person
} from '#lib/server/start/testing.ts';
import * as recommendations from './recommendations.ts';
import * as recusals from './recusals.ts';
import * as urgentRecommendations from './urgent.ts';

beforeEach(openDemo);

const today = '2026-11-23';
const board = () => forumId('BR');
const held = (number = '22/26') => meetings.find(boardMeeting(number))!;
const told = (who = 'P05', number = '22/26') =>
	urgentRecommendations
		.at(actor(who), held(number), 'nn')
		.map(({ case: about, why }) => [about.code, why]);
const names = () => urgentRecommendations.few(board()).map(({ name }) => name);

/** What the secretary, who is one of the few, decides about a case that cannot wait. */
function decided(code = 'S-J3RF', more = {}): string {
	const place = { urgent: caseId(code) };
	const input = allocation({ outcome: 'other_help', ...more });
	const id = recommendations.save(secretary(), place, input);
	recommendations.adopt(secretary(), id, 1, 'utkasting er varsla');
	return id;
}

describe('the few', () => {
	test('are named by the chair, among those who take part', () => {
		expect(names()).toEqual(['Solveig Testvik', 'Jostein Prøveli']);
		urgentRecommendations.name(chair(), board(), person('P09').id);
		expect(names()).toContain('Gunnhild Øvingsås');
		expect(actor('P09').urges).toEqual([board()]);
		urgentRecommendations.unname(chair(), board(), person('P09').id);
		expect(actor('P09').urges).toEqual([]);
	});

	test.each([
		['P04', 'already_member'],
		['P13', 'unknown_person'],
		['P11', 'unknown_person']
	])('%s cannot be named: %s', (who, reason) => {
		expect(() => urgentRecommendations.name(chair(), board(), person(who).id)).toThrow(reason);
	});

	test('nobody who rules is one of them', () => {
		sqlite().exec(`INSERT INTO authority VALUES ('${board()}', '${person('P05').id}')`);
		expect(() => urgentRecommendations.name(chair(), board(), person('P05').id)).toThrow(
			'unknown_person'
		);
	});

	test('nobody but the chair names them', () => {
		for (const who of ['P04', 'P05', 'P02', 'P11'])
			expect(() => urgentRecommendations.name(actor(who), board(), person('P09').id)).toThrow(
				'not_allowed'
			);
		expect(() => urgentRecommendations.name(chair(), forumId('OBG'), person('P09').id)).toThrow(
			'not_found'
		);
	});

	test('who leaves the council, or takes no part in it any more, is none of them', () => {
		const jostein = person('P04').id;
		forums.changeRole(chair(), board(), { person: jostein, role: 'observer' });
		expect(names()).toEqual(['Solveig Testvik']);
		expect(() => decided()).toThrow('unknown_case');
		forums.removeMember(chair(), board(), jostein);
		forums.addMember(chair(), board(), { person: jostein, role: 'member' });
		expect(names()).toEqual(['Solveig Testvik']);
	});
});

describe('the council is told', () => {
	test('at the fixed item of its next meeting, with why it could not wait', () => {
		decided();
		expect(told()).toEqual([['S-J3RF', 'utkasting er varsla']]);
		expect(told('P05', '23/26')).toEqual([]);
		const under = sqlite()
			.prepare('SELECT title FROM agenda_item WHERE id = ?')
			.pluck()
			.get(held().urgentUnderId);
		expect(under).toBe('Hastesaker avgjorde mellom møta');
	});

	test('at the item that takes the cases, or at the first, where none is made for it', () => {
		const under = () => urgentRecommendations.tellsUnder(held());
		expect(under()).toBe(held().urgentUnderId);
		sqlite().exec(`UPDATE meeting SET urgent_under = NULL WHERE id = '${held().id}'`);
		expect(under()).toBe(held().casesUnderId);
		rooms.transact({ kind: 'agenda', id: held().id }, null, (doc) =>
			changeItem(doc, held().casesUnderId!, { removed: true })
		);
		const items = rooms.read({ kind: 'agenda', id: held().id }, readAgenda);
		expect(under()).toBe(items.find(({ open }) => open !== null)!.id);
	});

	test('not of a draft', () => {
		recommendations.save(
			secretary(),
			{ urgent: caseId('S-J3RF') },
			allocation({ outcome: 'other_help' })
		);
		expect(told()).toEqual([]);
	});

	test('and nobody else is: neither who looks on, nor a deputy, nor who is disqualified', () => {
		setup.setMeetingStatus(boardMeeting('22/26'), 'open');
		decided();
		const item = itemOf('S-J3RF');
		recusals.raise(actor('P08'), boardMeeting('22/26'), {
			item,
			person: person('P08').id,
			reason: 'family'
		});
		forums.addMember(chair(), board(), { person: person('P17').id, role: 'observer' });
		for (const who of ['P08', 'P13', 'P17', 'P02']) expect(told(who)).toEqual([]);
		expect(told('P05')).toHaveLength(1);
	});

	test('at the next, when the meeting is cancelled', () => {
		decided();
		lifecycle.move(chair(), boardMeeting('22/26'), 'cancel', 'for få kan møte');
		expect(told()).toEqual([]);
		expect(told('P05', '23/26')).toHaveLength(1);
	});

	test('at the first that is planned, when there is none', () => {
		sqlite().exec("UPDATE meeting SET status = 'cancelled' WHERE number IN ('22/26', '23/26')");
		decided();
		lifecycle.plan(chair(), board(), {
			date: '2026-12-10',
			starts: '09:00',
			ends: '10:00',
			place: 'Rådhuset',
			theme: ''
		});
		expect(told('P05', '24/26')).toEqual([['S-J3RF', 'utkasting er varsla']]);
	});
});

describe('on the agendas of meetings to come', () => {
	let item = '';
	beforeEach(() => {
		item = itemOf('S-J3RF');
	});
	const stands = () =>
		rooms.read({ kind: 'agenda', id: held().id }, readAgenda).some(({ id }) => id === item);

	test('the case stands no longer when it has been decided', () => {
		expect(stands()).toBe(true);
		decided();
		expect(stands()).toBe(false);
	});

	test('nor when it has been withdrawn', () => {
		progress.step(chair(), 'S-J3RF', 'withdraw', { reason: 'har funne noko sjølv' });
		expect(stands()).toBe(false);
	});

	test('it stays where somebody has written at it already', () => {
		rooms.transact({ kind: 'item', id: item }, null, (doc) =>
			replaceWords(caseTextOf(doc), 'Nav har snakka med utleigaren.')
		);
		decided();
		expect(stands()).toBe(true);
	});

	test('it stays where the meeting is under way', () => {
		setup.setMeetingStatus(held().id, 'open');
		decided();
		expect(stands()).toBe(true);
	});
});

test('of two who begin at the same time, the second is told', () => {
	const place = { urgent: caseId('S-J3RF') };
	recommendations.save(secretary(), place, allocation({ outcome: 'other_help' }));
	const begun = () => recommendations.save(chair(), place, allocation({ outcome: 'refuse' }));
	expect(begun).toThrow('changed_meanwhile');
});

test('what can be put off is not urgent', () => {
	expect(() => decided('S-J3RF', { outcome: 'put_off' })).toThrow('unknown_choice');
});

test('its dwelling is kept, and its ruling sets work going, from the item at which it is told', () => {
	const id = decided('S-2WHK', {
		outcome: 'allocate',
		dwelling: dwellingId('B-111'),
		months: 36
	});
	send(secretary(), id);
	rulings.decide(ruler(), 'V-102', {
		stance: 'follow',
		result: 'granted',
		content: 'gjennomgangsbustad, 3 år',
		reason: '',
		ruledOn: today,
		noticeOn: today
	});
	const codes = followUp.start(chair(), 'V-102', followUp.proposed(chair(), 'V-102'));
	expect(codes).toHaveLength(3);
	const [first] = actions.ofCase(chair(), caseId('S-2WHK'));
	expect(first).toMatchObject({
		source: {
			label: 'møte BR 22/26',
			href: `/meetings/${held().id}/${held().urgentUnderId}`
		},
		case: { code: 'S-2WHK' }
	});
	expect(followUp.rulingBehind(chair(), first!.id)).toEqual({
		code: 'V-102',
		href: '/rulings/V-102'
	});
	expect(progress.stateOf(caseId('S-2WHK'))).toBe('ruled');
});

test('who does such work sees it and the bare code, and no more of where it comes from', () => {
	const id = decided('S-2WHK', {
		outcome: 'allocate',
		dwelling: dwellingId('B-111'),
		months: 36
	});
	send(secretary(), id);
	rulings.decide(ruler(), 'V-102', {
		stance: 'follow',
		result: 'granted',
		content: 'gjennomgangsbustad',
		reason: '',
		ruledOn: today,
		noticeOn: null
	});
	followUp.start(chair(), 'V-102', followUp.proposed(chair(), 'V-102'));
	const own = actions
		.list(actor('P13'), 'unit')
		.filter(({ case: about }) => about?.code === 'S-2WHK');
	for (const one of own) {
		expect(one).toMatchObject({ source: { href: null }, case: { readable: false } });
		expect(followUp.rulingBehind(actor('P13'), one.id)).toEqual({ code: 'V-102', href: null });
	}
});

test('as long as there is no meeting to tell it at, its work comes from the last one', () => {
	sqlite().exec("UPDATE meeting SET status = 'cancelled' WHERE number IN ('22/26', '23/26')");
	const id = decided('S-2WHK', { outcome: 'allocate', dwelling: dwellingId('B-111'), months: 36 });
	send(secretary(), id);
	rulings.decide(ruler(), 'V-102', {
		stance: 'follow',
		result: 'granted',
		content: 'gjennomgangsbustad',
		reason: '',
		ruledOn: today,
		noticeOn: null
	});
	expect(followUp.start(chair(), 'V-102', followUp.proposed(chair(), 'V-102'))).toHaveLength(3);
});

test('its text does not say that the council was unanimous, nor that it asked who is impartial', () => {
	decided();
	const [one] = urgentRecommendations.at(chair(), held(), 'nn');
	expect(one!.text).toBe(
		'Bustadrådet tilrår at søkjaren får anna hjelp enn kommunal bustad. ' +
			'Desse vilkåra er fylte: har fylt 18 år (dokumentert). ' +
			'Det er lagt vekt på dette: to soverom, og nær barnehage. ' +
			'Andre verkemiddel som er vurderte: startlån. Ønsket til søkjaren: sentrum. ' +
			'Avgjort mellom møta, sidan saka ikkje kan vente. Saka går til vedtak.'
	);
});
