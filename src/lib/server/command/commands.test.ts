import { beforeEach, expect, test } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { openTestDatabase } from '#lib/server/db/testing.ts';
import * as clock from '#lib/server/platform/clock.ts';
import * as commands from './commands.ts';

const start = Date.parse('2026-11-23T08:00:00Z');
const sent: commands.Command = {
	id: 'one',
	person: 'P03',
	address: '/forums/br?/plan',
	fields: [['place', 'Rådhuset']]
};
let runs = 0;

beforeEach(() => {
	openTestDatabase();
	clock.set(start);
	runs = 0;
});

function send(change: Partial<commands.Command> = {}): commands.Answer {
	return commands.once({ ...sent, ...change }, () => ({ made: ++runs }));
}

const rows = () => sqlite().prepare('SELECT * FROM command').all();

test('the same command is carried out once, and answered the same', () => {
	expect(send()).toEqual({ made: 1 });
	expect(send()).toEqual({ made: 1 });
	expect(runs).toBe(1);
});

test.each<[string, Partial<commands.Command>]>([
	['another id', { id: 'two' }],
	['another person', { person: 'P04' }],
	['another address', { address: '/forums/obg?/plan' }],
	['another body', { fields: [['place', 'Kulturhuset']] }],
	['a field more', { fields: [...sent.fields, ['theme', '']] }],
	['a value more', { fields: [['place', ['Rådhuset', 'Rådhuset']]] }],
	['letters that moved into the name', { fields: [['placeR', 'ådhuset']] }]
])('%s is another command', (_, change) => {
	send();
	expect(send(change)).toEqual({ made: 2 });
});

test('a refusal does not use the id up, and nothing of it is noted', () => {
	const refuse = () => {
		throw new Refusal('missing_text');
	};
	expect(() => commands.once(sent, refuse)).toThrow('missing_text');
	expect(rows()).toEqual([]);
	expect(send()).toEqual({ made: 1 });
});

test('what the command wrote and its noting are one transaction', () => {
	expect(() =>
		commands.once(sent, () => {
			sqlite().prepare("INSERT INTO secret VALUES ('written', 'x')").run();
			return { words: 'This is somebody’s sentence' };
		})
	).toThrow('more than an id');
	expect(sqlite().prepare("SELECT 1 FROM secret WHERE name = 'written'").get()).toBeUndefined();
	expect(rows()).toEqual([]);
});

test('after 24 hours a command is not known any more, and its row is removed', () => {
	send();
	clock.set(start + commands.lifetime - 60_000);
	expect(send()).toEqual({ made: 1 });
	clock.set(start + commands.lifetime + 60_000);
	commands.removeOld();
	expect(rows()).toEqual([]);
	expect(send()).toEqual({ made: 2 });
});

test('no row holds anything that somebody wrote', () => {
	send();
	expect(JSON.stringify(rows())).not.toContain('Rådhuset');
});

test('after an erasing nothing that is noted can confirm a guess', () => {
	send();
	const before = sqlite().prepare('SELECT value FROM secret').pluck().get();
	commands.once({ ...sent, id: 'erase' }, () => {
		commands.forgetAll();
		return {};
	});
	// What erased is noted itself, under the key that has gone.
	expect(rows()).toHaveLength(1);
	expect(sqlite().prepare('SELECT value FROM secret').pluck().get()).toBeUndefined();
	send({ id: 'next' });
	expect(sqlite().prepare('SELECT value FROM secret').pluck().get()).not.toBe(before);
});
