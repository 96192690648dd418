import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { caseTextOf } from '#lib/domain/agenda.ts';
import { Close, Message, Sync } from '#lib/domain/wire.ts';
import { Chance } from '../../../../tests/faults/chance.ts';
import { costlyKinds, costlyUpdate } from '../../../../tests/faults/costly.ts';
import * as rooms from './rooms.ts';
import * as t from './testing.ts';
import { TurnBudget } from './turn-budget.ts';
import { weighed } from './update-cost.ts';

t.useEngine();

const chance = new Chance(20261125);

/**
 * A text of so many letters, each put where it is by chance, so that no two of them are one
 * struct.
 */
function scattered(letters: number): Y.Doc {
	const doc = new Y.Doc();
	const paragraph = new Y.XmlElement('paragraph');
	const text = new Y.XmlText();
	caseTextOf(doc).insert(0, [paragraph]);
	paragraph.insert(0, [text]);
	for (let at = 0; at < letters; at++) text.insert(chance.below(Math.min(at + 1, 400)), 'x');
	return doc;
}

test('every kind of content is counted and none is misread', () => {
	const doc = new Y.Doc();
	doc.getMap('a').set('value', { list: [1, null, 'to', new Uint8Array(3)], truth: true });
	doc.getArray('b').insert(0, [1, 2, 3, 'fire', new Uint8Array(5), new Y.Map(), new Y.Doc()]);
	doc.getText('c').insert(0, 'æøå');
	doc.getText('c').insertEmbed(1, { picture: 'x' });
	doc.getText('c').format(0, 2, { bold: true });
	doc.getXmlFragment('d').insert(0, [new Y.XmlElement('p'), new Y.XmlText('t')]);
	doc.getMap('e').set('hook', new Y.XmlHook('h'));
	doc.getArray('b').delete(1, 2);
	const update = Y.encodeStateAsUpdate(doc);
	expect(weighed(update)).toBeGreaterThan(15);
	expect(weighed(update)).toBeLessThan(60);
	// Were anything misread, what follows it would be too: the end of it is where the update ends.
	expect(() => weighed(update.slice(0, -1))).toThrow('4400');
});

test('an hour of writing without a net, a long paste and a text brought back are nothing out of the way', () => {
	const long = new Y.Doc();
	for (let at = 0; at < 600; at++)
		caseTextOf(long).insert(at, [new Y.XmlElement('paragraph'), new Y.XmlText('x'.repeat(100))]);
	expect(weighed(Y.encodeStateAsUpdate(long))).toBeLessThan(5000);
	expect(weighed(Y.encodeStateAsUpdate(scattered(18_000)))).toBeLessThan(25_000);
});

test.each(costlyKinds)(
	'a frame made to be dear closes with 4413 and nothing of it stays: %s',
	async (kind) => {
		const name = t.newDocument('item', { anna: 'write', eve: 'write' });
		const anna = await new t.Person(name, 'anna').synced();
		caseTextOf(anna.doc).insert(0, [new Y.XmlElement('paragraph')]);
		await anna.saved();
		const eve = await t.Raw.to(name, 'eve').open();
		eve.send(Message.sync, Sync.update, costlyUpdate(chance, kind));
		eve.send(Message.ack, 1);
		expect(await eve.closed).toBe(Close.tooLarge);
		expect(eve.of(Message.ack)).toEqual([]);
		for (const doc of [t.onDisk(name), rooms.read(name, (live) => live), anna.doc])
			expect(caseTextOf(doc).length).toBe(1);
		expect(anna.closings).toEqual([]);
	}
);

test('a document takes no more structs than can be read in a moment, and stays as it was', async () => {
	const name = t.newDocument('item', { eve: 'write' });
	const structs = () => {
		const { clients } = rooms.read(name, (doc) => doc.store);
		return [...clients.values()].reduce((sum, one) => sum + one.length, 0);
	};
	const send = async (many: number) => {
		const eve = await t.Raw.to(name, 'eve').open();
		eve.send(Message.sync, Sync.update, costlyUpdate(chance, 'letters each before the last', many));
		eve.send(Message.ack, 1);
		await t.until(() => eve.of(Message.ack).length === 1 || eve.socket.readyState > 1);
		return eve;
	};
	for (let time = 0; time < 3; time++) (await send(24_000)).leave();
	const before = structs();
	expect(before).toBeGreaterThan(70_000);
	expect(await (await send(8_200)).closed).toBe(Close.tooLarge);
	expect(await (await send(20_000)).closed).toBe(Close.tooLarge);
	expect(structs()).toBe(before);
});

test('who brings much at a time, again and again, is sent away for a while with 4529', async () => {
	const name = t.newDocument('item', { eve: 'write' });
	const eve = await t.Raw.to(name, 'eve').open();
	for (let time = 0; time < 4; time++)
		eve.send(
			Message.sync,
			Sync.update,
			costlyUpdate(chance, 'letters typed one after the other', 20_000)
		);
	expect(await eve.closed).toBe(Close.tooFast);
});

test('a turn takes in one dear update or several cheap ones, and the first whatever it is', () => {
	const [dear, cheap] = [25_000, 10];
	const turn = new TurnBudget();
	expect(turn.has(dear)).toBe(true);
	expect(turn.has(cheap)).toBe(false);
	const other = new TurnBudget();
	expect([other.has(cheap), other.has(cheap), other.has(dear)]).toEqual([true, true, false]);
});

test('what a turn had no time for comes in the next, in the order in which it was sent, and a flush takes it all', async () => {
	const name = t.newDocument('item', { eve: 'write' });
	const other = t.newDocument('item', { bo: 'write' });
	const eve = await t.Raw.to(name, 'eve').open();
	const bo = await new t.Person(other, 'bo').synced();
	for (let time = 1; time <= 2; time++) {
		const update = costlyUpdate(chance, 'letters typed one after the other', 20_000);
		eve.send(Message.sync, Sync.update, update);
		eve.send(Message.ack, time);
	}
	caseTextOf(bo.doc).insert(0, [new Y.XmlElement('paragraph')]);
	await bo.saved();
	await t.until(() => eve.of(Message.ack).length === 2);
	expect(t.rowsOf(name)).toBe(2);
	expect(rooms.read(name, (doc) => caseTextOf(doc).length)).toBe(2);
});

test('what was written without a net in a passage that is gone meanwhile is taken in, and is nothing', async () => {
	const name = t.newDocument('item', { anna: 'write', bo: 'write' });
	const [anna, bo] = [new t.Person(name, 'anna'), new t.Person(name, 'bo')];
	await Promise.all([anna.synced(), bo.synced()]);
	const paragraph = new Y.XmlElement('paragraph');
	const text = new Y.XmlText('Går bort');
	caseTextOf(anna.doc).insert(0, [paragraph]);
	paragraph.insert(0, [text]);
	await anna.saved();
	await t.until(() => caseTextOf(bo.doc).length === 1);
	const [there] = caseTextOf(bo.doc).toArray() as Y.XmlElement[];
	bo.provider.disconnect();
	caseTextOf(anna.doc).delete(0, 1);
	await anna.saved();
	const letters = there!.get(0) as Y.XmlText;
	for (let at = 0; at < 5; at++) letters.insert(2 * at + 1, 'x');
	bo.provider.connect();
	await bo.synced();
	await bo.saved();
	expect(bo.closings).not.toContain(Close.malformed);
	expect(t.faults).toEqual([]);
	expect(rooms.read(name, (doc) => caseTextOf(doc).length)).toBe(0);
});
