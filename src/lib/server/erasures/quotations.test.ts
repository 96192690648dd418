import { beforeEach, expect, test } from 'vitest';
import * as actions from '#lib/server/action/actions.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as decisions from '#lib/server/decision/decisions.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import { actor, boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as quotations from './quotations.ts';

beforeEach(openDemo);

const passage = 'Kari Nordmann';
const next = () => boardMeeting('22/26');
const ordinary = () =>
	sqlite()
		.prepare('SELECT id FROM agenda_item WHERE meeting = ? AND case_id IS NULL AND removed = 0')
		.pluck()
		.get(next()) as string;
const found = (item: string, who = 'P03') =>
	quotations.ofItem(actor(who), agendas.find(item)!, [passage]);

/** An action and a decision of an item, in whose words the passage stands. */
function quote(item: string): string[] {
	const action = actions.create(actor('P03'), {
		meeting: next(),
		item,
		what: `Ringje til ${passage}`,
		due: '2026-12-07',
		responsible: `person:${person('P05').id}`,
		case: agendas.find(item)!.caseId
	});
	const decision = decisions.create(actor('P03'), {
		meeting: next(),
		item,
		text: `Rådet høyrer ${passage}`,
		reasons: '',
		minority: '',
		statement: '',
		reviewOn: null
	});
	return [action, decision];
}

test('what came of other items of the meeting is pointed to, with where it can be erased', () => {
	const labels = quote(itemOf('S-G5MQ'));
	const quoted = found(itemOf('S-K6YJ'));
	expect(quoted.map(({ label }) => label).sort()).toEqual([...labels].sort());
	for (const { href } of quoted) expect(href).toBe(`/meetings/${next()}/${itemOf('S-G5MQ')}`);
});

test('what came of the item itself is not: erasing there reaches it', () => {
	quote(itemOf('S-K6YJ'));
	quote(ordinary());
	const own = found(ordinary()).map(({ href }) => href);
	expect(new Set(own)).toEqual(new Set([`/meetings/${next()}/${itemOf('S-K6YJ')}`]));
});

test('what the person may not see is not pointed to', () => {
	quote(itemOf('S-G5MQ'));
	expect(found(itemOf('S-K6YJ'), 'P11')).toEqual([]);
	expect(found(itemOf('S-K6YJ'), 'P05')).toHaveLength(2);
});

test('a case’s heading that holds it is, with no place to erase it', () => {
	const item = itemOf('S-K6YJ');
	sqlite().prepare('UPDATE agenda_item SET title = ? WHERE id = ?').run(`Om ${passage}`, item);
	expect(found(item)).toEqual([{ kind: 'heading', label: 'BR 76/26', href: null }]);
});
