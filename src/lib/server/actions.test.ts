import { beforeEach, describe, expect, test } from 'vitest';
import * as actions from './actions.ts';
import * as cases from './cases.ts';
import * as forums from './forums.ts';
import { sqlite } from './db/index.ts';
import { actor, councilMeeting, itemOf, openDemo, person } from './testing.ts';

const count = () => sqlite().prepare('SELECT count(*) FROM action').pluck().get();

beforeEach(openDemo);

const input = () => ({
	meeting: councilMeeting('22/26'),
	item: null as string | null,
	what: 'Spørje om B-103 kan brukast',
	responsible: `person:${person('P07').id}`,
	due: '2026-12-07',
	case: null as string | null
});

describe('creating an action', () => {
	test('gives it the next number and puts it on the responsible person’s list', () => {
		expect(actions.create(actor('P03'), input())).toBe('O-25');
		expect(actions.list(actor('P07'), 'mine').map((action) => action.code)).toContain('O-25');
	});

	test('from a case item, is about that case whatever the form says', () => {
		const code = actions.create(actor('P03'), { ...input(), item: itemOf('S-K6YJ') });
		const row = cases.read(actor('P05'), 'S-K6YJ');
		expect(actions.ofCase(actor('P05'), row.id).map((action) => action.code)).toContain(code);
	});

	test('that names a case by its code is about it', () => {
		const code = actions.create(actor('P03'), { ...input(), what: 'Ringje om S-K6YJ' });
		const [made] = actions.list(actor('P07'), 'mine').filter((action) => action.code === code);
		expect(made!.case?.code).toBe('S-K6YJ');
	});

	test('can be a unit’s; then the unit’s leader answers', () => {
		const unit = person('P08').unit!;
		const code = actions.create(actor('P03'), { ...input(), responsible: `unit:${unit}` });
		expect(actions.list(actor('P08'), 'mine').map((action) => action.code)).toContain(code);
	});

	const longText = 'a'.repeat(501);
	test.each([
		['an empty text', { what: '  ' }, 'missing_text'],
		['a text past the limit', { what: longText }, 'text_too_long'],
		['a national identity number', { what: 'Ringje 14857134576' }, 'identifier_in_text'],
		['an address', { what: 'Synfaring i Prøvevegen 12' }, 'identifier_in_text'],
		['a deadline that has passed', { due: '2026-11-22' }, 'bad_date'],
		['nobody', { responsible: '' }, 'unknown_person'],
		['an unknown person', { responsible: `person:${crypto.randomUUID()}` }, 'unknown_person'],
		['an unknown unit', { responsible: `unit:${crypto.randomUUID()}` }, 'unknown_unit'],
		['an unknown case', { case: crypto.randomUUID() }, 'unknown_case'],
		['an item of another meeting', { item: crypto.randomUUID() }, 'not_found'],
		['an unknown meeting', { meeting: crypto.randomUUID() }, 'not_found']
	])('refuses %s and changes nothing', (_, change, reason) => {
		expect(() => actions.create(actor('P03'), { ...input(), ...change })).toThrow(reason);
		expect(count()).toBe(24);
	});

	test('a refused identifier is told by place and class, never by content', () => {
		try {
			actions.create(actor('P03'), { ...input(), what: 'Ringje 14857134576 i dag' });
			expect.unreachable();
		} catch (no) {
			expect(no).toMatchObject({
				place: { field: 'what', start: 7, end: 18, found: 'national_id' }
			});
			expect(JSON.stringify(no)).not.toContain('14857134576');
		}
	});

	test('about a case stays in the forum that handles it: others read what is written elsewhere', () => {
		const strategic = forums.findByCode('OBG')!;
		const meeting = forums
			.meetings(actor('P03'), strategic)
			.find((row) => row.number === '2/26')!.id;
		const there = { ...input(), meeting };
		for (const what of ['Ringje om S-K6YJ', 'ringje om s–k6yj'])
			expect(() => actions.create(actor('P03'), { ...there, what })).toThrow('unknown_case');
		const card = cases.read(actor('P03'), 'S-K6YJ').id;
		expect(() => actions.create(actor('P03'), { ...there, case: card })).toThrow('unknown_case');
		expect(count()).toBe(24);
	});

	test('is not for somebody outside the council, for whom the meeting does not exist', () => {
		expect(() => actions.create(actor('P12'), input())).toThrow('not_found');
	});

	test('cannot be done in a locked meeting', () => {
		expect(() =>
			actions.create(actor('P03'), { ...input(), meeting: councilMeeting('21/26') })
		).toThrow('meeting_locked');
	});
});

describe('calling an action done', () => {
	const mine = (code: string) => actions.list(actor(code), 'mine');

	test('is for whoever answers, and can be taken back', () => {
		const late = mine('P07').find((action) => action.overdue)!;
		actions.setDone(actor('P07'), late.id, true);
		expect(mine('P07').find((action) => action.id === late.id)).toMatchObject({
			status: 'done',
			overdue: false
		});
		actions.setDone(actor('P07'), late.id, false);
		expect(mine('P07').find((action) => action.id === late.id)!.status).toBe('open');
	});

	test('is not for another member, nor does it exist for an outsider', () => {
		const late = mine('P07').find((action) => action.overdue)!;
		expect(() => actions.setDone(actor('P05'), late.id, true)).toThrow('not_allowed');
		expect(() => actions.setDone(actor('P11'), late.id, true)).toThrow('not_found');
		expect(mine('P07').find((action) => action.id === late.id)!.status).toBe('open');
	});
});
