import { describe, expect, test } from 'vitest';
import { holds, mark, type Part, readQuery, snippet, touches } from './search.ts';
import { equivalents } from './search/equivalents.ts';
import { fold, wordsOf } from './search/words.ts';

const finds = (asked: string, ...texts: string[]) => {
	const query = readQuery(asked);
	return query.length > 0 && holds(query, texts);
};
const shown = (parts: Part[]) => parts.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

describe('the two written norms', () => {
	test.each([
		['bustad', 'Søknad om kommunal bolig'],
		['bolig', 'Ledige bustader og bustader under utbetring'],
		['kommunebolig', 'Ein kommunebustad er ledig'],
		['leie', 'Rutine for leige'],
		['leiekontrakt', 'Leigekontrakt som går ut'],
		['leigekontraktar', 'Leiekontrakter går ut'],
		['leietaker', 'Kontakte leigetakarar'],
		['søker', 'Tre søkjarar ventar'],
		['søkje', 'Hvem kan søke?'],
		['ikke', 'Det er ikkje avgjort'],
		['enslig', 'Einsleg mindreårig'],
		['midlertidig botilbud', 'Gjennomgang av alle i mellombels butilbod'],
		['mellombels', 'Midlertidige boliger'],
		['tilråding', 'Innstilling I-051'],
		['vedtak', 'Kven gjer vedtaket?'],
		['fra', 'Kjem frå'],
		['enhet', 'Kva gjer eininga?'],
		['ansvarlig', 'Ansvarleg for saka'],
		['møteleder', 'Møteleiaren opna'],
		['veiledning', 'Avslag og rettleiing'],
		['utkastelse', 'Fare for utkasting'],
		['utkasting', 'Begjæring om utkastelse'],
		['tilpasning', 'Tilpassing av bustad'],
		['tilgjengelig', 'Finne tilgjengeleg bustad'],
		['hjemmebesøk', 'Første heimebesøk'],
		['bosetting', 'Tildeling ved busetjing']
	])('«%s» finds «%s»', (asked, text) => expect(finds(asked, text)).toBe(true));

	test.each([
		['bustad', 'Startlån'],
		['leder', 'Ledige rom'],
		['leie', 'Leiaren er sjuk'],
		['ikkje', 'Ikketidige']
	])('«%s» does not find «%s»', (asked, text) => expect(finds(asked, text)).toBe(false));

	test('whatever is meant by a word, the word itself is found', () => {
		for (const word of ['bustader', 'leigar', 'rettleiing', 'uventa', 'oss', 'ane', 'eining'])
			expect(equivalents(word).some((form) => word.startsWith(form.word))).toBe(true);
	});
});

test('capitals and accents say nothing; æ, ø and å are letters of their own', () => {
	expect(['Idé', 'ÅRSMØTE', 'Ære', 'Malmö', 'a\u030ar', 'naïv'].map(fold)).toEqual([
		'ide',
		'årsmøte',
		'ære',
		'malmo',
		'år',
		'naiv'
	]);
	expect(finds('IDE', 'Ein idé')).toBe(true);
	expect(finds('råd', 'Ein rad')).toBe(false);
	expect(finds('råd', 'Bustadsosialt ra\u030ad')).toBe(true);
});

describe('what is asked for', () => {
	test('every word must be there, its beginning is enough', () => {
		expect(finds('ledige bust', 'Ledige bustader')).toBe(true);
		expect(finds('ledige småhus', 'Ledige bustader')).toBe(false);
		expect(finds('ledige småhus', 'Ledige bustader', 'To småhus')).toBe(true);
	});

	test('words that say nothing are left out beside others, but not alone', () => {
		expect(finds('tilpassing av bustad', 'Bustad: tilpassing')).toBe(true);
		expect(finds('av', 'Tildeling av bustad')).toBe(true);
		expect(finds('av', 'Avslag')).toBe(false);
	});

	test.each([
		['S-K6YJ', 'Finne bustad til S-K6YJ', 'Finne bustad til S-K6YC'],
		['s-k6yj', 'S-K6YJ', 'S K6Y'],
		['S-BCDF', 'S-BCDF', 'S-BCDFG'],
		['BR 71/26', 'BR 71/26 S-G5MQ', 'BR 7/26'],
		['br 71/26', 'BR 71/26', 'OBG 71/26'],
		['71/26', 'BR 71/26', 'BR 71/27'],
		['O-15', 'O-15', 'O-150'],
		['o-5', 'O-05', 'O-50'],
		['BR-A12/26', 'BR-A12/26', 'BR-A1/26'],
		['B-101', 'spør om B-101 kan', 'B-1012']
	])('%s is found exactly', (asked, there, not) => {
		expect(finds(asked, there)).toBe(true);
		expect(finds(asked, not)).toBe(false);
	});

	test('nothing comes of nothing', () => {
		for (const text of ['', '  ', '"', '***', '()', '-', '\u0000', '«»', '😀'])
			expect(readQuery(text)).toEqual([]);
	});

	test('what is very long is read so far and no further', () => {
		expect(readQuery('ord '.repeat(10_000)).length).toBeLessThanOrEqual(8);
		expect(readQuery('a'.repeat(100_000))[0]![0]!.words[0]!.length).toBeLessThanOrEqual(200);
	});
});

describe('what is shown', () => {
	const query = readQuery('bolig kjøkken');

	test('words are marked as they were written', () => {
		expect(shown(mark(query, 'Bustaden: kjøkkenet, BUSTADER'))).toBe(
			'[Bustaden]: [kjøkkenet], [BUSTADER]'
		);
		expect(shown(mark(readQuery('BR 71/26'), 'BR 71/26 S-G5MQ'))).toBe('[BR 71/26] S-G5MQ');
	});

	test('markup is text', () => {
		const parts = mark(readQuery('bustad'), '<b>bustad</b> & <script>');
		expect(parts.map(({ text }) => text).join('')).toBe('<b>bustad</b> & <script>');
	});

	test('of a long text the part in which most of it stands', () => {
		const far = 'ord og '.repeat(100);
		const text = `Bustad. ${far}Her er bustad og kjøkken saman. ${far}`;
		const parts = snippet(query, text, 80);
		expect(shown(parts)).toContain('[bustad] og [kjøkken]');
		expect(shown(parts)).toMatch(/^… .+ …$/);
		expect(shown(parts).length).toBeLessThan(110);
		expect(shown(snippet(query, 'Kort\n\nbustad'))).toBe('Kort [bustad]');
	});

	test('one endless word is cut too', () => {
		const parts = snippet(readQuery('aaa'), 'a'.repeat(5000), 80);
		expect(parts.map(({ text }) => text).join('').length).toBeLessThan(100);
	});
});

test('one of the words is enough to touch a text', () => {
	expect(touches(readQuery('bustad kjøkken'), 'kjøkken')).toBe(true);
	expect(touches(readQuery('bustad kjøkken'), 'bad')).toBe(false);
});

test('words know where they stand', () => {
	expect(wordsOf('Ei øy')).toEqual([
		{ start: 0, end: 2, folded: 'ei' },
		{ start: 3, end: 5, folded: 'øy' }
	]);
});
