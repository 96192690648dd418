import { beforeEach, describe, expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import { openDemo } from '#lib/server/start/testing.ts';
import * as optionLists from './option-lists.ts';
import * as procedure from './procedure.ts';
import { supply } from './supplements.ts';

const all = (query: string) => sqlite().prepare(query).pluck().all();
const run = (query: string) => sqlite().exec(query);

describe('what a municipality gets that an earlier version set up', () => {
	beforeEach(openDemo);

	test('nothing, when it has everything', () => {
		const before = sqlite().serialize();
		supply();
		expect(sqlite().serialize().equals(before)).toBe(true);
	});

	test('a sentence that came later, after its own, which stay as they have put them', () => {
		run("UPDATE choice SET nn = 'Våre ord' WHERE list = 'sentence' AND code = 'and'");
		run("DELETE FROM choice WHERE list = 'sentence' AND code = 'urgent'");
		supply();
		const sentences = optionLists.list('sentence', 'nn');
		expect(sentences.at(-1)?.code).toBe('urgent');
		expect(sentences.find(({ code }) => code === 'and')?.label).toBe('Våre ord');
	});

	test('not what they have taken off a list of their own', () => {
		run("DELETE FROM choice WHERE list = 'criterion' AND code = 'debt'");
		supply();
		expect(optionLists.words('criterion', 'nn')).not.toHaveProperty('debt');
	});

	test('the ways to a ruling, with words only for where a case stands that are on their list', () => {
		run('DELETE FROM course_word; DELETE FROM outcome_track; DELETE FROM proposed_task');
		run("DELETE FROM choice WHERE list = 'track' OR list = 'case_status' AND code = 'helped'");
		supply();
		expect(procedure.tracksFor('refuse')).toEqual(['A', 'B']);
		expect(optionLists.list('track', 'nn').map(({ code }) => code)).toEqual(['A', 'B']);
		expect(procedure.wordFor('housed')).toBe('moved_in');
		expect(procedure.wordFor('helped')).toBeNull();
		expect(all('SELECT count(*) FROM proposed_task')).not.toEqual([0]);
	});
});

test('a database without a municipality is left empty', () => {
	openTestDatabase();
	supply();
	expect(all('SELECT count(*) FROM choice')).toEqual([0]);
});
