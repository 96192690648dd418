import Database from 'better-sqlite3';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import * as schema from './schema.ts';

export type Orm = BetterSQLite3Database<typeof schema>;

/** What every connection must have; better-sqlite3's own defaults are weaker (synchronous=NORMAL among them). */
const pragmas: [name: string, set: string, is: string | number][] = [
	['journal_mode', 'WAL', 'wal'],
	['synchronous', 'FULL', 2],
	['foreign_keys', 'ON', 1],
	['busy_timeout', '5000', 5000],
	['secure_delete', 'ON', 1],
	['trusted_schema', 'OFF', 0]
];

/**
 * Opens a file, ':memory:' or what a database was serialised to, with the pragmas set and asserted. Throws when one does not hold.
 */
export function connect(file: string | Buffer): Database.Database {
	const sqlite = new Database(file);
	for (const [name, set, is] of pragmas) {
		sqlite.pragma(`${name} = ${set}`);
		const got = sqlite.pragma(name, { simple: true });
		const memory = name === 'journal_mode' && got === 'memory';
		if (got !== is && !memory) {
			sqlite.close();
			throw new Error(`SQLite did not take ${name}=${set}; it says ${String(got)}.`);
		}
	}
	return sqlite;
}

let open: { sqlite: Database.Database; orm: Orm } | null = null;

/** Makes this connection the one that db() and sqlite() answer with. */
export function use(sqlite: Database.Database): void {
	open = { sqlite, orm: drizzle(sqlite, { schema }) };
}

/** The database, typed. Opened once, at start (or by a test); a throw here is a programming fault. */
export function db(): Orm {
	if (!open) throw new Error('The database is not open yet.');
	return open.orm;
}

/** The connection beneath, for pragmas and prepared statements. */
export function sqlite(): Database.Database {
	if (!open) throw new Error('The database is not open yet.');
	return open.sqlite;
}

export function closeDatabase(): void {
	open?.sqlite.close();
	open = null;
}

interface Aftermath {
	done: () => void;
	undone: () => void;
}

/** What waits for the end of the outermost transaction; null when none runs. */
let aftermath: Aftermath[] | null = null;

/**
 * Runs `work` in one write transaction, taken at once (BEGIN IMMEDIATE) so that it cannot fail half-way for a reader that
 * wants to write. Inside another one it simply takes part: a refusal then undoes the whole.
 */
export function transaction<Result>(work: () => Result): Result {
	const connection = sqlite();
	if (connection.inTransaction) return work();
	const waiting: Aftermath[] = (aftermath = []);
	let result: Result;
	try {
		result = connection.transaction(work).immediate();
	} catch (fault) {
		aftermath = null;
		run(waiting.map(({ undone }) => undone));
		throw fault;
	}
	aftermath = null;
	run(waiting.map(({ done }) => done));
	return result;
}

/**
 * Runs `done` once what is being written is on the disk: after the outermost transaction, or at once when there is none.
 * `undone` runs instead when that transaction is rolled back.
 */
export function afterCommit(done: () => void, undone: () => void = () => {}): void {
	if (aftermath) aftermath.push({ done, undone });
	else if (open?.sqlite.inTransaction)
		throw new Error('Begin with transaction(): its end is not seen.');
	else done();
}

/** One that throws must neither stop the others nor make a commit look like a failure to the caller. */
function run(deeds: (() => void)[]): void {
	for (const deed of deeds) {
		try {
			deed();
		} catch (fault) {
			process.emitWarning(fault instanceof Error ? fault : String(fault));
		}
	}
}
