import { expect, test } from 'vitest';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { Presence } from './presence.svelte.ts';

function others(...states: Record<string, unknown>[]) {
	const mine = new Awareness(new Y.Doc());
	const presence = new Presence(mine);
	for (const state of states) {
		const theirs = new Awareness(new Y.Doc());
		theirs.setLocalState(state);
		applyAwarenessUpdate(mine, encodeAwarenessUpdate(theirs, [theirs.clientID]), 'test');
		theirs.destroy();
	}
	mine.destroy();
	return { presence, mine };
}

const kari = { id: 'p1', name: 'Kari', colour: '#1b5e20' };
const ola = { id: 'p2', name: 'Ola', colour: '#0d47a1' };

test('others are seen with the item they are at, and oneself is not', () => {
	const { presence } = others({ user: kari, item: 'i1' }, { user: ola });
	expect(presence.people.map(({ name, item }) => [name, item])).toEqual([
		['Kari', 'i1'],
		['Ola', null]
	]);
});

test('a person with two tabs is one person, at the item of either', () => {
	const { presence } = others(
		{ user: kari },
		{ user: kari, item: 'i1' },
		{ user: kari, item: 'i2' }
	);
	expect(presence.people).toHaveLength(3);
	expect(presence.persons).toHaveLength(1);
	expect(presence.persons[0]?.item).not.toBeNull();
	expect(presence.at('i1').map(({ name }) => name)).toEqual(['Kari']);
	expect(presence.at('i3')).toEqual([]);
});

test('a state that the server has not vouched for is left out, and a colour that is none is not used', () => {
	const { presence } = others(
		{ cursor: {} },
		{ user: { name: 'X' } },
		{ user: { ...ola, colour: 'red;x' } }
	);
	expect(presence.people.map(({ name, colour }) => [name, colour])).toEqual([['Ola', '']]);
});

test('going to an item keeps the rest of what one has told', () => {
	const awareness = new Awareness(new Y.Doc());
	awareness.setLocalStateField('cursor', { anchor: 1 });
	new Presence(awareness).goTo('i1');
	expect(awareness.getLocalState()).toEqual({ cursor: { anchor: 1 }, item: 'i1' });
	awareness.destroy();
});
