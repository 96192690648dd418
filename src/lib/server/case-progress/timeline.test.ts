import { beforeEach, expect, test } from 'vitest';
import * as cases from '#lib/server/case/cases.ts';
import * as setup from '#lib/server/demo/setup.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as recommendations from '#lib/server/recommendation/recommendations.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import { send } from '#lib/server/ruling/sending.ts';
import {
	allocation,
	chair,
	openBoard,
	placeOf,
	ruler,
	secretary
} from '#lib/server/start/case-to-ruling/testing.ts';
import { actor, boardMeeting, openDemo, person } from '#lib/server/start/testing.ts';
import * as progress from './progress.ts';
import * as timeline from './timeline.ts';

beforeEach(openDemo);

const on = (who: string, code: string) =>
	timeline
		.appearances(actor(who), cases.read(actor(who), code))
		.map(({ number, title, href }) => [number, title, href !== null]);
const reasons = (who: string, code: string) =>
	timeline
		.steps(actor(who), cases.read(actor(who), code))
		.map(({ verb, reason }) => [verb, reason]);

test('those who work with the case see where it has been and where it comes, by name', () => {
	expect(on('P05', 'S-N9CL')).toEqual([
		['BR 77/26', 'Send attende frå Kundetorget', true],
		['BR 69/26', expect.stringMatching(/./), true]
	]);
});

test('who rules knows at which meetings it has been: not its name there, its ids, nor what is to come', () => {
	expect(on('P02', 'S-N9CL')).toEqual([['BR 69/26', '', false]]);
	const told = timeline.appearances(ruler(), cases.read(ruler(), 'S-N9CL'));
	expect(JSON.stringify(told)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}/);
	setup.setMeetingStatus(boardMeeting('22/26'), 'open');
	expect(on('P02', 'S-N9CL')).toContainEqual(['BR 77/26', '', false]);
});

test('a deputy called to one item of it sees that one, and of the others that they were', () => {
	const { meeting, id: item } = placeOf('S-N9CL');
	attendances.callDeputy(chair(), meeting, { deputy: person('P13').id, for: null, item });
	expect(on('P13', 'S-N9CL')).toEqual([
		['BR 77/26', 'Send attende frå Kundetorget', true],
		['BR 69/26', '', false]
	]);
});

test('of the item at which a recommendation was made, who rules gets its number', () => {
	const source = (who: string) => {
		const reader = actor(who);
		return recommendationRows.ofCase(reader, cases.read(reader, 'S-N9CL'), 'nn')[0]!.source;
	};
	expect(source('P02')).toEqual({ label: 'BR 69/26', href: null, item: null });
	const { href, item } = source('P05');
	expect(href).toContain(item);
});

test('why the council put it off is not for who rules; what was said to them is', () => {
	progress.step(secretary(), 'S-N9CL', 'put_off', { reason: 'ventar på buvurdering' });
	openBoard();
	const id = recommendations.save(secretary(), placeOf('S-N9CL'), allocation());
	recommendations.adopt(chair(), id, 1);
	send(chair(), id);
	expect(reasons('P05', 'S-N9CL')).toContainEqual(['put_off', 'ventar på buvurdering']);
	expect(reasons('P02', 'S-N9CL')).toContainEqual(['put_off', null]);
	expect(reasons('P02', 'S-N9CL')).toContainEqual([
		'send_back',
		'treng buvurdering og plan for nabodialog'
	]);
});

test('nor is what came out of a meeting as put off', () => {
	openBoard();
	const wait = allocation({ outcome: 'put_off', dwelling: null, months: null });
	const id = recommendations.save(secretary(), placeOf('S-N9CL'), wait);
	recommendations.adopt(chair(), id, 1, 'vi manglar svar');
	expect(reasons('P05', 'S-N9CL').at(-1)).toEqual(['wait', 'vi manglar svar']);
	expect(reasons('P02', 'S-N9CL').at(-1)).toEqual(['wait', null]);
});
