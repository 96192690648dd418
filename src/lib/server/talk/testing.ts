import { readAgenda } from '#lib/domain/agenda.ts';
import type { MeetingStatus } from '#lib/domain/meeting.ts';
import { setTalkMinutes, type TalkStepName, talkTextOf } from '#lib/domain/talk.ts';
import { sqlite } from '#lib/server/db/index.ts';
import * as setup from '#lib/server/demo/setup.ts';
import * as forums from '#lib/server/forum/forums.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as people from '#lib/server/municipality/people.ts';
import { actor, forumId, openDemo, person } from '#lib/server/start/testing.ts';
import * as talks from './talks.ts';
import * as views from './views.ts';

/** The demo, with more people on the day of Husbanken. */
export function openDay(): void {
	openDemo();
	// P20 comes from Husbanken; P09 hosts the day, and so does P16 here. P99 is another from
	// outside, in this forum only.
	setup.enrol(forumId('BSF'), person('P16').id, 'secretary');
	people.add({ id: crypto.randomUUID(), code: 'P99', name: 'Ein annan', title: '', outside: true });
	setup.enrol(forumId('BSF'), person('P99').id, 'speaker');
}

export const day = (number = '2/26') =>
	forums.meetings(actor('P09'), forums.findByCode('BSF')!).find((row) => row.number === number)!.id;
export const agenda = () => ({ kind: 'agenda' as const, id: day() });
export const programme = () => rooms.read(agenda(), readAgenda);
export const itemAt = (place: number) => programme()[place - 1]!.id;

export function setMeeting(status: MeetingStatus): void {
	sqlite().prepare('UPDATE meeting SET status = ? WHERE id = ?').run(status, day());
}

/** Writes in the talk's own document, as the speaker. */
export function write(id: string, title: string, minutes?: number): void {
	rooms.transact({ kind: 'talk', id }, person('P20').id, (doc) => {
		const text = talkTextOf(doc, 'title')!;
		text.delete(0, text.length);
		text.insert(0, title);
		if (minutes !== undefined) setTalkMinutes(doc, minutes);
	});
}

export function proposed(title = 'Tilvisingsavtalar i praksis'): string {
	const id = talks.propose(actor('P20'), day());
	write(id, title, 40);
	return id;
}

export const statusOf = (id: string) => views.read(actor('P20'), id).status;
export const slotOf = (id: string) => views.read(actor('P20'), id).slot;
export const step = (who: string, id: string, name: TalkStepName, seen = statusOf(id)) =>
	talks.take(actor(who), id, name, seen);

export function placed(after: number | null = 5): string {
	const id = proposed();
	step('P09', id, 'accept');
	talks.place(actor('P09'), id, after === null ? null : itemAt(after));
	return id;
}
