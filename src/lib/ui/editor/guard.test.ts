import { getSchema } from '@tiptap/core';
import { EditorState } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { describe, expect, test } from 'vitest';
import { completesIdentifier } from '#lib/domain/identifiers.ts';
import { textExtensions } from './extensions.ts';
import { guard } from './guard.ts';
import { mention } from './mentions.ts';

const schema = getSchema([...textExtensions, mention(() => '')]);

describe('the guard', () => {
	function editor(...lines: string[]) {
		let found = 0;
		let read: string[] = [];
		const identifierCheck: typeof completesIdentifier = (before, now, ...rest) => {
			read = [...before, ...now];
			return completesIdentifier(before, now, ...rest);
		};
		const plugins = guard(
			identifierCheck,
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
			link(from: number, to: number, href: string) {
				const mark = schema.mark('link', { href });
				state = state.applyTransaction(state.tr.addMark(from, to, mark)).state;
			},
			read: () => read,
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

	test('reads the lines that an edit touches, and no others', () => {
		const one = editor('Om 13097248022.', 'Ho bur i Prøvevege', 'Meir.');
		one.type(36, 'n');
		expect(one.text()).toContain('Prøvevegen\n');
		expect(one.read()).toEqual(['Ho bur i Prøvevege', 'Ho bur i Prøvevegen']);
	});

	test('lets somebody take away, letter by letter, what stood there', () => {
		const one = editor('Bur i Prøvevegen 123');
		one.remove(19, 20);
		expect(one.text()).toBe('Bur i Prøvevegen 13');
		one.remove(19, 20);
		expect(one.text()).toBe('Bur i Prøvevegen 1');
		expect(one.found()).toBe(0);
	});

	test('stops a link that leads to one person', () => {
		const one = editor('Ring sakshandsamaren');
		one.link(6, 21, 'https://example.no/rutine');
		expect(one.read()).toContain('https://example.no/rutine');
		expect(one.found()).toBe(0);
		one.link(6, 21, 'tel:+4791234567');
		one.link(6, 21, 'mailto:kari.prove@example.no');
		expect(one.found()).toBe(2);
	});
});
