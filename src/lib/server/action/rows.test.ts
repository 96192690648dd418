import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { may } from '#lib/domain/may.ts';
import { useTrail } from '#lib/server/audit/testing.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { action } from '#lib/server/db/schema/action.ts';
import { expectRefused } from '#lib/server/db/testing.ts';
import * as people from '#lib/server/municipality/people.ts';
import { actor, openDemo, person } from '#lib/server/start/testing.ts';
import * as handovers from './handovers.ts';
import * as rows from './rows.ts';

useTrail();
beforeEach(openDemo);

const rowOf = (code: string) => rows.query().where(eq(action.code, code)).get()!;
const seen = (who: string, code: string) => rows.views(actor(who), [rowOf(code)])[0]!;
const idOf = (code: string) => rowOf(code).action.id;

test('what the database lets through is what may() lets everybody read, person by person', () => {
	const all = rows.query().all();
	const offered = all.find((row) => row.action.code === 'O-15')!;
	handovers.offer(actor('P07'), offered.action.id, { to: `person:${person('P12').id}`, note: '' });
	for (const { id, name } of people.everybody()) {
		const reader = people.actor(id)!;
		const found = rows.query().where(rows.readable(reader)).all();
		const judged = rows
			.query()
			.all()
			.filter((row) => may(reader, 'read', rows.subject(row)));
		expect([name, found.map((row) => row.action.code).sort()]).toEqual([
			name,
			judged.map((row) => row.action.code).sort()
		]);
	}
});

test('it shows where it comes from, who answers and what it is about, with ways for those who may go', () => {
	const view = seen('P03', 'O-12');
	expect(view).toMatchObject({
		href: '/actions/O-12',
		unit: 'Housing First-teamet (bustadsosialt team)',
		responsible: { kind: 'person', name: person('P21').name },
		source: { label: 'BR 63/26', href: expect.stringMatching(/^\/meetings\/.+\/.+/) },
		case: { code: 'S-V8RC', readable: true },
		mayComplete: true
	});
	expect(seen('P21', 'O-12')).toMatchObject({
		source: { href: null },
		case: { readable: false },
		mayComplete: true
	});
});

test('who may not read it gets no way to its page', () => {
	expect(seen('P20', 'O-12')).toMatchObject({ href: null, mayComplete: false });
});

test('parties are called by their names, and what is no party stands for itself', () => {
	const nameOf = rows.names();
	expect(nameOf(`person:${person('P05').id}`)).toBe(person('P05').name);
	expect(nameOf(`unit:${person('P05').unitId}`)).toBe('Nav Sunnøy');
	expect(nameOf(`person:${crypto.randomUUID()}`)).toBe('');
	expect(nameOf('utleigaren')).toBe('utleigaren');
});

test('whoever answers is a person or a unit', () => {
	expect(rows.answering({ personId: 'p', unitId: null })).toBe('person:p');
	expect(rows.answering({ personId: null, unitId: 'u' })).toBe('unit:u');
});

describe('changing one', () => {
	const steps = () => sqlite().prepare('SELECT count(*) FROM action_event').pluck().get();

	test('is refused before anything is done to it', () => {
		const work = () => rows.note(null, idOf('O-12'), 'note', { note: 'x' });
		const before = steps();
		expectRefused(() => rows.change(actor('P20'), idOf('O-12'), 'complete', work), 'not_found');
		expectRefused(() => rows.change(actor('P05'), idOf('O-12'), 'complete', work), 'not_allowed');
		expectRefused(() => rows.change(actor('P03'), 'none', 'complete', work), 'not_found');
		expect(steps()).toBe(before);
	});

	test('is undone as a whole when its work fails', () => {
		const work = () => {
			rows.note(null, idOf('O-12'), 'note', { note: 'x' });
			throw new Error('no');
		};
		const before = steps();
		expect(() => rows.change(actor('P03'), idOf('O-12'), 'complete', work)).toThrow('no');
		expect(steps()).toBe(before);
	});

	test('leaves a step with who took it; a note that is empty is none', () => {
		rows.change(actor('P03'), idOf('O-12'), 'complete', ({ action: own }) =>
			rows.note(actor('P03').id, own.id, 'note', { note: '' })
		);
		const last = sqlite()
			.prepare('SELECT person, deed AS verb, note FROM action_event ORDER BY rowid DESC')
			.get();
		expect(last).toEqual({ person: person('P03').id, verb: 'note', note: null });
		expect(
			rows
				.query()
				.where(sql`${action.code} = 'O-12'`)
				.all()
		).toHaveLength(1);
	});
});
