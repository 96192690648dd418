import { createHmac, randomBytes } from 'node:crypto';
import type { AuditKind } from '#lib/domain/topic.ts';
import { sqlite, statement } from '#lib/server/db/index.ts';

/*
 * What the audit trail vouches for: the rows of a thing as they stand. A digest of them is kept
 * with each command, so that a row that somebody changes past the keepers no longer agrees with
 * the trail.
 */

/** The tables of each kind, and the column that names the thing; the first is the thing's own. */
const tablesOf: Partial<Record<AuditKind, [table: string, column: string][]>> = {
	case: [
		['case_card', 'id'],
		['course', 'case_id']
	],
	recommendation: [
		['recommendation', 'id'],
		['recommendation_criterion', 'recommendation'],
		['recommendation_measure', 'recommendation'],
		['recommendation_person', 'recommendation']
	],
	ruling: [
		['ruling', 'id'],
		['appeal', 'ruling']
	],
	recusal: [['recusal', 'id']],
	decision: [['decision', 'id']],
	action: [['action', 'id']]
};

export const kinds = Object.keys(tablesOf) as AuditKind[];

/** Things of a kind that are there. */
export function idsOf(kind: string): string[] {
	const [own] = tablesOf[kind as AuditKind] ?? [];
	return own ? (sqlite().prepare(`SELECT id FROM ${own[0]}`).pluck().all() as string[]) : [];
}

/**
 * The digest of a thing (`kind:id`) as it stands, under its own key; empty for kinds of which
 * nothing is vouched, and for what is not there. Values that are null do not count, so that a
 * column added later, null in old rows, changes no digest.
 */
export function digestOf(subject: string): string {
	const key = keyOf(subject);
	return key === null ? '' : digest(subject, key);
}

/** The same, with a key made for what has none yet. Within a transaction. */
export function sealedDigestOf(subject: string): string {
	const [kind] = split(subject);
	if (!tablesOf[kind as AuditKind]) return '';
	return digest(subject, keyOf(subject) ?? newKey(subject));
}

/** Throws a thing's key away: the digests that were made with it say nothing any more. */
export function forgetKey(subject: string): void {
	statement('DELETE FROM audit_key WHERE thing = ?').run(subject);
}

function keyOf(subject: string): string | null {
	const found = statement('SELECT key FROM audit_key WHERE thing = ?').pluck().get(subject);
	return (found as string | undefined) ?? null;
}

function newKey(subject: string): string {
	const key = randomBytes(16).toString('hex');
	statement('INSERT INTO audit_key (thing, key) VALUES (?, ?)').run(subject, key);
	return key;
}

function split(subject: string): [kind: string, id: string] {
	const at = subject.indexOf(':');
	return [subject.slice(0, at), subject.slice(at + 1)];
}

function digest(subject: string, key: string): string {
	const [kind, id] = split(subject);
	const tables = tablesOf[kind as AuditKind];
	if (!tables) return '';
	const rows = tables.map(([table, column]) =>
		(statement(`SELECT * FROM ${table} WHERE ${column} = ?`).all(id) as Record<string, unknown>[])
			.map(canonical)
			.sort()
	);
	if (rows[0]!.length === 0) return '';
	return createHmac('sha256', key).update(JSON.stringify(rows)).digest('hex');
}

function canonical(row: Record<string, unknown>): string {
	const held = Object.entries(row).filter(([, value]) => value !== null);
	return JSON.stringify(held.sort(([one], [other]) => (one < other ? -1 : 1)));
}
