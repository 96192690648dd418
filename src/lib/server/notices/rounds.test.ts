import { afterEach, beforeEach, expect, test } from 'vitest';
import * as actions from '#lib/server/action/actions.ts';
import * as register from '#lib/server/action/register.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
import * as people from '#lib/server/municipality/people.ts';
import * as outbox from '#lib/server/outbox/outbox.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { catchLog } from '#lib/server/platform/testing.ts';
import * as recusals from '#lib/server/recommendation/recusals.ts';
import { openBoard } from '#lib/server/start/case-to-ruling/testing.ts';
import {
	actor,
	boardMeeting,
	forumId,
	itemOf,
	openDemo,
	person
} from '#lib/server/start/testing.ts';
import type { Delivery, Letter } from './post.ts';
import * as rounds from './rounds.ts';
import * as settings from './settings.ts';
import { rememberingPost } from './testing.ts';

const origin = 'https://samrad.example.no';
const hour = 60 * 60 * 1000;

let letters: Letter[];
let answer: (letter: Letter) => Delivery | Promise<Delivery>;
let lines: string[] = [];

beforeEach(() => {
	openDemo();
	lines = catchLog();
	answer = () => ({ state: 'sent' });
	quietly();
});
afterEach(async () => {
	await rounds.end();
});

/** Opens the office as a start does, and waits for its first round. */
async function open(): Promise<void> {
	const remembering = rememberingPost((letter) => answer(letter));
	letters = remembering.letters;
	rounds.begin({ post: remembering.post, origin });
	await rounds.tick();
}

/** Nobody gets anything, unless the test lets them. */
function quietly(): void {
	sqlite().exec('UPDATE person SET email = NULL');
}

function reach(...codes: string[]): void {
	for (const code of codes)
		sqlite()
			.prepare('UPDATE person SET email = ? WHERE code = ?')
			.run(`${code.toLowerCase()}@sunnoy.example`, code);
}

const states = (kind = 'digest') =>
	sqlite()
		.prepare('SELECT state FROM notice WHERE kind = ? ORDER BY about, created_at')
		.pluck()
		.all(kind) as string[];
const textTo = (code: string) =>
	letters.find(({ to }) => to.address === `${code.toLowerCase()}@sunnoy.example`)?.text ?? '';
const later = (milliseconds: number) => clock.set(clock.now() + milliseconds);

test('each gets one digest a day, of what is theirs, in their own language', async () => {
	reach('P03', 'P07', 'P02');
	people.chooseLanguage(person('P02').id, 'en');
	people.chooseLanguage(person('P07').id, 'nb');
	await open();
	expect(letters).toHaveLength(3);
	expect(textTo('P07')).toContain(
		'Over fristen\n- O-15 (BR 66/26, sak S-K6YJ): fristen var fr. 20. nov.'
	);
	expect(textTo('P02')).toContain('Recommendations waiting for a ruling\n- V-099 (case S-T6ZB)');
	expect(textTo('P02')).toContain(`Sign in to see more: ${origin}/`);
	expect(textTo('P03')).toContain(
		'Klagefristar som går ut dei neste sju dagane\n- V-093 (sak S-9TWB)'
	);
	expect(letters.map(({ subject }) => subject)).toContain('Samråd: reminders Mon 23 Nov');
	later(2 * hour);
	await rounds.tick();
	expect(letters).toHaveLength(3);
	later(24 * hour);
	await rounds.tick();
	expect(letters).toHaveLength(6);
});

test('who has nothing to do hears nothing, and is not asked about again that day', async () => {
	reach('P23');
	await open();
	expect(letters).toEqual([]);
	expect(states()).toEqual(['dropped']);
});

test('not before the quiet hours are over, and not on days off', async () => {
	reach('P07');
	clock.set(Date.parse('2026-11-28T10:00:00Z'));
	await open();
	clock.set(Date.parse('2026-11-30T05:59:00Z'));
	await rounds.tick();
	expect(letters).toEqual([]);
	clock.set(Date.parse('2026-11-30T06:00:00Z'));
	await rounds.tick();
	expect(letters).toHaveLength(1);
});

test('who wants none gets none, also when they say so after it was put in', async () => {
	reach('P07');
	await open();
	later(24 * hour);
	answer = () => ({ state: 'later', reply: 451 });
	await rounds.tick();
	const { quiet } = settings.of(person('P07').id);
	settings.choose(actor('P07'), { digest: false, calls: true, quiet });
	later(hour);
	await rounds.tick();
	expect(states()).toEqual(['sent', 'dropped']);
	later(24 * hour);
	await rounds.tick();
	expect(states()).toHaveLength(2);
});

test('somebody disqualified between the outbox and the post hears nothing of the case', async () => {
	reach('P08');
	answer = () => ({ state: 'later' });
	await open();
	expect(textTo('P08')).toContain('S-K6YJ');
	const meeting = openBoard();
	const about = { item: itemOf('S-K6YJ'), person: person('P08').id, reason: 'family' };
	recusals.raise(actor('P08'), meeting, about);
	later(hour);
	letters.length = 0;
	answer = () => ({ state: 'sent' });
	await rounds.tick();
	expect(letters).toEqual([]);
	expect(states()).toEqual(['dropped']);
});

