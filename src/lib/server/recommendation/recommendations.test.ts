import { beforeEach, describe, expect, test } from 'vitest';
import { caseTextOf } from '#lib/domain/agenda.ts';
import * as dwellings from '#lib/server/case-progress/dwellings.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as setup from '#lib/server/demo/setup.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as rulings from '#lib/server/ruling/rulings.ts';
import { send } from '#lib/server/ruling/sending.ts';
import {
	allocation,
	caseId,
	chair,
	dwellingId,
	member,
	openBoard,
	placeOf,
	ruler,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, forumId, openDemo } from '#lib/server/start/testing.ts';
import * as recommendations from './recommendations.ts';
import { composed, query, read, views } from './rows.ts';

let meeting: string;
let before = 0;

beforeEach(() => {
	openDemo();
	meeting = openBoard();
	before = count('SELECT count(*) FROM reservation WHERE released_at IS NULL');
});

const count = (sql: string) => sqlite().prepare(sql).pluck().get() as number;
const view = (id: string) => views(chair(), [read(chair(), id)], 'nn')[0]!;
const save = (code: string, more = {}, as = secretary()) =>
	recommendations.save(as, placeOf(code), allocation(more));

test('a recommendation is written, adopted into the minutes, sent, and waits to be ruled on', () => {
	const id = save('S-G5MQ');
	expect(view(id)).toMatchObject({ code: 'I-053', status: 'draft', version: 1 });
	recommendations.adopt(chair(), id, 1);
	expect(progress.stateOf(caseId('S-G5MQ'))).toBe('recommended');
	const minutes = rooms.read({ kind: 'item', id: placeOf('S-G5MQ').id }, (doc) =>
		caseTextOf(doc).toString()
	);
	expect(minutes).toContain('I-053: Bustadrådet tilrår at søkjaren får leige utleigebustad');
	expect(ruler().sent.has(caseId('S-G5MQ'))).toBe(false);
	send(chair(), id);
	expect(ruler().sent.has(caseId('S-G5MQ'))).toBe(true);
	expect(view(id)).toMatchObject({ status: 'sent', rights: { write: false, adopt: false } });
	expect(rulings.waitingFor(ruler())).toBe(3);
});

test('the text is put together in the language that was chosen, and follows the choices', () => {
	const id = save('S-G5MQ', { language: 'nb' });
	expect(view(id).text).toContain('tilrår at søkeren får leie utleiebolig med 2 soverom');
	save('S-G5MQ', { version: 1, wish: 'nær skule' });
	expect(view(id).text).toBe(composed(read(chair(), id)));
	expect(view(id).text).toContain('Ønsket til søkjaren: nær skule.');
});

test('own words are written in the form between meetings, and at an item together', () => {
	expect(() => save('S-G5MQ', { text: 'Rådet tilrår B-103.' })).toThrow('bad_input');
	const place = { urgent: caseId('S-J3RF') };
	const input = allocation({ outcome: 'other_help', text: 'Dei får krisehjelp.' });
	const id = recommendations.save(secretary(), place, input);
	expect(view(id).text).toBe('Dei får krisehjelp.');
	// The form shows them again, so that saving something else does not lose them.
	expect(view(id).ownText).toBe('Dei får krisehjelp.');
	recommendations.save(secretary(), place, { ...input, version: 1, text: '' });
	expect(view(id).ownText).toBeNull();
	expect(view(id).text).toContain('anna hjelp enn kommunal bustad');
});

test('what is adopted is frozen, with a fingerprint that any change would break', () => {
	const id = save('S-G5MQ');
	recommendations.adopt(chair(), id, 1);
	expect(() => save('S-G5MQ', { version: 1 })).toThrow('already_adopted');
	const { sha256 } = view(id).adopted!;
	expect(recommendations.digest(id)).toBe(sha256);
	for (const change of [
		`UPDATE recommendation SET months = 12 WHERE id = '${id}'`,
		`UPDATE recommendation_criterion SET finding = 'not_met' WHERE recommendation = '${id}'`,
		`DELETE FROM recommendation_person WHERE recommendation = '${id}'`
	]) {
		const before = recommendations.digest(id);
		sqlite().exec(change);
		expect(recommendations.digest(id)).not.toBe(before);
	}
});

