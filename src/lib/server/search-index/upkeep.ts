import type * as Y from 'yjs';
import { caseTextOf, readAll, textOf } from '#lib/domain/agenda.ts';
import { parseDocumentName } from '#lib/domain/document.ts';
import { plainText } from '#lib/domain/plain-text.ts';
import { recommendationTextOf, wordsOf } from '#lib/domain/recommendation-text.ts';
import { searchedLength } from '#lib/domain/search/words.ts';
import { sqlite, statement, transaction } from '#lib/server/db/index.ts';
import * as rooms from '#lib/server/live/rooms.ts';

/*
 * Keeps the index in step with what it is about. Triggers (drizzle/0003_search.sql, and 0014 for
 * recommendations) and the projections only note in
 * `search_entry` that something is stale; `refresh` puts the words in order before somebody asks.
 * Who may see what is not known
 * here and is no matter of the index.
 */

/** Where the words of each kind are. A code weighs most, then a title, then the text. */
const sources = {
	item: `SELECT e.id, coalesce(i.number, '') || ' ' || coalesce(c.code, '') AS code, i.title AS title, '' AS text
		FROM search_entry e JOIN agenda_item i ON i.id = e.thing LEFT JOIN case_card c ON c.id = i.case_id`,
	minutes: `SELECT e.id, coalesce(i.number, '') || ' ' || coalesce(c.code, ''), i.title, e.text
		FROM search_entry e JOIN agenda_item i ON i.id = e.thing LEFT JOIN case_card c ON c.id = i.case_id`,
	decision: `SELECT e.id, d.code || ' ' || coalesce(c.code, ''), '', d.text || char(10) || d.reasons
		FROM search_entry e JOIN decision d ON d.id = e.thing LEFT JOIN case_card c ON c.id = d.case_id`,
	recommendation: `SELECT e.id, r.code || ' ' || c.code, '', CASE WHEN r.status = 'draft' AND e.text <> '' THEN e.text ELSE r.text END
		FROM search_entry e JOIN recommendation r ON r.id = e.thing JOIN case_card c ON c.id = r.case_id`,
	action: `SELECT e.id, a.code || ' ' || coalesce(c.code, ''), a.what, ''
		FROM search_entry e JOIN action a ON a.id = e.thing LEFT JOIN case_card c ON c.id = a.case_id`,
	task: `SELECT e.id, '', t.title, '' FROM search_entry e JOIN matrix_task t ON t.id = e.thing`,
	person: `SELECT e.id, '', p.name, p.title FROM search_entry e JOIN person p ON p.id = e.thing`
};

/** Puts the words of everything that has changed in order. */
export function refresh(): void {
	const any = sqlite().prepare('SELECT 1 FROM search_entry WHERE stale = 1 LIMIT 1').get();
	if (!any) return;
	transaction(() => {
		const database = sqlite();
		database.exec(
			'DELETE FROM search WHERE rowid IN (SELECT id FROM search_entry WHERE stale = 1)'
		);
		for (const [kind, source] of Object.entries(sources))
			database
				.prepare(
					`INSERT INTO search (rowid, code, title, text) ${source} WHERE e.stale = 1 AND e.kind = ?`
				)
				.run(kind);
		database.exec('UPDATE search_entry SET stale = 0 WHERE stale = 1');
	});
}

/**
 * The live documents tell the index what the minutes say: for their projectors, after they have
 * written their own rows, in the flush's transaction. Of an agenda the `changed` items only; a
 * document says nothing of items that are not its own.
 */
export function projectMinutes(
	kind: 'agenda' | 'item',
	id: string,
	doc: Y.Doc,
	changed: ReadonlySet<string>
): void {
	if (kind === 'item') {
		if (isOwn('id = ? AND case_id IS NOT NULL', id)) note(id, caseTextOf(doc));
		return;
	}
	for (const item of changed) {
		const text = textOf(doc, item);
		if (text && isOwn('id = ? AND meeting = ? AND case_id IS NULL', item, id)) note(item, text);
	}
}

