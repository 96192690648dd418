import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';

export type Orm = BetterSQLite3Database;

/**
 * What every connection must have; better-sqlite3's own defaults are weaker (synchronous=NORMAL
 * among them).
 */
const pragmas: [name: string, set: string, is: string | number][] = [
	['journal_mode', 'WAL', 'wal'],
	['synchronous', 'FULL', 2],
	['foreign_keys', 'ON', 1],
	['busy_timeout', '5000', 5000],
	['secure_delete', 'ON', 1],
	['trusted_schema', 'OFF', 0]
];

/**
 * Opens a file, ':memory:' or what a database was serialised to, with the pragmas set and
 * asserted. Throws when one does not hold.
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
	open = { sqlite, orm: drizzle(sqlite) };
}

/**
 * The database, typed. Opened once, at start (or by a test); a throw here is a programming fault.
 */
export function db(): Orm {
	if (!open) throw new Error('The database is not open yet.');
	return open.orm;
}

/** The connection beneath, for pragmas and prepared statements. */
export function sqlite(): Database.Database {
	if (!open) throw new Error('The database is not open yet.');
	return open.sqlite;
}

/** Prepared once for each connection: preparing costs more than running. */
const statements = new WeakMap<Database.Database, Map<string, Database.Statement>>();

/**
 * For SQL that is run at every keystroke: the statement, prepared already when it has been asked
 * for before.
 */
export function statement(query: string): Database.Statement {
	const connection = sqlite();
	const known = statements.get(connection) ?? new Map<string, Database.Statement>();
	statements.set(connection, known);
	const ready = known.get(query) ?? connection.prepare(query);
	known.set(query, ready);
	return ready;
}

/**
 * The same for drizzle, which otherwise writes the SQL anew each time: values go in as
 * `sql.placeholder`.
 */
export function prepared<Query>(build: (orm: Orm) => Query): () => Query {
	const built = new WeakMap<Orm, Query>();
	return () => {
		const known = built.get(db()) ?? build(db());
		built.set(db(), known);
		return known;
	};
}

/**
 * better-sqlite3 makes its wrappers anew for each call of transaction(); one of them does for
 * all.
 */
const wrappers = new WeakMap<Database.Database, Wrapper>();
type Wrapper = Database.Transaction<(work: () => unknown) => unknown>;

function wrapper(connection: Database.Database): Wrapper {
	const known = wrappers.get(connection) ?? connection.transaction((work) => work());
	wrappers.set(connection, known);
	return known;
}

/** Within a transaction: what `work` writes is undone by itself when it throws. */
export function savepoint<Result>(work: () => Result): Result {
	return wrapper(sqlite())(work) as Result;
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
 * Runs `work` in one write transaction, taken at once (BEGIN IMMEDIATE) so that it cannot fail
 * half-way for a reader that wants to write. Inside another one it simply takes part: a refusal
 * then undoes the whole.
 */
export function transaction<Result>(work: () => Result): Result {
	const connection = sqlite();
	if (connection.inTransaction) return work();
	const waiting: Aftermath[] = (aftermath = []);
	let result: Result;
	try {
		result = wrapper(connection).immediate(work) as Result;
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
 * Runs `done` once what is being written is on the disk: after the outermost transaction, or at
 * once when there is none.
 * `undone` runs instead when that transaction is rolled back.
 */
export function afterCommit(done: () => void, undone: () => void = () => {}): void {
	if (aftermath) aftermath.push({ done, undone });
	else if (open?.sqlite.inTransaction)
		throw new Error('Begin with transaction(): its end is not seen.');
	else done();
}

/**
 * One that throws must neither stop the others nor make a commit look like a failure to the
 * caller.
 */
function run(works: (() => void)[]): void {
	for (const work of works) {
		try {
			work();
		} catch (fault) {
			process.emitWarning(fault instanceof Error ? fault : String(fault));
		}
	}
}