test.each([
	[{ dwelling: null }, 'missing_choice'],
	[{ months: null }, 'missing_choice'],
	[{ months: 12 }, 'missing_text'],
	[{ outcome: 'refuse' as const, wish: 'Prøvevegen 12' }, 'identifier_in_text'],
	[
		{ criteria: [{ criterion: 'rich', finding: 'met', reason: null, words: '' }] },
		'unknown_choice'
	],
	[{ measures: ['magic'] }, 'unknown_choice'],
	[{ version: 7 }, 'changed_meanwhile']
])('one with %o is refused, and nothing of it is kept', (more, reason) => {
	const before = count('SELECT count(*) FROM recommendation');
	expect(() => save('S-G5MQ', more)).toThrow(reason);
	expect(count('SELECT count(*) FROM recommendation')).toBe(before);
	expect(count('SELECT count(*) FROM reservation WHERE released_at IS NULL')).toBe(4);
});

test('dissenters need their reason, and are named', () => {
	const dissent = { dissenters: [member().id] };
	expect(() => save('S-G5MQ', dissent)).toThrow('missing_text');
	const id = save('S-G5MQ', { ...dissent, minority: 'treng tre soverom' });
	expect(view(id).text).toContain('Mindretal (Mariann Dømestad): treng tre soverom.');
});

describe('two at once', () => {
	test('a dwelling is kept for one: the other is told, and nothing of theirs is stored', () => {
		save('S-G5MQ');
		const before = count('SELECT count(*) FROM recommendation');
		expect(() => save('S-2WHK', {}, member())).toThrow('dwelling_taken');
		expect(count('SELECT count(*) FROM recommendation')).toBe(before);
		const all = dwellings.list(chair(), forumId('BR'), 'nn');
		const needs = { bedrooms: '1', accessible: false };
		expect(dwellings.vacantFor(all, needs, null).map(({ code }) => code)).not.toContain('B-103');
		expect(dwellings.vacantFor(all, needs, dwellingId('B-103')).map(({ code }) => code)).toContain(
			'B-103'
		);
	});

	test('the database itself keeps a dwelling for one', () => {
		save('S-G5MQ');
		expect(() =>
			sqlite().exec(
				`INSERT INTO reservation SELECT 'x', dwelling, recommendation, person, at, NULL FROM reservation WHERE released_at IS NULL LIMIT 1`
			)
		).toThrow('UNIQUE');
	});

	test('another choice gives the first dwelling back', () => {
		save('S-G5MQ');
		save('S-G5MQ', { version: 1, dwelling: dwellingId('B-101') });
		save('S-2WHK');
		expect(count('SELECT count(*) FROM reservation WHERE released_at IS NULL')).toBe(6);
	});

	test('who writes on an older version is told', () => {
		save('S-G5MQ');
		save('S-G5MQ', { version: 1, wish: 'nord' });
		expect(() => save('S-G5MQ', { version: 1, wish: 'sør' }, member())).toThrow(
			'changed_meanwhile'
		);
		expect(() => save('S-G5MQ', { wish: 'sør' }, member())).toThrow('changed_meanwhile');
		expect(
			query()
				.all()
				.find(({ own }) => own.code === 'I-053')!.own.wish
		).toBe('nord');
	});

	test('one chair adopts, the other is told; the case took the step once', () => {
		const id = save('S-G5MQ');
		recommendations.adopt(chair(), id, 1);
		const sql = 'SELECT count(*) FROM course_step';
		const steps = count(sql);
		expect(() => recommendations.adopt(chair(), id, 1)).toThrow('already_adopted');
		expect(count(sql)).toBe(steps);
		send(chair(), id);
		expect(() => send(secretary(), id)).toThrow('already_done');
		expect(count(`SELECT count(*) FROM ruling WHERE recommendation = '${id}'`)).toBe(1);
	});

	test('the chair adopts what the chair has read', () => {
		const id = save('S-G5MQ');
		save('S-G5MQ', { version: 1, wish: 'nord' });
		expect(() => recommendations.adopt(chair(), id, 1)).toThrow('changed_meanwhile');
		expect(view(id).status).toBe('draft');
	});
});

