import { expect, test } from 'vitest';
import { languages } from '#lib/domain/language.ts';
import { Refusal, refusalNames } from '#lib/domain/refusal.ts';
import { speak } from '#lib/server/municipality/language.ts';
import { viewOf } from './refusals.ts';

const told = (reason: (typeof refusalNames)[number], place = {}) =>
	viewOf(new Refusal(reason, place));

test.each(languages)('every refusal has its words in %s', (language) => {
	for (const reason of refusalNames) {
		const { text } = speak(language, () => told(reason));
		expect(text.length, reason).toBeGreaterThan(5);
		expect(text).not.toContain(reason);
	}
});

test('three languages say it differently', () => {
	const texts = languages.map((language) =>
		speak(language, () => refusalNames.map((reason) => told(reason).text).join())
	);
	expect(new Set(texts).size).toBe(3);
});

test('a page gets the name, the field and the words', () => {
	const view = speak('en', () => told('missing_text', { field: 'reason' }));
	expect(view).toEqual({ reason: 'missing_text', field: 'reason', text: view.text });
});

test('items in which an identifier stands are named', () => {
	const view = speak('en', () => told('identifier_in_items', { items: ['BR 71/26', 'BR 72/26'] }));
	expect(view.text).toContain('BR 71/26, BR 72/26');
});
