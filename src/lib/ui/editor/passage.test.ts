import { getSchema } from '@tiptap/core';
import { EditorState, TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import { textExtensions } from './extensions.ts';
import { labels, mention } from './mentions.ts';
import { passage } from './passage.ts';

const labelOf = labels([{ kind: 'person', id: 'p', label: 'Kari Nordmann' }]);
const schema = getSchema([...textExtensions, mention(labelOf)]);
const doc = schema.nodeFromJSON({
	type: 'doc',
	content: [
		{ type: 'paragraph', content: [{ type: 'text', text: 'Først dette.' }] },
		{
			type: 'paragraph',
			content: [
				{ type: 'mention', attrs: { kind: 'person', id: 'p' } },
				{ type: 'text', text: '  ringer om ' },
				{ type: 'mention', attrs: { kind: 'case', id: 'c' } },
				{ type: 'text', text: ' ' }
			]
		}
	]
});

function select(from: number, to = from): EditorState {
	const state = EditorState.create({ doc });
	return state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to)));
}

test('with nothing selected it is the paragraph, with labels for those who may be named', () => {
	expect(passage(select(2), labelOf)).toBe('Først dette.');
	expect(passage(select(18), labelOf)).toBe('Kari Nordmann ringer om S-····');
});

test('otherwise it is what is selected, as one line', () => {
	expect(passage(select(7, 16), labelOf)).toBe('dette. Kari Nordmann');
});

test('a text consists of these, and the server’s check of the shape allows the same', () => {
	expect(Object.keys(schema.nodes).sort()).toEqual([
		'bulletList',
		'doc',
		'heading',
		'listItem',
		'mention',
		'orderedList',
		'paragraph',
		'text'
	]);
	expect(Object.keys(schema.marks).sort()).toEqual(['bold', 'italic', 'link']);
	const attributes = (name: string) => Object.keys(schema.nodes[name]?.spec.attrs ?? {});
	expect(attributes('heading')).toEqual(['level']);
	expect(attributes('orderedList')).toEqual(['start']);
	expect(attributes('mention')).toEqual(['kind', 'id']);
	expect(Object.keys(schema.marks.link?.spec.attrs ?? {})).toEqual(['href']);
});
