import { eq } from 'drizzle-orm';
import type * as Y from 'yjs';
import { caseTextOf, readAgenda, textOf } from '#lib/domain/agenda.ts';
import { pointsToPerson } from '#lib/domain/identifiers-in-text.ts';
import { firstBlocked } from '#lib/domain/identifiers.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { recommendationTextOf } from '#lib/domain/recommendation-text.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { schedule, type ScheduledItem } from '#lib/domain/schedule.ts';
import { db } from '#lib/server/db/index.ts';
import { agendaItem } from '#lib/server/db/schema/meeting.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as agendas from '#lib/server/meeting/agendas.ts';
import type { Meeting } from '#lib/server/meeting/meetings.ts';

/*
 * Whether what stands in a meeting's live texts may stand for good. The editor takes in nothing
 * that points to one person, but a client made by hand can write it all the same. Nobody's words
 * are changed for that: the step that would freeze them says no.
 */

/**
 * Refuses identifier_in_items, with the labels of the items whose title or texts seem to point to
 * one person: never the words. An item that the actor may not read is called by its place, as on
 * their agenda. What has been taken off the agenda is not looked at: it is in no minutes.
 */
export function assertClear(actor: Actor, meeting: Meeting): void {
	const items = rooms.read({ kind: 'agenda', id: meeting.id }, (doc) =>
		schedule(readAgenda(doc), 0).filter((item) =>
			item.open === null ? pointsFromCase(item.id) : points(item.open.title, textOf(doc, item.id))
		)
	);
	if (items.length === 0) return;
	const rows = db().select().from(agendaItem).where(eq(agendaItem.meetingId, meeting.id)).all();
	const byId = new Map(rows.map((row) => [row.id, row]));
	const labelOf = ({ id, ordinal }: ScheduledItem) => {
		const row = byId.get(id);
		const number = row && may(actor, 'read', agendas.subject(row, meeting)) ? row.number : null;
		return number ?? ordinal;
	};
	throw new Refusal('identifier_in_items', { items: items.map(labelOf) });
}

function points(title: string, text: Y.XmlFragment | null): boolean {
	return firstBlocked(title) !== null || (text !== null && pointsToPerson(text));
}

/** The heading of a case item is in the database, and was judged before it got there. */
function pointsFromCase(id: string): boolean {
	const name = { kind: 'item', id } as const;
	if (!rooms.exists(name)) return false;
	return rooms.read(name, (doc) =>
		[caseTextOf(doc), recommendationTextOf(doc)].some(pointsToPerson)
	);
}