test('only who chairs adopts, and only while the meeting is on or its minutes are reviewed', () => {
	const id = save('S-G5MQ');
	for (const who of [secretary(), member()])
		expect(() => recommendations.adopt(who, id, 1)).toThrow('not_allowed');
	setup.setMeetingStatus(meeting, 'called');
	expect(() => recommendations.adopt(chair(), id, 1)).toThrow('not_running');
	setup.setMeetingStatus(meeting, 'locked');
	expect(() => recommendations.adopt(chair(), id, 1)).toThrow('not_allowed');
});

test('a case that nobody has finished assessing cannot be recommended on, and nothing is half-done', () => {
	const id = save('S-R2PD', { outcome: 'refuse' });
	expect(() => recommendations.adopt(chair(), id, 1)).toThrow('wrong_state');
	expect(view(id)).toMatchObject({ status: 'draft', adopted: null });
	expect(count(`SELECT count(*) FROM recommendation_person WHERE recommendation = '${id}'`)).toBe(
		0
	);
});

test('what the council puts off goes no further, and comes back', () => {
	const id = save('S-K6YJ', { outcome: 'put_off' });
	recommendations.adopt(chair(), id, 1);
	expect(progress.stateOf(caseId('S-K6YJ'))).toBe('put_off');
	expect(() => send(chair(), id)).toThrow('wrong_state');
	setup.setMeetingStatus(meeting, 'cancelled');
	const [first] = progress.queue(secretary(), forumId('BR'));
	expect(first).toMatchObject({ code: 'S-K6YJ', turned: 2 });
});

test('what cannot wait is decided by the few, and told', () => {
	const place = { urgent: caseId('S-J3RF') };
	const input = allocation({ outcome: 'other_help' });
	expect(() => recommendations.save(member(), place, input)).toThrow('not_allowed');
	const id = recommendations.save(secretary(), place, input);
	expect(() => recommendations.adopt(secretary(), id, 1)).toThrow('missing_text');
	recommendations.adopt(secretary(), id, 1, 'utkasting er varsla');
	expect(view(id)).toMatchObject({ urgent: true, status: 'adopted' });
	send(secretary(), id);
	expect(progress.stateOf(caseId('S-J3RF'))).toBe('to_ruling');
});

test.each(['P02', 'P11', 'P13', 'P14', 'P20'])('for %s there is none', (who) => {
	const id = save('S-G5MQ');
	expect(() => read(actor(who), id)).toThrow('not_found');
	expect(() => save('S-G5MQ', { version: 1 }, actor(who))).toThrow('not_found');
});

describe('its dwelling', () => {
	test('is kept when it is adopted, or it is not adopted', () => {
		const id = save('S-G5MQ');
		progress.step(chair(), 'S-G5MQ', 'put_off', { reason: 'ventar' });
		save('S-2WHK');
		expect(() => recommendations.adopt(chair(), id, 1)).toThrow('dwelling_taken');
		expect(view(id).status).toBe('draft');
		expect(progress.stateOf(caseId('S-G5MQ'))).toBe('put_off');
	});

	test('is not let go by a draft about a case that has been sent to be ruled on', () => {
		const urgent = recommendations.save(
			secretary(),
			{ urgent: caseId('S-G5MQ') },
			allocation({ text: '' })
		);
		recommendations.adopt(secretary(), urgent, 1, 'hastar');
		expect(() => save('S-G5MQ', { outcome: 'refuse', dwelling: null, months: null })).toThrow(
			'wrong_state'
		);
		expect(count('SELECT count(*) FROM reservation WHERE released_at IS NULL')).toBe(before + 1);
	});
});

test('who rules on it is not among those present, though they sit in the council', () => {
	const member = actor('P05').id;
	const present = (id: string) => view(id).adopted!.present;
	const first = save('S-G5MQ');
	recommendations.adopt(chair(), first, 1);
	expect(present(first)).toContain('Mariann Dømestad');
	sqlite().exec(`INSERT INTO authority VALUES ('${forumId('BR')}', '${member}')`);
	const second = save('S-2WHK', { outcome: 'other_help', dwelling: null, months: null });
	recommendations.adopt(chair(), second, 1);
	expect(present(second)).not.toContain('Mariann Dømestad');
});
