import { expect, test } from 'vitest';
import { type Entry, hashOf, origin } from './chain.ts';

const entry: Entry = {
	seq: 7,
	at: 1_700_000_000_000,
	person: 'p',
	verb: 'case.create',
	subject: 'case:c',
	content: 'd'
};

test('the hash of a row is what it has always been, so that old trails can be checked', () => {
	expect(hashOf(entry, origin)).toBe(
		'0eadb19bce1af889b33b1d8e5a69446068570fac21ed5ea0300d7030cb7aaf0b'
	);
});

test.each([
	['its number', { seq: 8 }],
	['its moment', { at: 1 }],
	['who did it', { person: null }],
	['what was done', { verb: 'case.step' }],
	['to what', { subject: 'case:e' }],
	['what it vouches for', { content: '' }]
])('%s counts', (_, change) => {
	expect(hashOf({ ...entry, ...change }, origin)).not.toBe(hashOf(entry, origin));
});

test('the row before it counts', () => {
	expect(hashOf(entry, hashOf(entry, origin))).not.toBe(hashOf(entry, origin));
});

test('what follows the entry in a row, such as its own hash, does not count', () => {
	expect(hashOf({ ...entry, hash: 'x' } as Entry, origin)).toBe(hashOf(entry, origin));
});
