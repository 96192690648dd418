import { expect, test } from 'vitest';
import { findMatch, matching } from './triggers.ts';

test('@ offers people and units, with names of several words', () => {
	expect(findMatch('@')).toEqual({ trigger: '@', query: '', length: 1 });
	expect(findMatch('Spør @kar')).toEqual({ trigger: '@', query: 'kar', length: 4 });
	expect(findMatch('(@Kari Nordm')).toEqual({ trigger: '@', query: 'Kari Nordm', length: 11 });
	expect(findMatch('@Åse-Marie')?.query).toBe('Åse-Marie');
});

test('S- offers cases, in small letters too', () => {
	expect(findMatch('Sak s-n9')).toEqual({ trigger: 'S-', query: 's-n9', length: 4 });
	expect(findMatch('S-')).toEqual({ trigger: 'S-', query: 'S-', length: 2 });
});

test('/ offers what can be put in', () => {
	expect(findMatch('Ring drosjen /opp')).toEqual({ trigger: '/', query: 'opp', length: 4 });
});

test('behind a letter, or once there is more than a name, nothing is offered', () => {
	for (const text of [
		'post@ks',
		'og/eller',
		'USS-N',
		'@a b c d',
		'/opp ',
		'S-N9CL2',
		'S-N9CL ',
		'1/2',
		''
	]) {
		expect(findMatch(text), text).toBeNull();
	}
});

test('what begins as the query comes first, then what has a word that does, then what is known by its hint', () => {
	const all = [
		{ label: 'Ola Kleppe', hint: 'Kundetorget' },
		{ label: 'Per Ås', hint: 'Kundetorget' },
		{ label: 'Kundetorget' },
		{ label: 'Eigedom' }
	];
	expect(matching(all, 'k').map(({ label }) => label)).toEqual([
		'Kundetorget',
		'Ola Kleppe',
		'Per Ås'
	]);
	expect(matching(all, 'ås').map(({ label }) => label)).toEqual(['Per Ås']);
	expect(matching(all, 'leppe')).toEqual([]);
	expect(matching(all, '', 2)).toHaveLength(2);
});
