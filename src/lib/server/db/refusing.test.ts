import { expect, test } from 'vitest';
import { connect } from './index.ts';
import { isRefusing } from './refusing.ts';

const thrownBy = (work: () => void): unknown => {
	try {
		work();
	} catch (error) {
		return error;
	}
};

test('a file that may only be read refuses; what SQL itself forbids is not the disk’s no', () => {
	const database = connect(':memory:');
	database.exec('CREATE TABLE one (id TEXT PRIMARY KEY) STRICT');
	database.exec("INSERT INTO one VALUES ('a')");
	const twice = thrownBy(() => database.exec("INSERT INTO one VALUES ('a')"));
	expect(twice).toMatchObject({ code: expect.stringContaining('SQLITE_CONSTRAINT') });
	expect(isRefusing(twice)).toBe(false);
	database.pragma('query_only = ON');
	expect(isRefusing(thrownBy(() => database.exec("INSERT INTO one VALUES ('b')")))).toBe(true);
});

test.each([
	['SQLITE_FULL', true],
	['SQLITE_IOERR_WRITE', true],
	['SQLITE_BUSY', true],
	['SQLITE_ERROR', false],
	['ENOSPC', false],
	[13, false],
	[undefined, false]
])('%s: %s', (code, expected) => {
	expect(isRefusing({ code })).toBe(expected);
});

test('what is no error at all is no refusal', () => {
	expect([isRefusing(null), isRefusing('SQLITE_FULL')]).toEqual([false, false]);
});
