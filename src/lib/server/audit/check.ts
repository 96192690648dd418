import { sqlite } from '#lib/server/db/index.ts';
import { hashOf, origin, type SealedEntry } from './chain.ts';
import { digestOf, idsOf, kinds } from './facts.ts';
import * as seals from './seals.ts';

/*
 * Going through the audit trail: does it hold together, is its end there, and does it agree with
 * what it vouches for.
 */

export type Finding =
	/** The row is not what it was when it was sealed. */
	| { kind: 'altered'; seq: number }
	/** Rows are missing before this one. */
	| { kind: 'gap'; seq: number }
	/** Rows are missing from this one on. */
	| { kind: 'cut'; seq: number }
	/** A seal from outside the database says otherwise: the chain has been written anew. */
	| { kind: 'rewritten'; seq: number }
	/** The guards that keep rows from being changed are not there. */
	| { kind: 'unguarded' }
	/** The thing is not as it was when the trail last noted it. */
	| { kind: 'differs'; subject: string }
	/** The thing is there, and the trail does not say how it came. */
	| { kind: 'unrecorded'; subject: string }
	/** Deeds are noted and the thing is gone. */
	| { kind: 'gone'; subject: string };

export interface Report {
	/** Rows gone through. */
	rows: number;
	/** Things compared with what is vouched for. */
	subjects: number;
	seals: number;
	head: seals.Seal | null;
	findings: Finding[];
}

export const guards = ['audit_only_sealed', 'audit_never_deleted', 'audit_never_replaced'];

/**
 * Goes through everything, reading only. `seen` are seals kept elsewhere: in a log, or on paper.
 * In one read transaction, so that what others do meanwhile does not count.
 */
export function check(seen: readonly seals.Seal[] = []): Report {
	const connection = sqlite();
	if (connection.inTransaction) return go(seen);
	connection.exec('BEGIN');
	try {
		return go(seen);
	} finally {
		connection.exec('COMMIT');
	}
}

function go(seen: readonly seals.Seal[]): Report {
	const witnesses = [...seals.all(), ...seen];
	const { rows, findings, known } = links(witnesses);
	const head = seals.head();
	const last = head?.seq ?? 0;
	const given = sqlite().prepare("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").pluck();
	const highest = Math.max((given.get() as number | undefined) ?? 0, ...witnesses.map(seqOf), 0);
	if (highest > last) findings.push({ kind: 'cut', seq: last + 1 });
	for (const { seq, hash } of witnesses)
		if (seq <= last && known.get(seq) !== hash && !isNamed(findings, seq))
			findings.push({ kind: 'rewritten', seq });
	if (!areGuarded()) findings.push({ kind: 'unguarded' });
	const subjects = compare(findings);
	return { rows, subjects, seals: witnesses.length, head, findings };
}

function seqOf({ seq }: seals.Seal): number {
	return seq;
}

function isNamed(findings: Finding[], seq: number): boolean {
	return findings.some((one) => 'seq' in one && one.seq === seq);
}

/**
 * From row to row. A row that does not hold is named, and the way goes on from what it says of
 * itself.
 */
function links(witnesses: readonly seals.Seal[]) {
	const asked = new Set(witnesses.map(seqOf));
	const known = new Map<number, string>();
	const findings: Finding[] = [];
	let [rows, before, previous] = [0, 0, origin];
	const all = sqlite()
		.prepare(
			'SELECT seq, at, person, deed AS verb, thing AS subject, content, hash FROM audit ORDER BY seq'
		)
		.iterate();
	for (const row of all as IterableIterator<SealedEntry>) {
		rows += 1;
		const missing = row.seq !== before + 1;
		if (missing) findings.push({ kind: 'gap', seq: row.seq });
		else if (hashOf(row, previous) !== row.hash) findings.push({ kind: 'altered', seq: row.seq });
		if (asked.has(row.seq)) known.set(row.seq, row.hash);
		[before, previous] = [row.seq, row.hash];
	}
	return { rows, findings, known };
}

function areGuarded(): boolean {
	const there = sqlite()
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit'")
		.pluck()
		.all() as string[];
	return guards.every((name) => there.includes(name));
}

/** Every thing beside what was last said of it. Returns how many there were. */
function compare(findings: Finding[]): number {
	const last = sqlite()
		.prepare('SELECT thing AS subject, content, max(seq) FROM audit GROUP BY thing')
		.all();
	const said = new Map(
		(last as { subject: string; content: string }[]).map(({ subject, content }) => [
			subject,
			content
		])
	);
	let subjects = 0;
	for (const kind of kinds) {
		const there = new Set(idsOf(kind).map((id) => `${kind}:${id}`));
		subjects += there.size;
		for (const subject of there) {
			const content = said.get(subject);
			if (!content) findings.push({ kind: 'unrecorded', subject });
			else if (content !== digestOf(subject)) findings.push({ kind: 'differs', subject });
		}
		// Without a digest nothing was vouched for: early versions called a case by its code when it
		// was made.
		for (const [subject, content] of said)
			if (content !== '' && subject.startsWith(`${kind}:`) && !there.has(subject))
				findings.push({ kind: 'gone', subject });
	}
	return subjects;
}
