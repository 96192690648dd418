import { beforeEach, expect, test } from 'vitest';
import { useTrail } from '#lib/server/audit/testing.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { expectRefused } from '#lib/server/db/testing.ts';
import * as setup from '#lib/server/demo/setup.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import { actor, boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as corrections from './corrections.ts';

useTrail();
beforeEach(() => {
	openDemo();
	setup.setMeetingStatus(next(), 'review');
});

const next = () => boardMeeting('22/26');
const of = (who = 'P05') => corrections.of(actor(who), meetings.find(next())!);
const propose = (who: string, text = 'Det var fire som røysta', item = itemOf('S-K6YJ')) =>
	corrections.propose(actor(who), next(), { item, text });
const settle = (who: string, status: 'taken' | 'left', id = of('P03')[0]!.id) =>
	corrections.settle(actor(who), next(), { id, status });
const lastNoted = () =>
	sqlite()
		.prepare('SELECT person, deed AS verb, thing AS subject FROM audit ORDER BY seq DESC')
		.get();

test('a member proposes one while the minutes are reviewed, and it is noted', () => {
	propose('P05', ' Det var fire som røysta ');
	expect(of()).toMatchObject([
		{ text: 'Det var fire som røysta', by: person('P05').name, status: 'proposed', settledBy: null }
	]);
	const subject = `item:${itemOf('S-K6YJ')}`;
	expect(lastNoted()).toEqual({ person: person('P05').id, verb: 'correction.propose', subject });
});

test.each(['taken', 'left'] as const)('those who keep the minutes settle it: %s', (status) => {
	propose('P05');
	settle('P04', status);
	expect(of()).toMatchObject([{ status, settledBy: person('P04').name }]);
	expect(lastNoted()).toMatchObject({ person: person('P04').id, verb: `correction.${status}` });
	expectRefused(() => settle('P03', 'left'), 'already_done');
});

test('who may not, and what may not stand there, is refused', () => {
	expectRefused(() => propose('P11'), 'not_found');
	expectRefused(() => propose('P05', 'Tekst', 'none'), 'not_found');
	expectRefused(() => propose('P05', '  '), 'missing_text');
	expectRefused(() => propose('P05', 'a'.repeat(10_000)), 'text_too_long');
	expectRefused(() => propose('P05', 'Om 14857134576'), 'identifier_in_text');
	propose('P05');
	expectRefused(() => settle('P05', 'taken'), 'not_allowed');
	expectRefused(() => settle('P03', 'taken', 'none'), 'not_found');
	expectRefused(() => settle('P11', 'taken'), 'not_found');
});

test('an outsider who was at the item only reads; an observer proposes nothing', () => {
	sqlite()
		.prepare("UPDATE membership SET role = 'observer' WHERE person = ?")
		.run(person('P05').id);
	expect(() => propose('P05')).toThrow();
	expect(of('P03')).toEqual([]);
});

test('before and after the review there is nothing to correct', () => {
	propose('P05');
	const { id } = of('P03')[0]!;
	for (const status of ['open', 'locked'] as const) {
		setup.setMeetingStatus(next(), status);
		expectRefused(() => propose('P05'), 'not_in_review');
		expectRefused(() => settle('P03', 'taken', id), 'not_in_review');
	}
});

test('one of an item that somebody may not read is not shown to them', () => {
	const call = { deputy: person('P13').id, for: null, item: itemOf('S-G5MQ') };
	attendances.callDeputy(actor('P03'), next(), call);
	propose('P05');
	propose('P05', 'Tala er gamle', itemOf('S-G5MQ'));
	expect(of('P03')).toHaveLength(2);
	expect(of('P13').map(({ text }) => text)).toEqual(['Tala er gamle']);
});
