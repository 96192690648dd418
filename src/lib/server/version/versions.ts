import { and, asc, desc, eq, isNotNull } from 'drizzle-orm';
import * as Y from 'yjs';
import type { Author } from '#lib/domain/authored-text.ts';
import { type DocumentName, formatDocumentName } from '#lib/domain/document.ts';
import { type Actor, may } from '#lib/domain/may.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { AgendaItem } from '#lib/domain/schedule.ts';
import { requireText } from '#lib/domain/text-input.ts';
import { auditSubject, topicOf } from '#lib/domain/topic.ts';
import { longestVersionName, type VersionKind } from '#lib/domain/version.ts';
import * as audit from '#lib/server/audit/audit.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { agendaItem } from '#lib/server/db/schema/meeting.ts';
import { person } from '#lib/server/db/schema/municipality.ts';
import { documentVersion, meetingVersion } from '#lib/server/db/schema/version.ts';
import * as events from '#lib/server/live/events.ts';
import * as rooms from '#lib/server/live/rooms.ts';
import * as meetings from '#lib/server/meeting/meetings.ts';
import * as clock from '#lib/server/platform/clock.ts';
import { type Contents, contentsOf, type Going, pack, unpack, without } from './contents.ts';

/*
 * Versions: a meeting's text as it was at a named moment, with who wrote what. They stand:
 * nothing changes them but erasing (`forget`). There is a row for each document, since each is a
 * zone of its own: what a version holds of a case item is for those who may read that item, and
 * goes when that document is erased.
 */

export interface Version {
	id: string;
	kind: VersionKind;
	/** What somebody has called it; '' when its kind says it all. */
	name: string;
	at: number;
	person: string | null;
}

/**
 * A meeting whose versions this person may look through: it is theirs to read, and so are the
 * names of who wrote. Refuses not_found.
 */
export function readable(actor: Actor, meetingId: string): meetings.Meeting {
	const meeting = meetings.read(actor, meetingId);
	if (!may(actor, 'read', { kind: 'directory' })) throw new Refusal('not_found');
	return meeting;
}

/** The versions of a meeting, the latest first. Refuses not_found. */
export function of(actor: Actor, meetingId: string): Version[] {
	readable(actor, meetingId);
	return db()
		.select({
			id: meetingVersion.id,
			kind: meetingVersion.kind,
			name: meetingVersion.name,
			at: meetingVersion.at,
			person: person.name
		})
		.from(meetingVersion)
		.leftJoin(person, eq(person.id, meetingVersion.personId))
		.where(eq(meetingVersion.meetingId, meetingId))
		.orderBy(desc(meetingVersion.at))
		.all();
}

/**
 * Keeps the text as it stands now, under a name. Returns the version's id.
 * Refuses not_found, not_allowed, meeting_locked, missing_text, identifier_in_text, text_too_long.
 */
export function keep(actor: Actor, meetingId: string, name: string): string {
	const called = requireText(name, 'name', longestVersionName);
	// Edits that are on their way are part of what the actor sees.
	rooms.flush();
	const id = transaction(() => {
		const { id } = meetings.readToWrite(actor, meetingId);
		audit.record(actor.id, 'meeting.version', auditSubject('meeting', id));
		return freeze(id, 'by_hand', actor.id, called);
	});
	events.changed(topicOf('meeting', meetingId));
	return id;
}

/**
 * Freezes the agenda and the minutes of every case item, inside the caller's transaction. Returns
 * the version's id.
 */
export function freeze(
	meetingId: string,
	kind: VersionKind,
	personId: string | null,
	name = ''
): string {
	const id = crypto.randomUUID();
	const moment = { id, meetingId, kind, name, personId, at: clock.now() };
	db().insert(meetingVersion).values(moment).run();
	for (const document of documentsOf(meetingId)) store(document, moment);
	return id;
}

/** Those that have been written: what nobody has written in has nothing to freeze. */
function documentsOf(meetingId: string): DocumentName[] {
	const cases = db()
		.select({ id: agendaItem.id })
		.from(agendaItem)
		.where(and(eq(agendaItem.meetingId, meetingId), isNotNull(agendaItem.caseId)))
		.all();
	const all: DocumentName[] = [
		{ kind: 'agenda', id: meetingId },
		...cases.map(({ id }) => ({ kind: 'item' as const, id }))
	];
	return all.filter(rooms.exists);
}

