import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { DocumentName } from '#lib/domain/document.ts';
import { formatDocumentName } from '#lib/domain/document.ts';
import * as clock from '#lib/server/clock.ts';
import { sqlite, transaction } from '#lib/server/db/index.ts';

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
	const authors = statement(
		'SELECT client, person FROM document_author WHERE document = ? AND epoch = ?'
	).all(id, epoch) as { client: number; person: string | null }[];
	const found = state ? [state, ...rows] : rows;
	for (const row of found) {
		if (digest(row.bytes) !== row.sha256)
			throw new DamagedDocument(id, row === state ? 'state' : `log row ${row.seq}`);
	}
	return {
		epoch,
		updates: found.map(({ bytes }) => bytes),
		rows: rows.length,
		authors: new Map(authors.map(({ client, person }) => [client, person]))
	};
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

/**
 * Puts a state in the place of all that there was of a document, at the next epoch: for erasing. Who wrote what is kept. Within the
 * caller's transaction; what lay on the disk lies there until the file has been gone over (db/scrub.ts).
 */
export function renew(name: DocumentName, epoch: number, state: Uint8Array): void {
	const id = formatDocumentName(name);
	const last = statement('SELECT max(seq) AS seq FROM document_log').get() as {
		seq: number | null;
	};
	statement('DELETE FROM document_log WHERE document = ?').run(id);
	statement('DELETE FROM document_state WHERE document = ?').run(id);
	statement(
		'INSERT INTO document_state (document, epoch, seq, bytes, sha256) VALUES (?, ?, ?, ?, ?)'
	).run(id, epoch + 1, last.seq ?? 0, state, digest(state));
	statement('DELETE FROM document_author WHERE document = ? AND epoch <> ?').run(id, epoch);
	statement('UPDATE document_author SET epoch = ? WHERE document = ?').run(epoch + 1, id);
	statement('UPDATE document SET epoch = ? WHERE id = ?').run(epoch + 1, id);
}

interface Row {
	seq: number;
	bytes: Buffer;
	sha256: string;
}

function digest(bytes: Uint8Array): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** Prepared once for each connection: preparing costs more than running. */
const prepared = new WeakMap<Database.Database, Map<string, Database.Statement>>();

function statement(sql: string): Database.Statement {
	const connection = sqlite();
	const known = prepared.get(connection) ?? new Map<string, Database.Statement>();
	prepared.set(connection, known);
	const ready = known.get(sql) ?? connection.prepare(sql);
	known.set(sql, ready);
	return ready;
}
