import { beforeEach, expect, test } from 'vitest';
import { actor, itemOf, openDemo, person } from '#lib/server/start/testing.ts';
import { agenda, caseItem, meeting, ordinaryItem, type } from '#lib/server/version/testing.ts';
import * as authorship from './authorship.ts';

beforeEach(openDemo);

const of = (who: string, item: string) => authorship.of(actor(who), meeting(), item, 'nn');

test('each line of an item says who wrote it, and who they are', () => {
	const item = ordinaryItem();
	type('P05', agenda(), item, 'Fyrste lina');
	type('P06', agenda(), item, 'Andre lina');
	const { blocks, writers } = of('P03', item);
	expect(blocks.map(({ pieces }) => pieces.map((piece) => piece.by))).toEqual([
		[person('P05').id],
		[person('P06').id]
	]);
	expect(writers).toEqual({
		[person('P05').id]: person('P05').name,
		[person('P06').id]: person('P06').name
	});
});

test('of a case item the text is its own document’s; the server’s own words are nobody’s', () => {
	type('P05', caseItem(), itemOf('S-K6YJ'), 'Drøfta');
	expect(of('P03', itemOf('S-K6YJ')).blocks).toHaveLength(1);
	expect(of('P03', itemOf('S-G5MQ'))).toMatchObject({ blocks: [], writers: {}, labels: {} });
});

test('does not exist for those who may not read the item, or not know who wrote', () => {
	for (const who of ['P11', 'P13', 'P20'])
		expect(() => of(who, ordinaryItem())).toThrow('not_found');
	expect(() => of('P03', 'none')).toThrow('not_found');
});
