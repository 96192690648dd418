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
	store({ kind: 'agenda', id: meetingId }, name, person, (doc) => ({
		items: readAgenda(doc),
		doc: doc.toJSON()
	}));
	const cases = db()
		.select({ id: agendaItem.id })
		.from(agendaItem)
		.where(and(eq(agendaItem.meeting, meetingId), isNotNull(agendaItem.case)))
		.all();
	for (const { id } of cases) {
		if (!rooms.exists({ kind: 'item', id })) continue;
		store({ kind: 'item', id }, name, person, (doc) => ({
			text: doc.getXmlFragment('text').toString()
		}));
	}
}

function store(
	name: DocumentName,
	version: string,
	person: string | null,
	render: (doc: Y.Doc) => object
): void {
	const { bytes, rendered } = rooms.read(name, (doc) => ({
		bytes: Buffer.from(Y.encodeStateAsUpdate(doc)),
		rendered: JSON.stringify(render(doc))
	}));
	const sha256 = createHash('sha256').update(bytes).update(rendered).digest('hex');
	db()
		.insert(documentVersion)
		.values({
			id: crypto.randomUUID(),
			document: formatDocumentName(name),
			name: version,
			bytes,
			rendered,
			sha256,
			person,
			at: clock.now()
		})
		.run();
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
