import { getSchema } from '@tiptap/core';
import { EditorState } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { describe, expect, test } from 'vitest';
import { plainWords } from '#lib/domain/rich-text.ts';
import { guard, plainExtensions } from './plain.ts';

const schema = getSchema(plainExtensions);

test('the editor writes exactly what the server takes in, to the last attribute', () => {
	const written = Object.entries(schema.nodes).filter(([name]) => name !== 'text');
	const taken = [...plainWords.nodes].map(([name, shape]) => [
		name || 'doc',
		Object.keys(shape.attributes)
	]);
	expect(written.map(([name, type]) => [name, Object.keys(type.spec.attrs ?? {})]).sort()).toEqual(
		taken.sort()
	);
	expect(Object.keys(schema.marks)).toEqual([]);
	expect(plainWords.marks).toBeNull();
});

describe('the guard', () => {
	function editor(...lines: string[]) {
		let found = 0;
		const plugins = guard(
			(stopped) => (found += Number(stopped))
		).config.addProseMirrorPlugins!.call({} as never);
		const doc = schema.node(
			'doc',
			null,
			lines.map((line) => schema.node('paragraph', null, line ? [schema.text(line)] : []))
		);
		let state = EditorState.create({ doc, plugins });
		return {
			type(at: number, words: string, meta?: object) {
				const transaction = state.tr.insertText(words, at);
				if (meta) transaction.setMeta(ySyncPluginKey, meta);
				state = state.applyTransaction(transaction).state;
			},
			remove(from: number, to: number) {
				state = state.applyTransaction(state.tr.delete(from, to)).state;
			},
			text: () => state.doc.textBetween(0, state.doc.content.size, '\n'),
			found: () => found
		};
	}

	test('stops the keystroke that completes a number of a person, and lets all before it be', () => {
		const one = editor('');
		for (const [place, digit] of [...'13097248022'].entries()) one.type(1 + place, digit);
		expect(one.text()).toBe('1309724802');
		expect(one.found()).toBe(1);
		one.type(1, 'Sak ');
		expect(one.text()).toBe('Sak 1309724802');
	});

	test('stops what is pasted whole, and two halves that are joined', () => {
		const one = editor('Bur i ', 'Prøvevegen 12');
		expect(one.found()).toBe(0);
		one.type(7, '13097248022');
		expect(one.text()).toBe('Bur i \nPrøvevegen 12');
		expect(one.found()).toBe(1);
		const halves = editor('130972', '48022');
		halves.remove(7, 9);
		expect(halves.text()).toBe('130972\n48022');
	});

	test('judges neither what others write nor what stood there', () => {
		const one = editor('Bur i Prøvevegen 12');
		one.type(1, 'Søkjaren. ');
		expect(one.text()).toBe('Søkjaren. Bur i Prøvevegen 12');
		one.type(1, '13097248022 ', { isChangeOrigin: true });
		expect(one.text()).toContain('13097248022');
		expect(one.found()).toBe(0);
	});
});
