import { describe, expect, test } from 'vitest';
import { procedureLists } from '#lib/server/defaults/case-handling.ts';
import {
	compose,
	dwellingOf,
	fitOf,
	fitRank,
	isSent,
	isShort,
	leaseText,
	type Parts,
	recommendationStatuses,
	recommended,
	unsettledStatuses
} from './recommendation.ts';

/** What a municipality begins with. */
const sentences = {
	nn: Object.fromEntries(procedureLists.sentence.map(([code, nn]) => [code, nn])),
	nb: Object.fromEntries(procedureLists.sentence.map(([code, , nb]) => [code, nb]))
};

const parts = (more: Partial<Parts> = {}): Parts => ({
	forum: 'Bustadrådet',
	urgent: false,
	outcome: 'allocate',
	dwelling: { kind: 'utleigebustad', bedrooms: 2, code: 'B-103' },
	months: 36,
	shorter: '',
	criteria: [],
	reasons: '',
	measures: [],
	wish: '',
	followUp: null,
	recused: [],
	minority: null,
	...more
});

describe('the council’s text', () => {
	test('of the least there can be says what is recommended, that nobody was disqualified, and that all agreed', () => {
		expect(compose(parts(), sentences.nn)).toBe(
			'Bustadrådet tilrår at søkjaren får leige utleigebustad med 2 soverom, kode B-103, for tre år. ' +
				'Ingen var inhabile. Samrøystes. Saka går til vedtak.'
		);
	});

	const whole = parts({
		months: 18,
		shorter: 'flyttar til eigen bustad i 2028.',
		criteria: [
			{ name: 'har butid', finding: 'met', reason: 'dokumentert' },
			{ name: 'har fylt 18 år', finding: 'met', reason: '' },
			{ name: 'har låg inntekt', finding: 'not_met', reason: '' },
			{ name: 'bumiljøet er vurdert', finding: 'not_relevant', reason: '' }
		],
		reasons: 'ventar barn. ',
		measures: ['startlån', 'bustønad', 'tilpassing'],
		wish: 'nær skule',
		followUp: { unit: 'Heimetenester', level: 'litt oppfølging' },
		recused: ['Eirik Tenkjevoll'],
		minority: { names: ['Mariann Dømestad'], reason: 'treng tre soverom' }
	});

	test.each([
		['nn', 'Eirik Tenkjevoll og Berit Skissdal var inhabile og var ikkje med.'],
		['nb', 'Eirik Tenkjevoll og Berit Skissdal var inhabile og deltok ikke.']
	] as const)('says of two that they were disqualified, in %s', (language, words) => {
		const both = parts({ recused: ['Eirik Tenkjevoll', 'Berit Skissdal'] });
		expect(compose(both, sentences[language])).toContain(words);
	});

	test('of one says it in the singular, and of two where a municipality has no other sentence', () => {
		const { recused_several: _, ...fewer } = sentences.nn;
		const both = parts({ recused: ['Eirik Tenkjevoll', 'Berit Skissdal'] });
		expect(compose(both, fewer)).toContain('og Berit Skissdal var inhabil og');
		const one = parts({ recused: ['Eirik Tenkjevoll'] });
		expect(compose(one, sentences.nn)).toContain('Eirik Tenkjevoll var inhabil og var ikkje med.');
	});

	test('says everything that there is, in its order, in nynorsk', () => {
		const text = compose(whole, sentences.nn);
		const order = [
			'for 18 månader.',
			'Leigetida er kortare enn vanleg, jf. husleigelova § 11-1: flyttar til eigen bustad i 2028.',
			'har butid (dokumentert) og har fylt 18 år.',
			'har låg inntekt.',
			'ventar barn.',
			'startlån, bustønad og tilpassing.',
			'nær skule.',
			'Heimetenester følgjer opp: litt oppfølging.',
			'Eirik Tenkjevoll',
			'Mindretal (Mariann Dømestad): treng tre soverom.',
			'Saka går til vedtak.'
		].map((words) => [words, text.indexOf(words)] as const);
		for (const [words, place] of order) expect(place, words).toBeGreaterThanOrEqual(0);
		const places = order.map(([, place]) => place);
		expect(places).toEqual(places.toSorted((a, b) => a - b));
		expect(text).not.toContain('bumiljøet');
		expect(text).not.toContain('Samrøystes');
		expect(text).not.toContain('..');
	});

	test('and in bokmål, with the municipality’s own sentences', () => {
		const text = compose(whole, sentences.nb);
		expect(text).toContain('tilrår at søkeren får leie utleigebustad med 2 soverom');
		expect(text).toContain('for 18 måneder.');
		expect(text).toContain('Leietiden er kortere enn vanlig');
		expect(text).not.toMatch(/søkjar|kortare|månader|Saka går/);
	});

	test.each(recommended)(
		'of «%s» has a sentence in both, with nothing left to fill in',
		(outcome) => {
			for (const language of ['nn', 'nb'] as const) {
				const text = compose(parts({ outcome }), sentences[language]);
				expect(text).toMatch(/^Bustadrådet \p{L}/u);
				expect(text).not.toMatch(/[{}]|undefined| {2}/);
			}
		}
	);

	test('of what is put off does not go on to a ruling', () => {
		expect(compose(parts({ outcome: 'put_off' }), sentences.nn)).not.toContain('Saka går');
	});
});

describe('the length of a lease', () => {
	test.each([
		[12, 'eitt år', 'ett år'],
		[36, 'tre år', 'tre år'],
		[60, '5 år', '5 år'],
		[18, '18 månader', '18 måneder'],
		[null, '', '']
	])('%s months: «%s», «%s»', (months, nn, nb) => {
		expect(leaseText(months, sentences.nn)).toBe(nn);
		expect(leaseText(months, sentences.nb)).toBe(nb);
	});

	test('is short under what leases ordinarily have, and never when there is none', () => {
		expect([35, 36, 37, null].map((months) => isShort(months, 36))).toEqual([
			true,
			false,
			false,
			false
		]);
	});
});

test('a dwelling is kept for what lets one, and the own one is told from a vacant one', () => {
	expect(Object.fromEntries(recommended.map((one) => [one, dwellingOf(one)]))).toEqual({
		allocate: 'vacant',
		exchange: 'vacant',
		reserve: 'vacant',
		extend: 'own',
		adapt: null,
		other_help: null,
		refuse: null,
		put_off: null
	});
});

test('what fits comes before what is too large, what is too large before what is not free, what is too small last', () => {
	const needs = { bedrooms: '2', accessible: true };
	const rank = (bedrooms: number, accessible: boolean, freeFrom: string | null) =>
		fitRank(fitOf(needs, { bedrooms, accessible, freeFrom }, '2026-11-23'));
	const ranks = [
		rank(2, true, null),
		rank(2, true, '2026-12-01'),
		rank(3, true, null),
		rank(2, false, null),
		rank(1, true, null)
	];
	expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
	expect(new Set(ranks).size).toBe(ranks.length);
	expect(rank(2, true, '2026-11-23')).toBe(rank(2, true, null));
});

test('who rules sees it once it is sent; it is settled once it is ruled on', () => {
	expect(recommendationStatuses.filter(isSent)).toEqual(['sent', 'settled']);
	expect(unsettledStatuses).toEqual(['adopted', 'sent']);
});