function store(name: DocumentName, moment: typeof meetingVersion.$inferSelect): void {
	const packed = rooms.read(name, (doc) =>
		pack(Y.encodeStateAsUpdate(doc), contentsOf(name.kind, doc, authorsIn(name)))
	);
	db()
		.insert(documentVersion)
		.values({
			...packed,
			id: crypto.randomUUID(),
			documentId: formatDocumentName(name),
			name: moment.kind,
			personId: moment.personId,
			at: moment.at,
			versionId: moment.id
		})
		.run();
}

/** Who writes with a client id, in the document as it is now. */
export function authorsIn(name: DocumentName): (client: number) => Author {
	const authors = rooms.authorsOf(name);
	return (client) => authors.get(client) ?? null;
}

/**
 * What a version of this meeting (or null: the text as it stands now) holds of a document; null
 * when the document was not there then. Rights are the caller's to judge. Refuses not_found, and
 * version_damaged when it is not what was stored.
 */
export function contents(
	meetingId: string,
	version: string | null,
	name: DocumentName
): Contents | null {
	if (version === null)
		return rooms.exists(name)
			? rooms.read(name, (doc) => contentsOf(name.kind, doc, authorsIn(name)))
			: null;
	assertOf(meetingId, version);
	const row = db()
		.select()
		.from(documentVersion)
		.where(
			and(
				eq(documentVersion.versionId, version),
				eq(documentVersion.documentId, formatDocumentName(name))
			)
		)
		.get();
	if (!row) return null;
	const found = unpack(name.kind, row, authorsIn(name));
	if (!found) throw new Refusal('version_damaged');
	return found;
}

function assertOf(meetingId: string, version: string): void {
	const row = db().select().from(meetingVersion).where(eq(meetingVersion.id, version)).get();
	if (row?.meetingId !== meetingId) throw new Refusal('not_found');
}

/**
 * Erasing: takes words out of every version of a document, for good: all of them, or passages
 * wherever they stand; with `item`, of an agenda only those of that item. That there was a
 * version stays, and what it holds besides. The state beside the contents goes, since it cannot
 * be read in parts. In the caller's transaction. Returns how many versions it changed. What
 * somebody has called a version (`keep`) is not touched.
 */
export function forget(
	name: DocumentName,
	item: string | null = null,
	going: Going = null
): number {
	const found = changes(name, item, going);
	for (const { id, left } of found)
		db()
			.update(documentVersion)
			.set(pack(new Uint8Array(), left))
			.where(eq(documentVersion.id, id))
			.run();
	return found.length;
}

/** How many versions `forget` would change. */
export function holding(name: DocumentName, item: string | null, going: Going): number {
	return changes(name, item, going).length;
}

function changes(name: DocumentName, item: string | null, going: Going) {
	return db()
		.select()
		.from(documentVersion)
		.where(eq(documentVersion.documentId, formatDocumentName(name)))
		.all()
		.flatMap((row) => {
			const contents = unpack(name.kind, row, authorsIn(name));
			// One that is damaged cannot be read, so nobody knows what it holds.
			const left = contents ? without(contents, item, going) : ({ erased: true } as const);
			return left ? [{ id: row.id, left }] : [];
		});
}

export interface FrozenAgenda {
	at: number;
	items: AgendaItem[];
}

/** The agenda as it was frozen last under that name; null when it never was, or has been erased. */
export function frozenAgenda(meetingId: string, kind: VersionKind): FrozenAgenda | null {
	const name: DocumentName = { kind: 'agenda', id: meetingId };
	const row = db()
		.select()
		.from(documentVersion)
		.where(
			and(eq(documentVersion.documentId, formatDocumentName(name)), eq(documentVersion.name, kind))
		)
		.orderBy(desc(documentVersion.at), asc(documentVersion.id))
		.get();
	const found = row && unpack(name.kind, row, authorsIn(name));
	if (!row || !found || !('items' in found)) return null;
	return { at: row.at, items: found.items.map(({ text: _, erased: __, ...item }) => item) };
}
