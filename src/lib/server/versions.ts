import { createHash } from 'node:crypto';
import { and, desc, eq, isNotNull } from 'drizzle-orm';
import * as Y from 'yjs';
import { readAgenda } from '#lib/domain/agenda.ts';
import { type AgendaItem } from '#lib/domain/schedule.ts';
import { formatDocumentName, type DocumentName } from '#lib/domain/document.ts';
import * as clock from './clock.ts';
import { db } from './db/index.ts';
import { agendaItem, documentVersion } from './db/schema.ts';
import * as rooms from './live/rooms.ts';

/* Versions: a meeting's documents as they were at a named moment. Immutable. */

export interface FrozenAgenda {
	at: number;
	items: AgendaItem[];
}

/** Freezes the agenda and the minutes of every case item, inside the caller's transaction. */
export function freeze(meetingId: string, name: string, person: string | null): void {
	// An agenda that nobody has written anything on has nothing to freeze.
	if (!rooms.exists({ kind: 'agenda', id: meetingId })) return;
	store({ kind: 'agenda', id: meetingId }, name, person);
	const cases = db()
		.select({ id: agendaItem.id })
		.from(agendaItem)
		.where(and(eq(agendaItem.meeting, meetingId), isNotNull(agendaItem.case)))
		.all();
	for (const { id } of cases) {
		if (!rooms.exists({ kind: 'item', id })) continue;
		store({ kind: 'item', id }, name, person);
	}
}

/** A document's content so that it can be read without Yjs. */
function render(name: DocumentName, doc: Y.Doc): object {
	if (name.kind === 'agenda') return { items: readAgenda(doc), doc: doc.toJSON() };
	return { text: doc.getXmlFragment('text').toString() };
}

/** A document as a version holds it. */
function frozen(name: DocumentName, doc: Y.Doc) {
	const bytes = Buffer.from(Y.encodeStateAsUpdate(doc));
	const rendered = JSON.stringify(render(name, doc));
	const sha256 = createHash('sha256').update(bytes).update(rendered).digest('hex');
	return { bytes, rendered, sha256 };
}

function store(name: DocumentName, version: string, person: string | null): void {
	db()
		.insert(documentVersion)
		.values({
			id: crypto.randomUUID(),
			document: formatDocumentName(name),
			name: version,
			...rooms.read(name, (doc) => frozen(name, doc)),
			person,
			at: clock.now()
		})
		.run();
}

/**
 * The one thing that changes a version: what is erased for good is taken out of those that hold it. `erase` does so to a document and
 * says whether there was any. Returns how many versions were changed. Within the caller's transaction.
 */
export function redact(name: DocumentName, erase: (doc: Y.Doc) => boolean): number {
	return holding(name, erase).map(({ id, doc }) =>
		db().update(documentVersion).set(frozen(name, doc)).where(eq(documentVersion.id, id)).run()
	).length;
}

/** The versions in which `look` finds something, with their documents. */
export function holding(
	name: DocumentName,
	look: (doc: Y.Doc) => boolean
): { id: string; doc: Y.Doc }[] {
	return db()
		.select({ id: documentVersion.id, bytes: documentVersion.bytes })
		.from(documentVersion)
		.where(eq(documentVersion.document, formatDocumentName(name)))
		.all()
		.map(({ id, bytes }) => {
			const doc = new Y.Doc();
			doc.transact(() => Y.applyUpdate(doc, bytes));
			return { id, doc };
		})
		.filter(({ doc }) => doc.transact(() => look(doc)));
}

/** The agenda as it was frozen last under that name; null when it never was. */
export function frozenAgenda(meetingId: string, name: string): FrozenAgenda | null {
	const row = db()
		.select({ rendered: documentVersion.rendered, at: documentVersion.at })
		.from(documentVersion)
		.where(
			and(
				eq(documentVersion.document, formatDocumentName({ kind: 'agenda', id: meetingId })),
				eq(documentVersion.name, name)
			)
		)
		.orderBy(desc(documentVersion.at))
		.get();
	return row ? { at: row.at, items: (JSON.parse(row.rendered) as FrozenAgenda).items } : null;
}
