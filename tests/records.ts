import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { RunningServer } from './server.ts';

/*
 * What the server has on its disk, looked at from outside: the ids that addresses are made of,
 * and whether anything was stored.
 */

type Row = Record<string, string | number | null>;

/** Rows of the running server's database. */
export function rows(server: RunningServer, sql: string, ...values: unknown[]): Row[] {
	const database = new Database(join(server.data, 'samrad.db'), { readonly: true });
	try {
		return database.prepare(sql).all(...values) as Row[];
	} finally {
		database.close();
	}
}

function one(server: RunningServer, sql: string, ...values: unknown[]): string {
	const [row] = rows(server, sql, ...values);
	if (!row) throw new Error(`Nothing is stored for ${values.join(', ')}.`);
	return String(Object.values(row)[0]);
}

export function personId(server: RunningServer, code: string): string {
	return one(server, 'SELECT id FROM person WHERE code = ?', code);
}

export function forumId(server: RunningServer, code: string): string {
	return one(server, 'SELECT id FROM forum WHERE code = ?', code);
}

export function caseId(server: RunningServer, code: string): string {
	return one(server, 'SELECT id FROM case_card WHERE code = ?', code);
}

/** As in «BR», «22/26». */
export function meetingId(server: RunningServer, forum: string, number: string): string {
	return one(
		server,
		'SELECT id FROM meeting WHERE forum = ? AND number = ?',
		forumId(server, forum),
		number
	);
}

/** As in «BR 76/26». */
export function itemId(server: RunningServer, number: string): string {
	return one(server, 'SELECT id FROM agenda_item WHERE number = ?', number);
}

/**
 * Of everything that a form can change, how much there is; and how many commands and edits have
 * been written down since ever.
 */
export function stored(server: RunningServer): Row {
	const count = (table: string) => `(SELECT count(*) FROM ${table}) AS ${table}`;
	// The log itself is put together now and then; what it has counted to stands.
	const last = (table: string) => `(SELECT seq FROM sqlite_sequence WHERE name = '${table}')`;
	const tables = ['action', 'agenda_item', 'case_card', 'case_measure', 'membership', 'document'];
	const [row] = rows(
		server,
		`SELECT ${tables.map(count).join(', ')}, ${last('audit')} AS deeds, ${last('document_log')} AS edit`
	);
	return row ?? {};
}
