import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { caseTextOf } from './agenda.ts';
import {
	paragraphsOf,
	recommendationTextOf,
	replaceWords,
	touchesRecommendation,
	wordsOf
} from './recommendation-text.ts';

function element(
	name: string,
	...children: (Y.XmlElement | Y.XmlText)[]
): Y.XmlElement<{ start: number }> {
	const made = new Y.XmlElement<{ start: number }>(name);
	made.insert(0, children);
	return made;
}
const paragraph = (text: string) => element('paragraph', new Y.XmlText(text)) as Y.XmlElement;
const item = (...children: Y.XmlElement[]) => element('listItem', ...children) as Y.XmlElement;
const list = (name: string, ...items: Y.XmlElement[]) => element(name, ...items) as Y.XmlElement;

function textOf(...nodes: Y.XmlElement[]): Y.XmlFragment {
	const fragment = recommendationTextOf(new Y.Doc());
	fragment.insert(0, nodes);
	return fragment;
}

describe('the words of a text', () => {
	test('are a line a paragraph, without those that say nothing', () => {
		expect(wordsOf(textOf(paragraph('Rådet tilrår.'), paragraph('  '), paragraph('To. ')))).toBe(
			'Rådet tilrår.\nTo.'
		);
		expect(wordsOf(textOf())).toBe('');
	});

	test('keep the marks of lists, also of lists in lists', () => {
		const numbered = element('orderedList', item(paragraph('ein')), item(paragraph('to')));
		const fragment = textOf(
			paragraph('Vilkår:'),
			list(
				'bulletList',
				item(paragraph('bur trongt'), paragraph('og kaldt')),
				item(paragraph('har'), numbered as Y.XmlElement)
			)
		);
		numbered.setAttribute('start', 3);
		expect(wordsOf(fragment).split('\n')).toEqual([
			'Vilkår:',
			'– bur trongt',
			'  og kaldt',
			'– har',
			'  3. ein',
			'  4. to'
		]);
	});

	test('put back are the same words', () => {
		const words = 'Rådet tilrår.\nSamrøystes.';
		const fragment = textOf(...paragraphsOf(words));
		expect(wordsOf(fragment)).toBe(words);
		fragment.doc!.transact(() => replaceWords(fragment, 'Noko anna.'));
		expect(wordsOf(fragment)).toBe('Noko anna.');
	});
});

test('a transaction that writes in the text, or takes something out of it, is told from one that does not', () => {
	const doc = new Y.Doc();
	const fragment = recommendationTextOf(doc);
	const touches = (verb: () => void) => {
		let found = false;
		doc.transact((transaction) => {
			verb();
			found = touchesRecommendation(doc, transaction);
		});
		return found;
	};
	expect(touches(() => fragment.insert(0, [paragraph('Rådet')]))).toBe(true);
	const words = () => (fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText;
	expect(touches(() => words().insert(0, 'x'))).toBe(true);
	expect(touches(() => words().delete(0, 1))).toBe(true);
	expect(touches(() => caseTextOf(doc).insert(0, [paragraph('Referat')]))).toBe(false);
	expect(touches(() => fragment.delete(0, 1))).toBe(true);
});
