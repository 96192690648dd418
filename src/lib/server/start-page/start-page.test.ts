import { beforeEach, expect, test } from 'vitest';
import * as actions from '#lib/server/action/actions.ts';
import * as register from '#lib/server/action/register.ts';
import * as corrections from '#lib/server/meeting-life/corrections.ts';
import * as proceedings from '#lib/server/meeting-life/lifecycle.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { actor, councilMeeting, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import * as desks from './start-page.ts';

beforeEach(openDemo);

const next = () => councilMeeting('22/26');
const waits = (who: string) => desks.waiting(actor(who)).map(({ what, count }) => [what, count]);

function toReview() {
	proceedings.move(actor('P03'), next(), 'open');
	proceedings.move(actor('P03'), next(), 'close');
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

test('what stands still until somebody acts waits at their desk, and the unit’s lateness at its leader’s', () => {
	expect(waits('P05')).toEqual([]);
	const { id } = register.read(actor('P03'), 'O-16');
	const party = `person:${person('P05').id}`;
	actions.changeStatus(actor('P08'), id, { status: 'waiting', waitingFor: party, note: '' });
	expect(waits('P05')).toEqual([['waited', 1]]);
	expect(desks.waiting(actor('P05'))[0]).toMatchObject({ about: 'O-16', href: '/actions/O-16' });
	for (const who of ['P03', 'P11']) expect(waits(who)).toEqual([]);
	// O-15 is late: it is Berit's, at the unit that Oddvar leads.
	expect(waits('P06')).toEqual([['unit_late', 1]]);
	expect(waits('P07')).toEqual([]);
});

test('what others have done since the last look is new, once, and only what one may see', () => {
	for (const who of ['P05', 'P07', 'P11']) expect(desks.news(actor(who))).toEqual([]);
	clock.set(clock.now() + 60 * 60 * 1000);
	actions.create(actor('P03'), {
		meeting: next(),
		item: null,
		what: 'Spørje om B-103 kan brukast',
		responsible: `person:${person('P07').id}`,
		due: '2026-12-07',
		case: null
	});
	proceedings.move(actor('P03'), next(), 'open');
	expect(
		desks
			.news(actor('P07'))
			.map(({ what }) => what)
			.sort()
	).toEqual(['action', 'open']);
	expect(desks.news(actor('P05')).map(({ what }) => what)).toEqual(['open']);
	expect(desks.news(actor('P11'))).toEqual([]);
	expect(desks.news(actor('P03'))).toEqual([]);
	clock.set(clock.now() + 60 * 60 * 1000);
	desks.news(actor('P07'));
	expect(desks.news(actor('P07'))).toEqual([]);
});