test('what is done by the time it is sent is left out', async () => {
	reach('P05');
	answer = () => ({ state: 'later' });
	await open();
	expect(textTo('P05')).toMatch(/O-03[^]*O-24/);
	actions.setDone(actor('P05'), register.read(actor('P05'), 'O-24').id, true);
	later(hour);
	letters.length = 0;
	await rounds.tick();
	expect(textTo('P05')).toContain('O-03');
	expect(textTo('P05')).not.toContain('O-24');
});

test('two rounds at once send once', async () => {
	reach('P07', 'P05');
	let release = () => {};
	const held = new Promise<void>((done) => (release = done));
	answer = async () => {
		await held;
		return { state: 'sent' };
	};
	const remembering = rememberingPost((letter) => answer(letter));
	letters = remembering.letters;
	rounds.begin({ post: remembering.post, origin });
	const both = Promise.all([rounds.tick(), rounds.tick()]);
	// Each has one in hand, and one of them has the other's on its list.
	await expect.poll(() => letters.length).toBe(2);
	release();
	await both;
	await rounds.tick();
	expect(letters.map(({ to }) => to.address).sort()).toEqual([
		'p05@sunnoy.example',
		'p07@sunnoy.example'
	]);
});

test('what was being sent when the process ended is uncertain, and never sent again', async () => {
	reach('P07');
	await open();
	sqlite().exec("UPDATE notice SET state = 'sending', settled_at = NULL");
	await rounds.end();
	await open();
	expect(letters).toEqual([]);
	expect(states()).toEqual(['uncertain']);
});

test('what the line was cut under is uncertain, and never sent again', async () => {
	reach('P07');
	answer = () => ({ state: 'uncertain' });
	await open();
	later(hour);
	await rounds.tick();
	expect(letters).toHaveLength(1);
	expect(outbox.tally().counts.uncertain).toBe(1);
});

test('refused for now it is tried again after growing pauses, under the same name, until it is taken', async () => {
	reach('P07');
	answer = () => ({ state: 'later', reply: 451 });
	await open();
	for (const minutes of [4, 1, 14, 1, 59, 1]) {
		later(minutes * 60_000);
		await rounds.tick();
	}
	expect(letters).toHaveLength(4);
	expect(new Set(letters.map(({ id }) => id)).size).toBe(1);
	expect(outbox.tally()).toMatchObject({ counts: { waiting: 1 }, refused: 451 });
	answer = () => ({ state: 'sent' });
	later(3 * hour);
	await rounds.tick();
	expect(states()).toEqual(['sent']);
});

test('a post that breaks may have posted: it is not tried again', async () => {
	reach('P07');
	answer = () => Promise.reject(new Error('løyndom'));
	await open();
	later(hour);
	await rounds.tick();
	expect(letters).toHaveLength(1);
	expect(states()).toEqual(['uncertain']);
	expect(lines.join()).not.toContain('løyndom');
});

test('refused for good, too often or too late it is given up', async () => {
	reach('P07');
	answer = () => ({ state: 'refused', reply: 550 });
	await open();
	expect(states()).toEqual(['given_up']);
	answer = () => ({ state: 'later' });
	later(24 * hour);
	await rounds.tick();
	later(24 * hour);
	answer = () => ({ state: 'sent' });
	await rounds.tick();
	expect(states()).toEqual(['given_up', 'given_up', 'sent']);
	expect(outbox.tally()).toMatchObject({ counts: { given_up: 2, sent: 1 }, refused: 550 });
});

test('calling a meeting sends its members one call each, with a file for the calendar', async () => {
	reach('P03', 'P05', 'P11', 'P13');
	await open();
	letters.length = 0;
	const meeting = boardMeeting('23/26');
	lifecycle.move(actor('P03'), meeting, 'call');
	await rounds.tick();
	expect(letters.map(({ to }) => to.address).sort()).toEqual([
		'p03@sunnoy.example',
		'p05@sunnoy.example'
	]);
	expect(letters[0]?.subject).toBe('Innkalling: Bustadrådet 23/26, ty. 15. des.');
	expect(textTo('P05')).toContain('tysdag 15. desember 2026 09.00–10.30\nRådhuset, møterom 1');
	expect(letters[0]?.calendar).toContain('METHOD:PUBLISH');
	later(hour);
	await rounds.tick();
	expect(letters).toHaveLength(2);
});

test('a call does not wait for the day’s digest, but for quiet hours, unless it would come too late', async () => {
	reach('P05');
	await open();
	letters.length = 0;
	clock.set(Date.parse('2026-11-23T18:00:00Z'));
	lifecycle.move(actor('P03'), boardMeeting('23/26'), 'call');
	await rounds.tick();
	expect(letters).toEqual([]);
	sqlite()
		.prepare("UPDATE meeting SET date = '2026-11-24' WHERE id = ?")
		.run(boardMeeting('23/26'));
	await rounds.tick();
	expect(letters).toHaveLength(1);
});

