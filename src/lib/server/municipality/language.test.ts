import { expect, test } from 'vitest';
import { m } from '#lib/i18n/paraglide/messages.js';
import { isLanguage, readLanguage, speak } from './language.ts';

test('the first wish that is a language of ours is fulfilled; nynorsk when none is', () => {
	expect(readLanguage(null, 'de', 'en', 'nb')).toBe('en');
	expect(readLanguage('NB', undefined, '')).toBe('nn');
	expect(readLanguage()).toBe('nn');
});

test('three languages are ours', () => {
	expect(['nn', 'nb', 'en', 'no', 'nn-NO', null, 3].map(isLanguage)).toEqual([
		true,
		true,
		true,
		false,
		false,
		false,
		false
	]);
});

test('what is done in a language is in it, whatever is done meanwhile in another', async () => {
	const say = () => m.nav_actions();
	const [english, nynorsk] = [speak('en', say), speak('nn', say)];
	expect(english).not.toBe(nynorsk);
	const later = speak('en', async () => {
		await Promise.resolve();
		return say();
	});
	expect(speak('nn', say)).toBe(nynorsk);
	expect(await later).toBe(english);
	expect(speak('nn', () => speak('en', say) + say())).toBe(english + nynorsk);
});
