import { beforeEach, describe, expect, test } from 'vitest';
import { type ActionStatus, actionStatuses } from '#lib/domain/action.ts';
import { useTrail } from '#lib/server/audit/testing.ts';
import * as cases from '#lib/server/case/cases.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as forums from '#lib/server/forum/forums.ts';
import { actor, boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as actions from './actions.ts';
import * as handovers from './handovers.ts';
import * as register from './register.ts';

const count = () => sqlite().prepare('SELECT count(*) FROM action').pluck().get();

useTrail();
beforeEach(openDemo);

const input = () => ({
	meeting: boardMeeting('22/26'),
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
		const unit = person('P08').unitId!;
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
			actions.create(actor('P03'), { ...input(), meeting: boardMeeting('21/26') })
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

const byCode = (code: string) => register.read(actor('P03'), code);
const idOf = (code: string) => byCode(code).id;

describe('an action follows from', () => {
	test('a matrix task, which it shows', () => {
		const task = sqlite().prepare('SELECT id, title FROM matrix_task LIMIT 1').get() as {
			id: string;
			title: string;
		};
		const code = actions.create(actor('P03'), { ...input(), task: task.id });
		expect(byCode(code).task).toEqual({
			title: task.title,
			href: `/responsibilities/tasks/${task.id}`
		});
		expect(actions.ofTask(actor('P03'), task.id).map((one) => one.code)).toEqual([code]);
	});

	test('no task that there is none of, and no decision either', () => {
		const nothing = crypto.randomUUID();
		for (const change of [{ task: nothing }, { decision: nothing }])
			expect(() => actions.create(actor('P03'), { ...input(), ...change })).toThrow(
				'unknown_choice'
			);
	});

	test('a case, and then nobody from outside answers for it', () => {
		const outsider = { responsible: `person:${person('P20').id}`, what: 'Ringje om S-K6YJ' };
		expect(() => actions.create(actor('P03'), { ...input(), ...outsider })).toThrow(
			'unknown_person'
		);
	});
});

describe('how it stands with an action', () => {
	const step = (code: string) =>
		byCode(code)
			.history.slice(1)
			.map(({ verb, from, to, note, person: by }) => ({ verb, from, to, note, by }));

	test('is told by its history, step by step, with who and why', () => {
		const id = idOf('O-16');
		const by = person('P08').name;
		actions.changeStatus(actor('P08'), id, {
			status: 'waiting',
			waitingFor: `person:${person('P05').id}`,
			note: 'Nav svarar fredag'
		});
		expect(byCode('O-16')).toMatchObject({
			status: 'waiting',
			waitingFor: person('P05').name
		});
		actions.changeStatus(actor('P08'), id, {
			status: 'waiting',
			waitingFor: 'svar frå sjukehuset'
		});
		actions.changeStatus(actor('P08'), id, { status: 'dropped', note: 'Ikkje aktuelt lenger' });
		expect(byCode('O-16')).toMatchObject({ status: 'dropped', waitingFor: null });
		expect(step('O-16')).toEqual([
			{
				verb: 'waiting',
				from: 'in_progress',
				to: person('P05').name,
				note: 'Nav svarar fredag',
				by
			},
			{ verb: 'waiting', from: 'waiting', to: 'svar frå sjukehuset', note: null, by },
			{ verb: 'status', from: 'waiting', to: 'dropped', note: 'Ikkje aktuelt lenger', by }
		]);
	});

	test('deadlines that were moved are counted', () => {
		const id = idOf('O-16');
		actions.moveDeadline(actor('P08'), id, { due: '2026-12-04' });
		actions.moveDeadline(actor('P03'), id, { due: '2026-12-11', from: '2026-12-04' });
		actions.moveDeadline(actor('P03'), id, { due: '2026-12-11' });
		expect(byCode('O-16')).toMatchObject({ due: '2026-12-11', moves: 2 });
	});

	test('a note is seen by those who see the action', () => {
		actions.addNote(actor('P08'), idOf('O-16'), 'Snakka med sjukehuset');
		expect(register.read(actor('P05'), 'O-16').history.at(-1)).toMatchObject({
			verb: 'note',
			note: 'Snakka med sjukehuset'
		});
	});

	test('two at once: the first wins, the other is told', () => {
		const id = idOf('O-16');
		actions.changeStatus(actor('P08'), id, { status: 'done', from: 'in_progress' });
		expect(() =>
			actions.changeStatus(actor('P03'), id, { status: 'open', from: 'in_progress' })
		).toThrow('changed_meanwhile');
		actions.setDone(actor('P08'), id, false);
		actions.moveDeadline(actor('P08'), id, { due: '2026-12-04', from: '2026-11-27' });
		expect(() =>
			actions.moveDeadline(actor('P03'), id, { due: '2026-12-18', from: '2026-11-27' })
		).toThrow('changed_meanwhile');
	});

	const long = 'a'.repeat(2001);
	test.each<[string, (id: string) => void, string]>([
		['waits for nobody', (id) => status(id, 'waiting', { waitingFor: ' ' }), 'missing_text'],
		[
			'waits for an unknown person',
			(id) => status(id, 'waiting', { waitingFor: `person:${crypto.randomUUID()}` }),
			'unknown_person'
		],
		[
			'waits for an identity number',
			(id) => status(id, 'waiting', { waitingFor: '14857134576' }),
			'identifier_in_text'
		],
		['stays what it is', (id) => status(id, 'in_progress'), 'unknown_choice'],
		['a note too long', (id) => status(id, 'done', { note: long }), 'text_too_long'],
		['a note with an address', (id) => note(id, 'Prøvevegen 12'), 'identifier_in_text'],
		['an empty note', (id) => note(id, ' '), 'missing_text'],
		['a deadline that has passed', (id) => due(id, '2026-11-22'), 'bad_date']
	])('refuses: %s', (_, verb, reason) => {
		expect(() => verb(idOf('O-16'))).toThrow(reason);
		expect(step('O-16')).toEqual([]);
	});

	const status = (id: string, to: ActionStatus, more = {}) =>
		actions.changeStatus(actor('P08'), id, { status: to, ...more });
	const note = (id: string, text: string) => actions.addNote(actor('P08'), id, text);
	const due = (id: string, date: string) => actions.moveDeadline(actor('P08'), id, { due: date });
});

describe('the register', () => {
	const everybody = () =>
		sqlite().prepare('SELECT code FROM person ORDER BY code').pluck().all() as string[];
	const all = {
		scope: 'all',
		status: 'any',
		forum: null,
		order: 'due',
		down: false,
		page: 1
	} as const;
	const codes = (as: string, asked: Partial<register.ActionQuery> = {}) =>
		register.browse(actor(as), { ...all, ...asked }).actions.map((action) => action.code);

	test('shows everybody what may() lets them read, neither more nor less', () => {
		const [unit] = actor('P12').leads;
		handovers.offer(actor('P03'), idOf('O-16'), { to: `unit:${unit}` });
		for (const code of everybody()) {
			const mine = actions.list(actor(code), 'all').map((action) => action.code);
			expect(codes(code), code).toEqual(mine);
			const { total } = register.browse(actor(code), all);
			expect(total, code).toBe(mine.length);
		}
		expect(codes('P12')).toContain('O-16');
		expect(codes('P20')).toEqual([]);
	});

	test('counts what each filter would show', () => {
		for (const status of ['open', 'overdue', 'waiting', 'done', 'any'] as const)
			for (const forum of [null, 'BR', 'OBG']) {
				const found = register.browse(actor('P03'), { ...all, status, forum });
				expect(found.actions, `${status} ${forum}`).toHaveLength(found.counts[status]);
				const listed = found.forums.find((one) => one.code === forum);
				if (forum) expect(listed?.count ?? 0).toBe(found.total);
			}
		expect(codes('P03', { status: 'overdue' })).toEqual(['O-03', 'O-15']);
	});

	test('sorts by any column, either way', () => {
		expect(codes('P03', { order: 'code' })[0]).toBe('O-01');
		expect(codes('P03', { order: 'code', down: true })[0]).toBe('O-24');
		const named = register
			.browse(actor('P03'), { ...all, order: 'responsible' })
			.actions.map((action) => action.responsible.name);
		expect(named).toEqual([...named].sort());
		const states = register
			.browse(actor('P03'), { ...all, order: 'status' })
			.actions.map((action) => actionStatuses.indexOf(action.status));
		expect(states).toEqual([...states].sort());
	});

	test('shows a hundred a page', () => {
		for (let more = 0; more < 90; more++) actions.create(actor('P03'), input());
		const total = register.browse(actor('P03'), all).total;
		expect(total).toBeGreaterThan(100);
		expect(codes('P03')).toHaveLength(100);
		expect(codes('P03', { page: 2 })).toHaveLength(total - 100);
		expect(new Set([...codes('P03'), ...codes('P03', { page: 2 })]).size).toBe(total);
	});
});
