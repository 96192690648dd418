import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { caller, type Caller } from '../callers.ts';
import { rows } from '../records.ts';
import type { RunningServer } from '../server.ts';

/* The made-up municipality, as those need it who attack it. */

/**
 * Rooms in which several people write: agendas that are not yet in review, and the texts of their
 * cases.
 */
export interface Room {
	room: string;
	kind: 'agenda' | 'item';
	/** Codes of people who write in it. */
	writers: string[];
}

export function rooms(server: RunningServer): Room[] {
	const open = rows(
		server,
		`SELECT meeting.id AS id, forum.id AS forum FROM meeting JOIN forum ON forum.id = meeting.forum
		 WHERE status IN ('planned', 'called', 'open') AND forum.handles_cases ORDER BY meeting.date, meeting.id`
	);
	return open.flatMap(({ id, forum }): Room[] => {
		const writers = rows(
			server,
			`SELECT code FROM person JOIN membership ON membership.person = person.id
			 WHERE forum = ? AND role IN ('chair', 'secretary', 'member') ORDER BY code`,
			forum
		).map(({ code }) => String(code));
		const items = rows(
			server,
			'SELECT id FROM agenda_item WHERE meeting = ? AND case_id IS NOT NULL ORDER BY number LIMIT 3',
			id
		);
		return [
			{ room: `agenda:${id}@1`, kind: 'agenda', writers },
			...items.map(({ id: item }): Room => ({ room: `item:${item}@1`, kind: 'item', writers }))
		];
	});
}

export async function callers(
	server: RunningServer,
	codes: string[]
): Promise<Map<string, Caller>> {
	const found = new Map<string, Caller>();
	for (const code of new Set(codes)) found.set(code, await caller(server, code));
	return found;
}

/**
 * One sum over all that the documents hold on the disk, but for one room's, and over what the
 * database has made of them.
 */
export function fingerprint(server: RunningServer, butFor = ''): string {
	const database = new Database(join(server.data, 'samrad.db'), { readonly: true });
	const sum = createHash('sha256');
	const but = butFor.split('@')[0];
	const queries = [
		'SELECT * FROM document ORDER BY 1',
		...['log', 'state', 'author'].map(
			(part) => `SELECT * FROM document_${part} WHERE document <> '${but}' ORDER BY 1, 2, 3`
		),
		'SELECT * FROM agenda_item ORDER BY 1'
	];
	try {
		for (const query of queries)
			for (const row of database.prepare(query).raw().iterate())
				for (const value of row as unknown[])
					sum.update(Buffer.isBuffer(value) ? value : JSON.stringify(value));
		return sum.digest('hex');
	} finally {
		database.close();
	}
}
