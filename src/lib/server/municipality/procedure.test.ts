import { expect, test } from 'vitest';
import { sqlite } from '#lib/server/db/index.ts';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import * as setup from '#lib/server/demo/setup.ts';
import { forumId, openDemo, person } from '#lib/server/start/testing.ts';
import * as people from './people.ts';
import * as procedure from './procedure.ts';

const change = (query: string) => sqlite().exec(query);

test('a rule is the municipality’s own; one that it has not settled is the usual one', () => {
	openTestDatabase();
	const usual = procedure.count('reply_months');
	expect(usual).toBeGreaterThan(0);
	procedure.setUp();
	expect(procedure.count('reply_months')).toBe(usual);
	change("UPDATE rule SET value = '9' WHERE name = 'reply_months'");
	expect(procedure.count('reply_months')).toBe(9);
	change("UPDATE rule SET value = 'leader' WHERE name = 'recusal_by'");
	expect(procedure.chosen('recusal_by')).toBe('leader');
});

test('before it is set up there are no words, laws or tracks', () => {
	openTestDatabase();
	expect(procedure.wordFor('ruled')).toBeNull();
	expect(procedure.law('appeal', 'nn')).toBe('');
	expect(procedure.tracksFor('allocate')).toEqual([]);
});

test('a track says by which law it rules, where it is appealed, and whether it is the usual one', () => {
	openTestDatabase();
	procedure.setUp();
	const tracks = procedure.tracks('refuse', 'nn');
	expect(tracks.map(({ code, usual }) => [code, usual])).toEqual(
		tracks.map(({ code }) => [code, procedure.tracksFor('refuse').includes(code)])
	);
	expect(procedure.tracksFor('refuse')).toEqual(['A', 'B']);
	expect(procedure.tracksFor('allocate')).toEqual(['A']);
	for (const track of tracks) for (const word of Object.values(track)) expect(word).not.toBe('');
	expect(procedure.tracks('refuse', 'en')[0]!.name).not.toBe(tracks[0]!.name);
});

test('each state has the municipality’s word, or none, and follows it when it is changed', () => {
	openTestDatabase();
	procedure.setUp();
	expect(procedure.wordFor('to_council')).toBe('to_council');
	change("UPDATE course_word SET status = 'searching' WHERE state = 'to_council'");
	expect(procedure.wordFor('to_council')).toBe('searching');
});

test('who rules and who decides between meetings is told forum by forum', () => {
	openDemo();
	expect(procedure.rulersOf(forumId('BR'))).toEqual([person('P02').id]);
	expect(procedure.rulersOf(forumId('OBG'))).toEqual([]);
	setup.setRuler(forumId('OBG'), person('P01').id);
	procedure.setUrgentMember(forumId('OBG'), person('P01').id);
	expect(procedure.rulersOf(forumId('OBG'))).toEqual([person('P01').id]);
	expect(people.actor(person('P01').id)!.urges).toEqual([forumId('OBG')]);
});

test('tasks that a ruling sets going are those of the matrices that are there', () => {
	openDemo();
	const proposed = () =>
		sqlite().prepare('SELECT count(*) FROM proposed_task').pluck().get() as number;
	const before = proposed();
	expect(before).toBeGreaterThan(0);
	change('DELETE FROM proposed_task');
	change("UPDATE matrix_task SET title = title || ' (gamal)'");
	procedure.proposeTasks();
	expect(proposed()).toBe(0);
});
