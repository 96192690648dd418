import { hash } from 'node:crypto';
import { type DocumentName, formatDocumentName } from '#lib/domain/document.ts';
import { sqlite, statement, transaction } from '#lib/server/db/index.ts';
import * as clock from '#lib/server/platform/clock.ts';

/*
 * Everything durable about live documents goes through here, and nothing else knows how it is
 * stored: another engine (PostgreSQL, say) has to offer these functions and no more. All but
 * `read` and `epochOf` run in the caller's transaction.
 */

/** One update as it lies on the disk. */
export interface StoredRow {
	seq: number;
	bytes: Uint8Array;
}

/** A document as it lies on the disk: the sound part of it. */
export interface Stored {
	epoch: number;
	/** The compacted state, if any. */
	state: StoredRow | null;
	/** The updates since, in order. */
	rows: StoredRow[];
	/** Whose each Yjs client id is; null = the server's own. */
	authors: Map<number, string | null>;
	/** What is not as it was put there: to be set aside. */
	damage: Damage[];
}

/**
 * 'state': read from its mirror instead; 'log': lost; 'after': sound, and builds on what is lost.
 */
export interface Damage {
	part: 'state' | 'log' | 'after';
	seq: number;
}

/**
 * Writing that can no longer be read: when it was written, milliseconds, if that is still known.
 */
export interface DamageNotice {
	at: number | null;
	found: number;
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

/**
 * Reads a document; an empty one when it does not exist yet. What is damaged is left out and
 * named. Throws DamagedDocument when there is nothing to begin from: the state and its mirror are
 * both damaged.
 */
export function read(name: DocumentName): Stored {
	const id = formatDocumentName(name);
	const epoch = epochOf(name);
	const damage: Damage[] = [];
	const state = readState(id, epoch, damage);
	const rows = statement(
		'SELECT seq, bytes, sha256 FROM document_log WHERE document = ? AND epoch = ? AND seq > ? ORDER BY seq'
	).all(id, epoch, state?.seq ?? 0) as Row[];
	for (const row of rows) if (!isSound(row)) damage.push({ part: 'log', seq: row.seq });
	return {
		epoch,
		state,
		rows: damage.length > 0 ? rows.filter(isSound) : rows,
		authors: authorsOf(name),
		damage
	};
}

/**
 * Whose each client id is that has written in the document as it is now; null = the server's own.
 */
export function authorsOf(name: DocumentName): Map<number, string | null> {
	const rows = statement(
		'SELECT client, person FROM document_author WHERE document = ? AND epoch = ?'
	).all(formatDocumentName(name), epochOf(name)) as { client: number; person: string | null }[];
	return new Map(rows.map(({ client, person }) => [client, person]));
}

function readState(id: string, epoch: number, damage: Damage[]): StoredRow | null {
	const from = (table: 'document_state' | 'document_mirror') =>
		statement(`SELECT seq, bytes, sha256 FROM ${table} WHERE document = ? AND epoch = ?`).get(
			id,
			epoch
		) as Row | undefined;
	const state = from('document_state');
	if (!state || isSound(state)) return state ?? null;
	const mirror = from('document_mirror');
	if (!mirror || mirror.seq !== state.seq || !isSound(mirror))
		throw new DamagedDocument(id, 'state');
	damage.push({ part: 'state', seq: state.seq });
	return mirror;
}

/**
 * Moves what is damaged out of the way, so that nothing later replaces or trims it; a state is
 * put back from its mirror.
 */
export function setAside(name: DocumentName, epoch: number, damage: Damage[]): void {
	const id = formatDocumentName(name);
	transaction(() => damage.forEach((one) => setOneAside(id, epoch, one)));
}

function setOneAside(id: string, epoch: number, { part, seq }: Damage): void {
	const [from, written] =
		part === 'state' ? ['document_state', 'NULL, NULL'] : ['document_log', 'person, at'];
	statement(
		`INSERT INTO document_damage (document, epoch, part, seq, person, at, bytes, sha256, found)
		 SELECT document, epoch, ?, seq, ${written}, bytes, sha256, ? FROM ${from}
		 WHERE document = ? AND epoch = ? AND seq = ?`
	).run(part, clock.now(), id, epoch, seq);
	if (part === 'state')
		statement(
			`UPDATE document_state SET (bytes, sha256) =
			 (SELECT bytes, sha256 FROM document_mirror AS mirror WHERE mirror.document = document_state.document)
			 WHERE document = ? AND epoch = ? AND seq = ?`
		).run(id, epoch, seq);
	else statement('DELETE FROM document_log WHERE document = ? AND seq = ?').run(id, seq);
}

/** What of a document's present epoch has been lost, the latest first. */
export function losses(name: DocumentName): DamageNotice[] {
	return statement(
		`SELECT at, found FROM document_damage WHERE document = ? AND epoch = ? AND part <> 'state'
		 ORDER BY found DESC, seq DESC`
	).all(formatDocumentName(name), epochOf(name)) as DamageNotice[];
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

/**
 * Puts one state in the place of the log so far. `state` must hold everything that the log does.
 */
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

/**
 * What everything together weighs. Looks at every row's head: for somebody who asks, not for
 * every turn.
 */
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

/**
 * Whether the disk takes something now: tried, with more than a turn usually brings, and taken
 * back.
 */
export function canStore(): boolean {
	try {
		transaction(() =>
			sqlite().exec(
				'CREATE TABLE probe (bytes BLOB); INSERT INTO probe VALUES (zeroblob(65536)); DROP TABLE probe'
			)
		);
		return true;
	} catch {
		return false;
	}
}

/**
 * Puts a state in the place of all that there was of a document, at the next epoch: for erasing.
 * Who wrote what is kept. Within the caller's transaction; what lay on the disk lies there until
 * the file has been gone over (db/scrub.ts).
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

interface Row extends StoredRow {
	sha256: string;
}

function isSound({ bytes, sha256 }: Row): boolean {
	return digest(bytes) === sha256;
}

function digest(bytes: Uint8Array): string {
	return hash('sha256', bytes);
}