test('a deputy who is called in hears of it, unless the call has ended by then', async () => {
	reach('P13', 'P14');
	forums.addMember(actor('P03'), forumId('BR'), { person: person('P14').id, role: 'deputy' });
	await open();
	letters.length = 0;
	const meeting = boardMeeting('22/26');
	for (const deputy of [person('P13').id, person('P14').id])
		attendances.callDeputy(actor('P03'), meeting, { deputy, for: null, item: null });
	const call = attendances
		.of(actor('P03'), meeting)
		.deputies.find(({ person: one }) => one === person('P14').id)!;
	attendances.endCall(actor('P03'), meeting, call.id);
	await rounds.tick();
	expect(letters.map(({ to, subject }) => [to.address, subject])).toEqual([
		['p13@sunnoy.example', 'Innkalling: Bustadrådet 22/26, ty. 1. des.']
	]);
});

test('who was called hears that it is cancelled; who was not does not', async () => {
	reach('P05', 'P07');
	await open();
	const meeting = boardMeeting('23/26');
	lifecycle.move(actor('P03'), meeting, 'call');
	forums.removeMember(actor('P03'), forumId('BR'), person('P07').id);
	letters.length = 0;
	await rounds.tick();
	lifecycle.move(actor('P03'), meeting, 'cancel', 'For få saker');
	await rounds.tick();
	expect(letters.map(({ subject }) => subject.split(':')[0])).toEqual(['Innkalling', 'Avlyst']);
	expect(letters[1]?.calendar).toMatch(/SEQUENCE:1[^]*STATUS:CANCELLED/);
	expect(letters[1]?.text).not.toContain('For få saker');
});

test('a call that is cancelled before it was sent is not sent', async () => {
	reach('P05');
	await open();
	letters.length = 0;
	const meeting = boardMeeting('23/26');
	lifecycle.move(actor('P03'), meeting, 'call');
	lifecycle.move(actor('P03'), meeting, 'cancel', 'Utsett');
	await rounds.tick();
	expect(letters).toEqual([]);
});

test('what was settled long ago is forgotten, and the log counts and says nothing else', async () => {
	reach('P07');
	await open();
	later(63 * 24 * hour);
	await rounds.tick();
	expect(states()).toHaveLength(1);
	const told = lines.map((line) => JSON.parse(line) as { event: string });
	expect(told.map(({ event }) => event)).toEqual(['notices.round', 'notices.round']);
	expect(lines.join()).not.toMatch(/O-15|S-K6YJ|sunnoy|Berit|[0-9a-f]{8}-/);
});

test('no word that somebody wrote is in the outbox or in a letter', async () => {
	const canary = 'kanarifuglXQZJ';
	reach('P03', 'P05', 'P07');
	const meeting = boardMeeting('22/26');
	actions.create(actor('P03'), {
		meeting,
		item: null,
		case: null,
		due: '2026-11-27',
		what: `Ringje om ${canary}`,
		responsible: `person:${person('P05').id}`
	});
	sqlite().exec(
		`UPDATE agenda_item SET title = '${canary}'; UPDATE recommendation SET text = '${canary}', reasons = '${canary}';
		UPDATE ruling SET content = '${canary}', reason = '${canary}' WHERE status <> 'waiting'; UPDATE meeting SET theme = '${canary}'`
	);
	await open();
	lifecycle.move(actor('P03'), boardMeeting('23/26'), 'call');
	await rounds.tick();
	expect(textTo('P05')).toMatch(/O-25/);
	expect(letters.length).toBeGreaterThan(4);
	expect(JSON.stringify(letters)).not.toContain(canary);
	for (const table of ['notice', 'notice_item'])
		expect(JSON.stringify(sqlite().prepare(`SELECT * FROM ${table}`).all())).not.toContain(canary);
});

test('where no mail goes out, nothing is put in but calls, and old ones are never sent', async () => {
	reach('P05');
	await rounds.tick();
	expect(states()).toEqual([]);
	const meeting = boardMeeting('23/26');
	lifecycle.move(actor('P03'), meeting, 'call');
	clock.set(Date.parse('2027-01-04T09:00:00Z'));
	await open();
	expect(letters.filter(({ calendar }) => calendar !== null)).toEqual([]);
	expect(states('call')).toContain('dropped');
});

test('one click on a mail’s «no more» is enough, once it is known whose it was', async () => {
	reach('P07');
	await open();
	const token = letters[0]!.unsubscribe.replace(`${origin}/unsubscribe/`, '');
	expect(settings.offered(token)).toBe('digest');
	settings.decline(token);
	expect(settings.of(person('P07').id)).toMatchObject({ digest: false, calls: true });
	expect(() => settings.decline(`${token}x`)).toThrow('not_found');
	expect(JSON.stringify(sqlite().prepare('SELECT * FROM notice').all())).not.toContain(token);
});
