import { beforeEach, expect, test } from 'vitest';
import { readQuery, type SearchKind } from '#lib/domain/search.ts';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import * as people from '#lib/server/municipality/people.ts';
import { candidates } from './candidates.ts';
import { refresh } from './upkeep.ts';

beforeEach(() => {
	openTestDatabase();
	add('leader', 'Solveig Testvik', 'Leiar for bustad');
	add('adviser', 'Bustad Prøveli', 'Rådgjevar');
	refresh();
});

const add = (id: string, name: string, title: string) => people.add({ id, code: id, name, title });
const found = (text: string, only: SearchKind | null = null) => candidates(readQuery(text), only);

test('what has the word in its title stands before what has it in its text', () => {
	expect(found('bustad')).toEqual({ person: ['adviser', 'leader'] });
});

test('the very word stands before what says the same in the other norm', () => {
	add('other', 'Bolig Dømestad', 'Rådgiver');
	refresh();
	expect(found('bolig').person![0]).toBe('other');
	expect(found('bolig').person).toHaveLength(3);
});

test('all of the words have to be there; the beginning of one is enough', () => {
	expect(found('solveig bust')).toEqual({ person: ['leader'] });
	expect(found('prøveli solveig')).toEqual({});
});

test('can be asked of one kind only', () => {
	expect(found('bustad', 'person').person).toHaveLength(2);
	expect(found('bustad', 'action')).toEqual({});
});

test.each([
	'"',
	'bustad"',
	'NEAR(bustad leiar)',
	'name:bustad',
	'bustad OR ingen',
	"'; DROP TABLE x; --"
])('nothing that somebody types is read as syntax: %s', (text) => {
	const query = readQuery(text);
	if (query.length > 0) expect(() => candidates(query, null)).not.toThrow();
});
