import { and, asc, eq } from 'drizzle-orm';
import type { MeetingLogKind } from '#lib/domain/meeting.ts';
import { db } from '#lib/server/db/index.ts';
import { meetingEvent } from '#lib/server/db/schema/meeting.ts';
import { person } from '#lib/server/db/schema/municipality.ts';
import * as clock from '#lib/server/platform/clock.ts';

/* What happens in a meeting, line by line: its steps, where it stands, who came and went. */

export interface LogEntry {
	verb: MeetingLogKind;
	from?: string | null;
	to?: string | null;
	about?: string | null;
	reason?: string | null;
}

/** Writes a line of the meeting's log, in the caller's transaction. */
export function log(id: string, by: string | null, entry: LogEntry): void {
	db()
		.insert(meetingEvent)
		.values({ id: crypto.randomUUID(), meetingId: id, at: clock.now(), personId: by, ...entry })
		.run();
}

export interface LogLine {
	at: number;
	person: string | null;
	verb: MeetingLogKind;
	from: string | null;
	to: string | null;
	reason: string | null;
}

/** The steps of a meeting's state, the first first. */
export function history(id: string): LogLine[] {
	return db()
		.select({
			at: meetingEvent.at,
			person: person.name,
			verb: meetingEvent.verb,
			from: meetingEvent.from,
			to: meetingEvent.to,
			reason: meetingEvent.reason
		})
		.from(meetingEvent)
		.leftJoin(person, eq(person.id, meetingEvent.personId))
		.where(and(eq(meetingEvent.meetingId, id), eq(meetingEvent.verb, 'state')))
		.orderBy(asc(meetingEvent.at))
		.all();
}
