import { beforeAll, describe, expect, test } from 'vitest';
import { caseTextOf, readAgenda } from '#lib/domain/agenda.ts';
import { firstBlocked } from '#lib/domain/identifiers.ts';
import { schedule, totalMinutes } from '#lib/domain/schedule.ts';
import * as actions from '#lib/server/action/actions.ts';
import * as cases from '#lib/server/case/cases.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import { actor, openDemo } from '#lib/server/start/testing.ts';
import { loadDemo } from './load.ts';

const count = (table: string) => sqlite().prepare(`SELECT count(*) FROM ${table}`).pluck().get();

beforeAll(openDemo);

function meeting(code: string, number: string) {
	const forum = forums.findByCode(code)!;
	const row = forums.meetings(actor('P09'), forum).find((held) => held.number === number)!;
	return meetings.find(row.id)!;
}

describe('the demo municipality', () => {
	test('comes in whole', () => {
		expect(count('person')).toBe(23);
		expect(count('meeting')).toBe(13);
		expect(count('case_card')).toBe(18);
		expect(count('action')).toBe(24);
		expect(count('matrix_task')).toBe(27);
	});

	test('is loaded once', () => {
		expect(loadDemo()).toBe(false);
		expect(count('person')).toBe(23);
	});

	test('the council’s next agenda fills its ninety minutes exactly', () => {
		const { id } = meeting('BR', '22/26');
		const lines = rooms.read({ kind: 'agenda', id }, (doc) => schedule(readAgenda(doc), 9 * 60));
		expect(totalMinutes(lines)).toBe(90);
		expect(lines.filter((line) => line.open === null)).toHaveLength(7);
	});

	test('the programme of the day keeps the clock of the story', () => {
		const { id } = meeting('BSF', '2/26');
		const lines = rooms.read({ kind: 'agenda', id }, (doc) => schedule(readAgenda(doc), 510));
		const lunch = lines.find((line) => line.open?.title === 'Lunsj');
		expect(lunch?.starts).toBe(11 * 60 + 55);
		expect(totalMinutes(lines)).toBe(7 * 60);
	});

	test('nothing of a case stands in the live agenda', () => {
		const { id } = meeting('BR', '22/26');
		const text = rooms.read({ kind: 'agenda', id }, (doc) => JSON.stringify(doc.toJSON()));
		expect(text).not.toMatch(/S-[2-9A-Z]{4}/);
		expect(text).not.toContain('Barnefamilie i mellombels butilbod');
	});

	test('a held item’s conclusion stands in the item’s own document', () => {
		const held = meeting('BR', '20/26');
		const chair = actor('P03');
		const heading = Object.entries(agendas.headings(chair, held, 'nn').cases).find(
			([, item]) => item.number === 'BR 63/26'
		)!;
		const text = rooms.read({ kind: 'item', id: heading[0] }, (doc) => caseTextOf(doc).toString());
		expect(text).toContain('P08 inhabil');
		expect(text).toContain('Sindre Liksomhaug møtte som vara');
	});

	test('what is over the deadline is computed, not stored', () => {
		const late = actions.list(actor('P07'), 'mine').filter((action) => action.overdue);
		expect(late.map((action) => action.code)).toEqual(['O-15']);
		expect(late[0]!.source.label).toBe('BR 66/26');
		expect(late[0]!.case).toEqual({ code: 'S-K6YJ', readable: true });
	});

	test('a case card tells every agenda item it was on', () => {
		const row = cases.read(actor('P03'), 'S-K6YJ');
		expect(cases.appearances(row).map((item) => item.number)).toEqual(['BR 76/26', 'BR 66/26']);
	});

	test('somebody with an action about a case sees the bare code, and no card', () => {
		const [action] = actions.list(actor('P12'), 'mine');
		expect(action!.case).toEqual({ code: 'S-9TWB', readable: false });
		expect(action!.source.href).toBeNull();
		expect(() => cases.read(actor('P12'), 'S-9TWB')).toThrow('not_found');
		expect(cases.visibleTo(actor('P12'), 'nn')).toEqual([]);
	});

	test('every stored text would pass its own door', () => {
		const texts = sqlite()
			.prepare(
				'SELECT title FROM agenda_item UNION SELECT what FROM action UNION SELECT theme FROM meeting'
			)
			.pluck()
			.all() as string[];
		expect(texts.filter((text) => firstBlocked(text))).toEqual([]);
	});
});
