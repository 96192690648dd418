import { beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { caseTextOf, readAgenda } from '#lib/domain/agenda.ts';
import { useTrail } from '#lib/server/audit/testing.ts';
import * as cases from '#lib/server/case/cases.ts';
import { sqlite, transaction } from '#lib/server/db/index.ts';
import { expectRefused } from '#lib/server/db/testing.ts';
import * as setup from '#lib/server/demo/setup.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import { actor, boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as agendaCases from './agenda-cases.ts';
import * as agendas from './agendas.ts';
import * as meetings from './meetings.ts';

useTrail();
beforeEach(openDemo);

const next = () => ({ kind: 'agenda' as const, id: boardMeeting('22/26') });
const caseId = (code: string) => cases.read(actor('P03'), code).id;
const listed = (item: string) => rooms.read(next(), readAgenda).some((one) => one.id === item);
const lastNoted = () =>
	sqlite()
		.prepare('SELECT person, deed AS verb, thing AS subject FROM audit ORDER BY seq DESC')
		.get();

describe('putting a case on the agenda', () => {
	const put = (who: string, input: { case: string; title: string }) =>
		agendaCases.putCase(actor(who), next().id, input);

	test('places it under the item that takes cases, and its heading in the database', () => {
		const item = put('P04', { case: caseId('S-P4XD'), title: 'Visning på gang' });
		const place = rooms.read(next(), readAgenda).find((one) => one.id === item)!;
		expect(place.parent).toBe(meetings.find(next().id)!.casesUnderId);
		const { cases: headings } = agendas.headings(actor('P05'), meetings.find(next().id)!, 'nn');
		expect(headings[item]).toMatchObject({ title: 'Visning på gang', case: { code: 'S-P4XD' } });
	});

	test.each([
		[
			'a case that stands there already',
			() => ({ case: caseId('S-K6YJ'), title: 'Igjen' }),
			'case_has_item'
		],
		['an unknown case', () => ({ case: crypto.randomUUID(), title: 'Ny' }), 'unknown_case'],
		['an empty heading', () => ({ case: caseId('S-P4XD'), title: ' ' }), 'missing_text'],
		[
			'a heading past the limit',
			() => ({ case: caseId('S-P4XD'), title: 'a'.repeat(201) }),
			'text_too_long'
		],
		['an address', () => ({ case: caseId('S-P4XD'), title: 'Prøvevegen 12' }), 'identifier_in_text']
	])('refuses %s and changes nothing', (_, input, reason) => {
		const before = rooms.read(next(), readAgenda);
		expect(() => put('P03', input())).toThrow(reason);
		expect(rooms.read(next(), readAgenda)).toEqual(before);
	});

	test('does not exist for somebody outside', () => {
		expect(() => put('P11', { case: caseId('S-P4XD'), title: 'Ny' })).toThrow('not_found');
	});

	test('is noted with who did it', () => {
		const item = put('P04', { case: caseId('S-P4XD'), title: 'Visning på gang' });
		expect(lastNoted()).toEqual({
			person: person('P04').id,
			verb: 'agenda.case',
			subject: `item:${item}`
		});
	});

	test('again, after it was taken away, brings back the item with what was written in it', () => {
		const item = put('P04', { case: caseId('S-P4XD'), title: 'Visning på gang' });
		transaction(() => agendaCases.takeOff(caseId('S-P4XD'), null));
		expect(listed(item)).toBe(false);
		expect(put('P04', { case: caseId('S-P4XD'), title: 'Likevel' })).toBe(item);
		expect(listed(item)).toBe(true);
		expect(agendas.find(item)).toMatchObject({ title: 'Likevel', removed: false });
		expect(agendaCases.itemsAbout(next().id, caseId('S-P4XD'))).toHaveLength(1);
	});

	test('is not possible on a meeting that is locked, or of a forum that handles no cases', () => {
		const input = { case: caseId('S-P4XD'), title: 'Ny' };
		const at =
			(id: string, who = 'P03') =>
			() =>
				agendaCases.putCase(actor(who), id, input);
		expectRefused(at(boardMeeting('21/26')), 'meeting_locked');
		const strategic = meetings.coming(actor('P03'), 20).find((one) => one.forumCode === 'OBG')!;
		expectRefused(at(strategic.id), 'unknown_case');
	});
});

describe('another heading', () => {
	const rename = (who: string, item: string, title: string) => () =>
		agendaCases.renameCase(actor(who), next().id, item, title);

	test('is the database’s, and noted', () => {
		rename('P05', itemOf('S-K6YJ'), ' Framleis uavklart ')();
		expect(agendas.find(itemOf('S-K6YJ'))!.title).toBe('Framleis uavklart');
		expect(lastNoted()).toMatchObject({ person: person('P05').id, verb: 'agenda.rename' });
	});

	test('is refused by name', () => {
		const item = itemOf('S-K6YJ');
		const ordinary = rooms.read(next(), readAgenda).find((one) => one.open)!;
		expectRefused(rename('P05', item, ' '), 'missing_text');
		expectRefused(rename('P05', item, 'a'.repeat(201)), 'text_too_long');
		expectRefused(rename('P05', item, 'Ringje 14857134576'), 'identifier_in_text');
		expectRefused(rename('P05', ordinary.id, 'Ordinær'), 'not_found');
		expectRefused(rename('P11', item, 'Ny'), 'not_found');
		setup.setMeetingStatus(next().id, 'locked');
		expectRefused(rename('P05', item, 'Ny'), 'meeting_locked');
	});
});

describe('taking a case off', () => {
	const takeOff = (code: string) =>
		transaction(() => agendaCases.takeOff(caseId(code), person('P04').id));

	test('takes its item off meetings to come, and notes it', () => {
		const item = itemOf('S-K6YJ');
		takeOff('S-K6YJ');
		expect(listed(item)).toBe(false);
		expect(agendas.find(item)!.removed).toBe(true);
		expect(lastNoted()).toMatchObject({ verb: 'agenda.take_off', subject: `item:${item}` });
	});

	test('leaves it where somebody has written already, and where the meeting is on', () => {
		const written = itemOf('S-K6YJ');
		rooms.transact({ kind: 'item', id: written }, null, (doc) => {
			const line = new Y.XmlElement('paragraph');
			line.insert(0, [new Y.XmlText('Notert')]);
			caseTextOf(doc).push([line]);
		});
		takeOff('S-K6YJ');
		expect(listed(written)).toBe(true);
		setup.setMeetingStatus(next().id, 'open');
		const other = itemOf('S-G5MQ');
		takeOff('S-G5MQ');
		expect(listed(other)).toBe(true);
	});
});
