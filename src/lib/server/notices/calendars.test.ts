import { beforeEach, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as lifecycle from '#lib/server/meeting-life/lifecycle.ts';
import * as attendances from '#lib/server/meeting/attendances.ts';
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
import * as calendars from './calendars.ts';
import * as feeds from './feeds.ts';

beforeEach(openDemo);

const origin = 'https://samrad.example.no';
const next = () => boardMeeting('22/26');
const call = (who = 'P05', id = next()) => unfolded(calendars.call(actor(who), id, origin));
const own = (who: string) => unfolded(calendars.own(actor(who), 'nn', origin));
const unfolded = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');
const valueOf = (lines: string[], name: string) =>
	lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1);

test('a call tells when and where by the clock in Oslo, and which meeting', () => {
	const lines = call();
	expect(lines).toEqual(
		expect.arrayContaining([
			'METHOD:PUBLISH',
			'TZID:Europe/Oslo',
			`UID:${next()}@samrad`,
			'SEQUENCE:0',
			'DTSTART;TZID=Europe/Oslo:20261201T090000',
			'DTEND;TZID=Europe/Oslo:20261201T103000',
			'SUMMARY:Bustadrådet 22/26',
			'LOCATION:Rådhuset\\, møterom 1',
			`URL;VALUE=URI:${origin}/meetings/${next()}`,
			'STATUS:CONFIRMED'
		])
	);
	expect(valueOf(lines, 'DTSTAMP')).toMatch(/^20261123T080\d{3}Z$/);
	expect(lines.at(-1)).toBe('');
	expect(calendars.call(actor('P05'), next(), origin)).not.toMatch(/[^\r]\n/);
});

test('in summer the same time of day is the same time of day', () => {
	sqlite().prepare("UPDATE meeting SET date = '2027-06-15' WHERE id = ?").run(next());
	expect(call()).toContain('DTSTART;TZID=Europe/Oslo:20270615T090000');
});

test('another time or place raises the number of the edition, and so does cancelling; nothing else does', () => {
	const set = (sql: string) =>
		sqlite().prepare(`UPDATE meeting SET ${sql} WHERE id = ?`).run(next());
	const uid = valueOf(call(), 'UID');
	set("theme = 'Anna tema'");
	set("place = 'Rådhuset, møterom 1'");
	expect(valueOf(call(), 'SEQUENCE')).toBe('0');
	set("place = 'Kulturhuset'");
	expect(valueOf(call(), 'SEQUENCE')).toBe('1');
	set("date = '2026-12-02', starts = '10:00', ends = '11:00'");
	expect(valueOf(call(), 'SEQUENCE')).toBe('2');
	lifecycle.move(actor('P03'), next(), 'cancel', 'For få saker');
	const cancelled = call();
	expect(valueOf(cancelled, 'SEQUENCE')).toBe('3');
	expect(valueOf(cancelled, 'STATUS')).toBe('CANCELLED');
	expect(valueOf(cancelled, 'UID')).toBe(uid);
});

test('a meeting that is not called yet is tentative; one that somebody does not read does not exist', () => {
	expect(valueOf(call('P05', boardMeeting('23/26')), 'STATUS')).toBe('TENTATIVE');
	expect(() => call('P11')).toThrow('not_found');
	expect(() => call('P05', crypto.randomUUID())).toThrow('not_found');
});

test('the own calendar has neutral titles: the forum’s name, and codes', () => {
	const summaries = own('P08').filter((line) => line.startsWith('SUMMARY:'));
	expect(summaries).toEqual(
		expect.arrayContaining(['SUMMARY:Bustadrådet\\, møte', 'SUMMARY:Frist O-16'])
	);
	for (const one of summaries)
		expect(one).toMatch(/^SUMMARY:([\p{L} ]+\\, møte|(Frist|Klagefrist) [OVS]-[0-9A-Z]+)$/u);
	expect(own('P08')).toContain('DTSTART;VALUE=DATE:20261127');
	expect(own('P08').join()).not.toContain('SUMMARY:Frist O-15');
});

test('the same meeting has the same name in the call and in the calendar', () => {
	expect(own('P05')).toContain(valueOf(call(), 'UID')!.replace(/^/, 'UID:'));
});

test('what somebody is disqualified from is gone, and what belongs to a forum they have left', () => {
	const meeting = openBoard();
	const about = { item: itemOf('S-K6YJ'), person: person('P08').id, reason: 'family' };
	recusals.raise(actor('P08'), meeting, about);
	expect(own('P08').join()).not.toContain('O-16');
	expect(own('P08').join()).toContain(meeting);
	forums.removeMember(actor('P03'), forumId('BR'), person('P08').id);
	expect(own('P08').join()).not.toContain(meeting);
	expect(own('P08').join()).toContain('Overordna bustadgruppe');
});

test('a deputy’s calendar has the meeting only while the call stands', () => {
	expect(own('P13').join()).not.toContain(next());
	const deputy = person('P13').id;
	attendances.callDeputy(actor('P03'), next(), { deputy, for: null, item: null });
	expect(own('P13').join()).toContain(next());
	const [call] = attendances.of(actor('P03'), next()).deputies;
	attendances.endCall(actor('P03'), next(), call!.id);
	expect(own('P13').join()).not.toContain(next());
});

test('who rules has no council in the calendar, and who follows up has the last days for appeals', () => {
	expect(own('P02').join()).not.toContain('Bustadrådet');
	expect(own('P03')).toContain('SUMMARY:Klagefrist V-093');
	expect(own('P05').join()).not.toContain('Klagefrist');
});

test('the address of a calendar is secret: shown once, kept as a hash, and gone when it is closed or made anew', () => {
	const reader = actor('P05');
	expect(feeds.openSince(reader)).toBeNull();
	const secret = feeds.open(reader);
	expect(Buffer.from(secret, 'base64url').length).toBeGreaterThanOrEqual(16);
	expect(feeds.ownerOf(secret)).toBe(reader.id);
	expect(JSON.stringify(sqlite().prepare('SELECT * FROM calendar_feed').all())).not.toContain(
		secret
	);
	const other = feeds.open(reader);
	expect(feeds.ownerOf(secret)).toBeNull();
	expect(feeds.ownerOf(other)).toBe(reader.id);
	feeds.close(reader);
	expect(feeds.ownerOf(other)).toBeNull();
	expect(feeds.ownerOf('')).toBeNull();
	expect(feeds.openSince(reader)).toBeNull();
});
