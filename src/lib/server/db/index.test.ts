import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
	afterCommit,
	closeDatabase,
	connect,
	db,
	prepared,
	savepoint,
	sqlite,
	statement,
	transaction,
	use
} from './index.ts';
import { openTestDatabaseOnDisk } from './testing.ts';

const open = () => {
	use(connect(':memory:'));
	sqlite().exec('CREATE TABLE word (text TEXT PRIMARY KEY) STRICT');
};
const write = (text: string) => statement('INSERT INTO word VALUES (?)').run(text);
const words = () => statement('SELECT text FROM word ORDER BY text').pluck().all();
const fail = (): never => {
	throw new Error('no');
};

describe('a connection', () => {
	test('waits, checks references and blanks what is deleted, in a file as in memory', () => {
		openTestDatabaseOnDisk();
		const told = (name: string) => sqlite().pragma(name, { simple: true });
		const names = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout', 'secure_delete'];
		expect(names.map(told)).toEqual(['wal', 2, 1, 5000, 1]);
		expect(told('trusted_schema')).toBe(0);
	});

	test('can be opened on what a database was serialised to', () => {
		open();
		write('a');
		use(connect(sqlite().serialize()));
		expect(words()).toEqual(['a']);
	});

	test('that is not open is a fault', () => {
		open();
		closeDatabase();
		expect(db).toThrow('not open');
		expect(sqlite).toThrow('not open');
	});
});

describe('statements', () => {
	beforeEach(open);

	test('are prepared once for each connection', () => {
		const first = statement('SELECT 1');
		expect(statement('SELECT 1')).toBe(first);
		open();
		expect(statement('SELECT 1')).not.toBe(first);
	});

	test('of drizzle’s are built once for each connection', () => {
		const build = vi.fn(() => sql`SELECT 1`);
		const query = prepared(build);
		expect(query()).toBe(query());
		open();
		query();
		expect(build).toHaveBeenCalledTimes(2);
	});
});

describe('a transaction', () => {
	beforeEach(open);

	test('returns what its work returns, and is undone as a whole', () => {
		expect(transaction(() => (write('a'), 7))).toBe(7);
		expect(() => transaction(() => [write('b'), fail()])).toThrow('no');
		expect(words()).toEqual(['a']);
	});

	test('within another takes part in it: a refusal undoes both', () => {
		const both = () =>
			transaction(() => {
				write('a');
				transaction(() => write('b'));
				fail();
			});
		expect(both).toThrow('no');
		expect(words()).toEqual([]);
	});

	test('is undone in part where a part of it has a savepoint', () => {
		transaction(() => {
			write('a');
			expect(() => savepoint(() => [write('b'), fail()])).toThrow('no');
		});
		expect(words()).toEqual(['a']);
	});
});

describe('what waits for the end', () => {
	beforeEach(open);
	const heard: string[] = [];
	beforeEach(() => void heard.splice(0));
	const wait = (name: string) =>
		afterCommit(
			() => heard.push(`${name} done`),
			() => heard.push(`${name} undone`)
		);

	test('is done once the outermost transaction is on the disk, and not before', () => {
		transaction(() => {
			transaction(() => wait('a'));
			expect(heard).toEqual([]);
			wait('b');
		});
		expect(heard).toEqual(['a done', 'b done']);
	});

	test('hears that it was undone, and is not heard of again', () => {
		expect(() => transaction(() => [wait('a'), fail()])).toThrow('no');
		expect(heard).toEqual(['a undone']);
		transaction(() => write('b'));
		expect(heard).toEqual(['a undone']);
	});

	test('is done at once where no transaction runs', () => {
		wait('a');
		expect(heard).toEqual(['a done']);
	});

	test('is a fault in a transaction whose end nobody sees', () => {
		sqlite().exec('BEGIN');
		expect(() => wait('a')).toThrow('transaction()');
		sqlite().exec('ROLLBACK');
	});

	test('and throws neither stops the others nor makes a commit look like a failure', () => {
		const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
		transaction(() => {
			write('a');
			afterCommit(fail);
			wait('b');
		});
		expect(words()).toEqual(['a']);
		expect(heard).toEqual(['b done']);
		expect(warned).toHaveBeenCalledOnce();
		warned.mockRestore();
	});
});
