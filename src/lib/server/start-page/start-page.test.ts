import { beforeEach, expect, test } from 'vitest';
import { isWritable } from '#lib/domain/meeting.ts';
import * as actions from '#lib/server/action/actions.ts';
import * as register from '#lib/server/action/register.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as corrections from '#lib/server/meeting-life/corrections.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { actor, boardMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as talks from '#lib/server/talk/talks.ts';
import * as startPage from './start-page.ts';

beforeEach(openDemo);

const next = () => boardMeeting('22/26');
const waits = (who: string) =>
	startPage.waiting(actor(who)).map(({ what, count }) => [what, count]);

function toReview() {
	lifecycle.move(actor('P03'), next(), 'open');
	lifecycle.move(actor('P03'), next(), 'close');
}

test('minutes in review wait for the chair to lock them, corrections first for those who keep them', () => {
	expect(waits('P03')).toEqual([]);
	toReview();
	expect(waits('P03')).toEqual([['lock', 1]]);
	expect(waits('P04')).toEqual([]);
	corrections.propose(actor('P05'), next(), { item: itemOf('S-K6YJ'), text: 'Feil dato' });
	expect(waits('P04')).toEqual([['corrections', 1]]);
	expect(waits('P05')).toEqual([]);
	expect(waits('P11')).toEqual([]);
});

test('a talk that is offered waits for those who host the day, and for nobody else', () => {
	const day = forums
		.meetings(actor('P09'), forums.findByCode('BSF')!)
		.find(({ status }) => isWritable(status))!;
	talks.propose(actor('P20'), day.id);
	expect(waits('P09')).toContainEqual(['proposals', 1]);
	for (const who of ['P03', 'P05', 'P20'])
		expect(waits(who).map(([what]) => what)).not.toContain('proposals');
});

test('what stands still until somebody acts waits at their desk, and the unit’s lateness at its leader’s', () => {
	expect(waits('P05')).toEqual([]);
	const { id } = register.read(actor('P03'), 'O-16');
	const party = `person:${person('P05').id}`;
	actions.changeStatus(actor('P08'), id, { status: 'waiting', waitingFor: party, note: '' });
	expect(waits('P05')).toEqual([['waited', 1]]);
	expect(startPage.waiting(actor('P05'))[0]).toMatchObject({
		about: 'O-16',
		href: '/actions/O-16'
	});
	for (const who of ['P03', 'P11']) expect(waits(who)).toEqual([]);
	// O-15 is late: it is Berit's, at the unit that Oddvar leads.
	expect(waits('P06')).toEqual([['unit_late', 1]]);
	expect(waits('P07')).toEqual([]);
});

test('what others have done since the last look is new, once, and only what one may see', () => {
	for (const who of ['P05', 'P07', 'P11']) expect(startPage.news(actor(who))).toEqual([]);
	clock.set(clock.now() + 60 * 60 * 1000);
	actions.create(actor('P03'), {
		meeting: next(),
		item: null,
		what: 'Spørje om B-103 kan brukast',
		responsible: `person:${person('P07').id}`,
		due: '2026-12-07',
		case: null
	});
	lifecycle.move(actor('P03'), next(), 'open');
	expect(
		startPage
			.news(actor('P07'))
			.map(({ what }) => what)
			.sort()
	).toEqual(['action', 'open']);
	expect(startPage.news(actor('P05')).map(({ what }) => what)).toEqual(['open']);
	expect(startPage.news(actor('P11'))).toEqual([]);
	expect(startPage.news(actor('P03'))).toEqual([]);
	clock.set(clock.now() + 60 * 60 * 1000);
	startPage.news(actor('P07'));
	expect(startPage.news(actor('P07'))).toEqual([]);
});
