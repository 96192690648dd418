import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { isNumbered } from '#lib/domain/agenda.ts';
import { byPlace } from '#lib/domain/schedule.ts';
import { db } from '#lib/server/db/index.ts';
import { numberSeries } from '#lib/server/db/schema/forum.ts';
import { agendaItem, meeting } from '#lib/server/db/schema/meeting.ts';
import * as forums from '#lib/server/forum/forums.ts';
import type { Meeting } from './meetings.ts';

/**
 * Gives a number to every item of a meeting that should have one and has none, in the order of
 * the agenda: 'BR 78/26'. The year is that of the meeting's own number. Never reused, gaps
 * allowed. Inside the caller's transaction.
 */
export function give(of: Meeting): void {
	const standing = new Set(forums.template(of.forumId).map((item) => item.title));
	const rows = db()
		.select()
		.from(agendaItem)
		.where(
			and(eq(agendaItem.meetingId, of.id), eq(agendaItem.removed, false), isNull(agendaItem.number))
		)
		.all();
	const tops = new Map(rows.map((row) => [row.id, row.pos]));
	const place = (row: (typeof rows)[number]) => ({
		pos: `${tops.get(row.parentId ?? '') ?? row.pos} ${row.parentId ? row.pos : ''}`,
		id: row.id
	});
	rows
		.filter((row) => isNumbered({ ...row, isCase: row.caseId !== null }, standing))
		.sort((a, b) => byPlace(place(a), place(b)))
		.forEach((row) => {
			const number = `${of.forumCode} ${next(of)}/${yearOf(of)}`;
			db().update(agendaItem).set({ number }).where(eq(agendaItem.id, row.id)).run();
		});
}

/** '26' of '22/26'. */
function yearOf(of: Meeting): string {
	return of.number.split('/').at(-1) ?? '';
}

/**
 * The next of the forum's series of this year; it begins after the highest number that is in use.
 */
function next(of: Meeting): number {
	const year = Number(yearOf(of));
	const series = and(eq(numberSeries.forumId, of.forumId), eq(numberSeries.year, year));
	const known = db().select().from(numberSeries).where(series).get();
	const last = (known?.last ?? highest(of)) + 1;
	db()
		.insert(numberSeries)
		.values({ forumId: of.forumId, year, last })
		.onConflictDoUpdate({ target: [numberSeries.forumId, numberSeries.year], set: { last } })
		.run();
	return last;
}

function highest(of: Meeting): number {
	const year = yearOf(of);
	const rows = db()
		.select({ number: agendaItem.number })
		.from(agendaItem)
		.innerJoin(meeting, eq(meeting.id, agendaItem.meetingId))
		.where(and(eq(meeting.forumId, of.forumId), isNotNull(agendaItem.number)))
		.all();
	const used = rows
		.map((row) => /(\d+)\/(\d+)$/.exec(row.number!))
		.filter((match) => match?.[2] === year)
		.map((match) => Number(match![1]));
	return Math.max(0, ...used);
}
