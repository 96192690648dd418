import { hash } from 'node:crypto';
import type { DocumentName } from '#lib/domain/document.ts';
import { formatDocumentName } from '#lib/domain/document.ts';
import * as clock from '#lib/server/clock.ts';
import { statement, transaction } from '#lib/server/db/index.ts';

/*
 * Everything durable about live documents goes through here, and nothing else knows how it is stored: another engine
 * (PostgreSQL, say) has to offer these functions and no more. All but `read` and `epochOf` run in the caller's transaction.
 */

/** A document as it lies on the disk. */
export interface Stored {
	epoch: number;
	/** The compacted state, if any, and the updates since, in order. */
	updates: Uint8Array[];
	/** How many of them are rows of the log. */
	rows: number;
	/** Whose each Yjs client id is; null = the server's own. */
	authors: Map<number, string | null>;
}

/** What is on the disk is not what was put there: never repaired, never replaced without a word. */
export class DamagedDocument extends Error {
	constructor(document: string, where: string) {
		super(`The checksum of ${document} does not hold (${where}).`);
		this.name = 'DamagedDocument';
	}
}

/** 1 when the document does not exist yet. */
export function epochOf(name: DocumentName): number {
	const row = statement('SELECT epoch FROM document WHERE id = ?').get(formatDocumentName(name));
	return (row as { epoch: number } | undefined)?.epoch ?? 1;
}

export function exists(name: DocumentName): boolean {
	return (
		statement('SELECT 1 FROM document WHERE id = ?').get(formatDocumentName(name)) !== undefined
	);
}

/** Reads a document whole; an empty one when it does not exist yet. Throws DamagedDocument. */
export function read(name: DocumentName): Stored {
	const id = formatDocumentName(name);
	const epoch = epochOf(name);
	const state = statement(
		'SELECT seq, bytes, sha256 FROM document_state WHERE document = ? AND epoch = ?'
	).get(id, epoch) as Row | undefined;
	const rows = statement(
		'SELECT seq, bytes, sha256 FROM document_log WHERE document = ? AND epoch = ? AND seq > ? ORDER BY seq'
	).all(id, epoch, state?.seq ?? 0) as Row[];
	const found = state ? [state, ...rows] : rows;
	for (const row of found) {
		if (digest(row.bytes) !== row.sha256)
			throw new DamagedDocument(id, row === state ? 'state' : `log row ${row.seq}`);
	}
	return {
		epoch,
		updates: found.map(({ bytes }) => bytes),
		rows: rows.length,
		authors: authorsOf(name)
	};
}

/** Whose each client id is that has written in the document as it is now; null = the server's own. */
export function authorsOf(name: DocumentName): Map<number, string | null> {
	const rows = statement(
		'SELECT client, person FROM document_author WHERE document = ? AND epoch = ?'
	).all(formatDocumentName(name), epochOf(name)) as { client: number; person: string | null }[];
	return new Map(rows.map(({ client, person }) => [client, person]));
}

/** Adds one update, creating the document when it is the first. */
export function append(
	name: DocumentName,
	epoch: number,
	person: string | null,
	bytes: Uint8Array
): void {
	const id = formatDocumentName(name);
	statement('INSERT OR IGNORE INTO document (id, kind, epoch) VALUES (?, ?, ?)').run(
		id,
		name.kind,
		epoch
	);
	statement(
		'INSERT INTO document_log (document, epoch, person, at, bytes, sha256) VALUES (?, ?, ?, ?, ?, ?)'
	).run(id, epoch, person, clock.now(), bytes, digest(bytes));
}

/** Binds a client id to its first writer. Throws when it already has one. */
export function bind(
	name: DocumentName,
	epoch: number,
	client: number,
	person: string | null
): void {
	statement(
		'INSERT INTO document_author (document, epoch, client, person) VALUES (?, ?, ?, ?)'
	).run(formatDocumentName(name), epoch, client, person);
}

/** Puts one state in the place of the log so far. `state` must hold everything that the log does. */
export function compact(name: DocumentName, epoch: number, state: Uint8Array): void {
	const id = formatDocumentName(name);
	transaction(() => {
		const last = statement(
			'SELECT max(seq) AS seq FROM document_log WHERE document = ? AND epoch = ?'
		).get(id, epoch) as { seq: number | null };
		if (last.seq === null) return;
		statement(
			`INSERT INTO document_state (document, epoch, seq, bytes, sha256) VALUES (?, ?, ?, ?, ?)
			 ON CONFLICT (document) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq,
			 bytes = excluded.bytes, sha256 = excluded.sha256`
		).run(id, epoch, last.seq, state, digest(state));
		statement('DELETE FROM document_log WHERE document = ? AND epoch = ? AND seq <= ?').run(
			id,
			epoch,
			last.seq
		);
	});
}

export interface Weight {
	rows: number;
	bytes: number;
	stateBytes: number;
	/** Of the whole database file. */
	databaseBytes: number;
}

/** What everything together weighs. Looks at every row's head: for somebody who asks, not for every turn. */
export function weigh(): Weight {
	const log = statement(
		'SELECT count(*) AS rows, coalesce(sum(length(bytes)), 0) AS bytes FROM document_log'
	).get() as { rows: number; bytes: number };
	const states = statement(
		'SELECT coalesce(sum(length(bytes)), 0) AS bytes FROM document_state'
	).get() as { bytes: number };
	const database = statement(
		'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()'
	).get() as { bytes: number };
	return { ...log, stateBytes: states.bytes, databaseBytes: database.bytes };
}

interface Row {
	seq: number;
	bytes: Buffer;
	sha256: string;
}

function digest(bytes: Uint8Array): string {
	return hash('sha256', bytes);
}
