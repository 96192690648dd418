import { expect, test } from 'vitest';
import { Close } from '#lib/domain/wire.ts';
import { transaction } from '#lib/server/db/index.ts';
import { changed, registerTopic } from './events.ts';
import * as rooms from './rooms.ts';
import * as t from './testing.ts';

t.useEngine();

const seen = new Set<string>();
registerTopic('meeting', (person, id) => {
	if (id === 'fault') throw new Error('The database is away.');
	return seen.has(`${person}/${id}`);
});

async function subscribe(person: string, ...topics: string[]): Promise<t.Raw> {
	const raw = await new t.Raw(`/live/events?person=${person}`).open();
	raw.socket.send(JSON.stringify({ subscribe: [...topics, 'meeting:never'] }));
	await t.until(() => raw.said.length > 0);
	return raw;
}

test('who may, hears which topic has changed, once a turn; who may not, is refused and hears nothing', async () => {
	seen.add('anna/m1').add('anna/m2');
	const anna = await subscribe('anna', 'meeting:m1', 'meeting:m2');
	const eve = await subscribe('eve', 'meeting:m1', 'meeting:fault', 'unknown:m1');
	expect(anna.said).toEqual([{ refused: ['meeting:never'] }]);
	expect(eve.said).toEqual([
		{ refused: ['meeting:m1', 'meeting:fault', 'unknown:m1', 'meeting:never'] }
	]);
	changed('meeting:m1', 'meeting:m3');
	changed('meeting:m2', 'meeting:m1');
	await t.until(() => anna.said.length === 2);
	expect(anna.said[1]).toEqual({ changed: ['meeting:m1', 'meeting:m2'] });
	changed('meeting:m2');
	await t.until(() => anna.said.length === 3);
	expect(eve.said).toHaveLength(1);
});

test('it is told after the commit, and not when there is none', async () => {
	seen.add('anna/m1').add('anna/m2');
	const anna = await subscribe('anna', 'meeting:m1', 'meeting:m2');
	expect(() =>
		transaction(() => {
			changed('meeting:m1');
			throw new Error('angra');
		})
	).toThrow('angra');
	transaction(() => changed('meeting:m2'));
	await t.until(() => anna.said.length === 2);
	expect(anna.said[1]).toEqual({ changed: ['meeting:m2'] });
});

test('the right is judged again at each telling, and whenever rights may have changed', async () => {
	seen.add('anna/m1').add('anna/m2');
	const anna = await subscribe('anna', 'meeting:m1', 'meeting:m2');
	seen.delete('anna/m1');
	changed('meeting:m1');
	await t.until(() => anna.said.length === 2);
	expect(anna.said[1]).toEqual({ refused: ['meeting:m1'] });
	seen.delete('anna/m2');
	rooms.reconsider('anna');
	await t.until(() => anna.said.length === 3);
	expect(anna.said[2]).toEqual({ refused: ['meeting:m2'] });
	seen.add('anna/m2');
	changed('meeting:m2');
	const other = await subscribe('anna', 'meeting:m2');
	changed('meeting:m2');
	await t.until(() => other.said.length === 2);
	expect(anna.said).toHaveLength(3);
});

test('who unsubscribes hears no more', async () => {
	seen.add('anna/m1').add('anna/m2');
	const anna = await subscribe('anna', 'meeting:m1', 'meeting:m2');
	anna.socket.send(JSON.stringify({ unsubscribe: ['meeting:m1'], subscribe: ['meeting:again'] }));
	await t.until(() => anna.said.length === 2);
	changed('meeting:m1', 'meeting:m2');
	await t.until(() => anna.said.length === 3);
	expect(anna.said[2]).toEqual({ changed: ['meeting:m2'] });
});

test.each([
	['noise', 'hei'],
	['another shape', '{"subscribe":"meeting:m1"}'],
	['more than asked for', '{"subscribe":[],"tell":["meeting:m1"]}'],
	['no topic', '{"subscribe":["meeting"]}'],
	['bytes', Buffer.from('{"subscribe":[]}')]
])('%s closes with 4400', async (_, data) => {
	const eve = await new t.Raw('/live/events?person=eve').open();
	eve.socket.send(data);
	expect(await eve.closed).toBe(Close.malformed);
});

test('who asks too much or too often is closed', async () => {
	const eve = await new t.Raw('/live/events?person=eve').open();
	for (let time = 0; time < 150; time++) eve.socket.send('{}');
	expect(await eve.closed).toBe(Close.tooFast);
	const large = await new t.Raw('/live/events?person=eve').open();
	large.socket.send(JSON.stringify({ subscribe: Array(2000).fill(`meeting:${'x'.repeat(60)}`) }));
	expect(await large.closed).toBe(Close.tooLarge);
});

test('who asks for more topics than a page has is closed before they are judged; the same one twice is one', async () => {
	seen.add('anna/m1');
	const anna = await new t.Raw('/live/events?person=anna').open();
	anna.socket.send(JSON.stringify({ subscribe: Array(900).fill('meeting:m1') }));
	anna.socket.send(JSON.stringify({ subscribe: ['meeting:never'] }));
	await t.until(() => anna.said.length > 0);
	expect(anna.said).toEqual([{ refused: ['meeting:never'] }]);
	const many = Array.from({ length: 300 }, (_, at) => `meeting:other${at}`);
	anna.socket.send(JSON.stringify({ subscribe: many }));
	expect(await anna.closed).toBe(Close.tooFast);
	expect(anna.said).toHaveLength(1);
});