/**
 * The same of the text of the recommendation that is made at a case item: as long as it is a
 * draft, it is nowhere else.
 */
export function projectRecommendation(item: string, doc: Y.Doc): void {
	const text = wordsOf(recommendationTextOf(doc)).slice(0, searchedLength);
	statement(
		`UPDATE search_entry SET text = ?, stale = 1 WHERE kind = 'recommendation' AND text <> ?
			AND thing = (SELECT id FROM recommendation WHERE item = ?)`
	).run(text, text, item);
}

function isOwn(where: string, ...values: string[]): boolean {
	return statement(`SELECT 1 FROM agenda_item WHERE ${where}`).get(...values) !== undefined;
}

function note(item: string, fragment: Y.XmlFragment): void {
	const text = plainText(fragment).slice(0, searchedLength);
	const known = statement(`SELECT text FROM search_entry WHERE kind = 'minutes' AND thing = ?`).get(
		item
	) as { text: string } | undefined;
	if (text === (known?.text ?? '')) return;
	if (text === '') return forgetMinutes(item);
	statement(
		`INSERT INTO search_entry (kind, thing, text) VALUES ('minutes', ?, ?)
			ON CONFLICT (kind, thing) DO UPDATE SET text = excluded.text, stale = 1`
	).run(item, text);
}

function forgetMinutes(item: string): void {
	statement(`DELETE FROM search_entry WHERE kind = 'minutes' AND thing = ?`).run(item);
}

/**
 * At start: makes the index when there is none, or when it lacks a kind, as after the migrations
 * that brought them.
 */
export function prepare(): void {
	const any = sqlite().prepare('SELECT 1 FROM search_entry LIMIT 1').get();
	const missing = sqlite()
		.prepare(
			`SELECT 1 FROM recommendation WHERE id NOT IN (SELECT thing FROM search_entry WHERE kind = 'recommendation') LIMIT 1`
		)
		.get();
	if (!any || missing) rebuild();
}

/**
 * Makes the whole index anew, from the tables and the live documents. Whoever keeps documents is
 * registered before.
 */
export function rebuild(): void {
	transaction(() => {
		const database = sqlite();
		database.exec(`DELETE FROM search_entry;
			INSERT INTO search (search) VALUES ('delete-all');
			INSERT INTO search_entry (kind, thing) SELECT 'item', id FROM agenda_item;
			INSERT INTO search_entry (kind, thing) SELECT 'decision', id FROM decision;
			INSERT INTO search_entry (kind, thing) SELECT 'recommendation', id FROM recommendation;
			INSERT INTO search_entry (kind, thing) SELECT 'action', id FROM action;
			INSERT INTO search_entry (kind, thing) SELECT 'task', id FROM matrix_task;
			INSERT INTO search_entry (kind, thing) SELECT 'person', id FROM person;`);
		const documents = database
			.prepare(`SELECT id FROM document WHERE kind IN ('agenda', 'item')`)
			.pluck()
			.all() as string[];
		for (const document of documents) readDocument(document);
		refresh();
	});
}

function readDocument(document: string): void {
	const name = parseDocumentName(document);
	const kind = name?.kind;
	if (kind !== 'agenda' && kind !== 'item') return;
	rooms.read({ kind, id: name!.id }, (doc) => {
		const all = kind === 'agenda' ? readAll(doc).map((item) => item.id) : [];
		projectMinutes(kind, name!.id, doc, new Set(all));
		if (kind === 'item') projectRecommendation(name!.id, doc);
	});
}

/**
 * After something has been erased: the index keeps words that are no longer anywhere until it is
 * put together, and this does that at once. Not within a transaction that may still be undone.
 */
export function purge(): void {
	refresh();
	sqlite().exec(`INSERT INTO search (search) VALUES ('optimize')`);
}
