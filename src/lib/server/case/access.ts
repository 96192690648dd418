import { and, desc, eq, inArray, isNull, ne } from 'drizzle-orm';
import { takesPart } from '#lib/domain/membership.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { db } from '#lib/server/db/index.ts';
import { agendaItem, deputyCall } from '#lib/server/db/schema/meeting.ts';
import { unit } from '#lib/server/db/schema/municipality.ts';
import { recusal } from '#lib/server/db/schema/recusal.ts';
import * as forums from '#lib/server/forum/forums.ts';

/*
 * To whom a case is closed, for keepers who give out work about it: what goes to them is seen by
 * nobody.
 */

/** Those whom the question is asked about, or who are disqualified. */
function closedTo(about: string): string[] {
	return db()
		.select({ person: recusal.personId })
		.from(recusal)
		.where(and(eq(recusal.caseId, about), ne(recusal.status, 'impartial')))
		.all()
		.map((row) => row.person);
}

/** The one of these units' leaders, by unit, to whom the case is closed. */
export function closedLeaders(about: string, units: string[]): Map<string, string> {
	const rows = db()
		.select({ id: unit.id, leader: unit.leaderId })
		.from(unit)
		.where(and(inArray(unit.id, units), inArray(unit.leaderId, closedTo(about))))
		.all();
	return new Map(rows.map(({ id, leader }) => [id, leader!]));
}

/**
 * Work about a case goes to nobody to whom it is closed, nor to a unit that such a person leads;
 * what is about no case, to anybody. Refuses closed_to_them.
 */
export function assertOpen(
	about: string | null,
	to: { personId: string | null; unitId: string | null },
	field: string
): void {
	if (about === null) return;
	const closed =
		to.personId === null
			? closedLeaders(about, to.unitId === null ? [] : [to.unitId]).size > 0
			: closedTo(about).includes(to.personId);
	if (closed) throw new Refusal('closed_to_them', { field });
}

/**
 * Who answers in a disqualified person's place: the deputy who came for them to the case, else
 * whoever leads the forum.
 */
export function standIn(about: string, forum: string, person: string): string | null {
	const closed = closedTo(about);
	const deputies = db()
		.select({ deputy: deputyCall.deputyId })
		.from(deputyCall)
		.innerJoin(agendaItem, eq(agendaItem.id, deputyCall.itemId))
		.where(
			and(
				eq(agendaItem.caseId, about),
				eq(deputyCall.forPersonId, person),
				isNull(deputyCall.endedAt)
			)
		)
		.orderBy(desc(deputyCall.at))
		.all()
		.map((row) => row.deputy);
	const leads = forums
		.members(forum)
		.filter(({ role }) => takesPart(role))
		.map((one) => one.person);
	return [...deputies, ...leads].find((one) => one !== person && !closed.includes(one)) ?? null;
}
