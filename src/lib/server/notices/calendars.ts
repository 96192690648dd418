import { TZDate } from '@date-fns/tz';
import { and, eq, gte, inArray, or } from 'drizzle-orm';
import ical, {
	ICalCalendarMethod,
	ICalEventStatus,
	ICalEventTransparency,
	type ICalCalendar
} from 'ical-generator';
import { addDays } from '#lib/domain/deadline.ts';
import type { Language } from '#lib/domain/language.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import type { MeetingStatus } from '#lib/domain/meeting.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { db } from '#lib/server/db/index.ts';
import { meeting } from '#lib/server/db/schema/meeting.ts';
import { meetingEdition } from '#lib/server/db/schema/notice.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import { speak } from '#lib/server/municipality/language.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as reminders from './reminders.ts';

/*
 * iCalendar: a call to one meeting, and somebody's own meetings and deadlines. A calendar is
 * shown on phones, to colleagues and to companies: so there stand the forum's name, a place, and
 * codes, and nothing else.
 */

/** Days back that a calendar goes. */
const back = 60;

/**
 * The European rule of summer time, as Norway has it. Meetings are held by the clock on the wall,
 * whatever becomes of the rule.
 */
const osloTime = `BEGIN:VTIMEZONE
TZID:Europe/Oslo
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE`;

function begin(): ICalCalendar {
	return ical({
		prodId: { company: 'Samråd', product: 'Samråd', language: 'NO' },
		method: ICalCalendarMethod.PUBLISH,
		// Without a name, so that stamps stay in UTC, as they must; each event has its own.
		timezone: { name: null, generator: () => osloTime }
	});
}

/**
 * The call to a meeting, for somebody who reads it. `origin` is the server's address. Refuses
 * not_found.
 */
export function call(actor: Actor, id: string, origin: string): string {
	const held = meetings.read(actor, id);
	const calendar = begin();
	addMeeting(calendar, held, `${held.forumName} ${held.number}`, origin);
	return write(calendar);
}

/** Somebody's own calendar as it is now: what they may no longer see is gone from it. */
export function own(actor: Actor, language: Language, origin: string): string {
	return speak(language, () => {
		const calendar = begin();
		calendar.name('Samråd').ttl(60 * 60);
		for (const held of meetingsOf(actor))
			addMeeting(calendar, held, m.calendar_meeting({ forum: held.forumName }), origin);
		for (const one of reminders.deadlines(actor)) addDeadline(calendar, one, origin);
		return write(calendar);
	});
}

function meetingsOf(actor: Actor): meetings.Meeting[] {
	const called = [...actor.calls, ...actor.acting].map((one) => one.meeting);
	const mine = or(inArray(meeting.forumId, Object.keys(actor.roles)), inArray(meeting.id, called));
	return db()
		.select({ id: meeting.id })
		.from(meeting)
		.where(and(mine, gte(meeting.date, addDays(clock.today(), -back))))
		.orderBy(meeting.date, meeting.starts)
		.all()
		.map(({ id }) => meetings.find(id)!)
		.filter((held) => may(actor, 'read', meetings.subject(held)));
}

function addMeeting(
	calendar: ICalCalendar,
	held: meetings.Meeting,
	summary: string,
	origin: string
): void {
	const { id, date, starts, ends, place, status } = held;
	calendar.createEvent({
		// The same in the call and in the own calendar, whatever the server's address becomes.
		id: `${id}@samrad`,
		sequence: sequenceOf(id),
		stamp: new Date(clock.now()),
		start: moment(date, starts),
		end: moment(date, ends),
		timezone: clock.timeZone,
		summary,
		location: place,
		url: `${origin}/meetings/${id}`,
		status: statusOf(status)
	});
}

function moment(date: string, time: string): TZDate {
	const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
	const [hours = 0, minutes = 0] = time.split(':').map(Number);
	return new TZDate(year, month - 1, day, hours, minutes, clock.timeZone);
}

function statusOf(status: MeetingStatus): ICalEventStatus {
	if (status === 'cancelled') return ICalEventStatus.CANCELLED;
	return status === 'planned' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED;
}

function sequenceOf(id: string): number {
	const row = db().select().from(meetingEdition).where(eq(meetingEdition.meetingId, id)).get();
	return row?.sequence ?? 0;
}

function addDeadline(
	calendar: ICalCalendar,
	one: ReturnType<typeof reminders.deadlines>[number],
	origin: string
): void {
	const { kind, id, code } = one;
	calendar.createEvent({
		id: `${kind}-${id}@samrad`,
		stamp: new Date(clock.now()),
		// A date without a clock: read as UTC, so that it is the same day everywhere.
		start: new Date(`${one.due}T00:00:00Z`),
		allDay: true,
		transparency: ICalEventTransparency.TRANSPARENT,
		summary: kind === 'appeal' ? m.calendar_appeal({ code }) : m.calendar_deadline({ code }),
		url: `${origin}${pathOf(one)}`
	});
}

function pathOf({ kind, code }: ReturnType<typeof reminders.deadlines>[number]): string {
	const rooms = { action: 'actions', appeal: 'rulings', reply: 'cases' } as const;
	return `/${rooms[kind]}/${code}`;
}

function write(calendar: ICalCalendar): string {
	return `${calendar.toString()}\r\n`;
}
