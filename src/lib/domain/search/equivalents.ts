/*
 * How the same thing is said in the other written norm, or by another word of the field. By hand, and short: what follows a rule
 * (-leg/-lig, -heit/-het, endings) is a rule below.
 */

/** Beginnings and middles of words: «kommunebolig» is «kommunebustad». */
const stems: readonly (readonly string[])[] = [
	['bustad', 'bolig'],
	['leige', 'leie'],
	['leigar', 'leier'],
	['søkj', 'søk'],
	['søknad', 'søknad'],
	['einsleg', 'enslig'],
	['mellombels', 'midlertidig', 'mellombel'],
	['innstilling', 'tilråding', 'tilråing', 'tilrådning'],
	['eining', 'enhet'],
	['ansvarleg', 'ansvarlig'],
	['leiar', 'leder'],
	['butilbod', 'botilbud', 'butilbud'],
	['tilbod', 'tilbud'],
	['rettlei', 'veiled', 'rettled'],
	['utkasting', 'utkastelse'],
	['tilpassing', 'tilpasning'],
	['tilvising', 'tilvisning', 'henvisning'],
	['oppfølging', 'oppfølgning'],
	['utskriving', 'utskrivning'],
	['tildeling', 'tildeling'],
	['forlenging', 'forlengelse'],
	['endring', 'forandring'],
	['innkalling', 'innkallelse'],
	['avgjerd', 'avgjørelse', 'beslutning'],
	['vurdering', 'vurdering'],
	['sakliste', 'saksliste', 'dagsorden'],
	['heimebesøk', 'hjemmebesøk'],
	['heimeteneste', 'hjemmetjeneste'],
	['heim', 'hjem'],
	['teneste', 'tjeneste'],
	['flyktning', 'flykning'],
	['sjukehus', 'sykehus'],
	['sjuk', 'syk'],
	['naudsynt', 'nødvendig'],
	['behov', 'trong'],
	['hushald', 'husholdning', 'husstand'],
	['burettslag', 'borettslag'],
	['bustøtte', 'bostøtte'],
	['bufellesskap', 'bofellesskap'],
	['buoppfølging', 'booppfølging'],
	['buopplæring', 'boopplæring'],
	['bueining', 'boenhet'],
	['tilskot', 'tilskudd'],
	['startlån', 'startlån'],
	['sakshandsam', 'saksbehandl'],
	['handsam', 'behandl'],
	['oversikt', 'oversyn'],
	['oppseiing', 'oppsigelse'],
	['varsel', 'varsling'],
	['fråvær', 'fravær'],
	['fråsegn', 'uttalelse', 'uttale'],
	['vedlikehald', 'vedlikehold'],
	['utbetring', 'utbedring'],
	['busetjing', 'busetting', 'bosetting'],
	['økonomigjennomgang', 'økonomigjennomgang'],
	['kjøkken', 'kjøken'],
	['rullestol', 'rullestol'],
	['tilgjenge', 'tilgjenge'],
	['ventetid', 'ventetid'],
	['habilitet', 'habilitet', 'ugild'],
	['inhabil', 'ugild'],
	['samrøystes', 'enstemmig'],
	['røyst', 'stem'],
	['møtebok', 'referat', 'møteprotokoll'],
	['nøkkel', 'nøklar', 'nøkler'],
	['påmelding', 'påmelding'],
	['program', 'programm'],
	['frist', 'tidsfrist'],
	['oppgåve', 'oppgave'],
	['løysing', 'løsning'],
	['løysning', 'løsning'],
	['utgreiing', 'utredning'],
	['kjøp', 'kjøp'],
	['barnefamilie', 'barnefamilie'],
	['ungdom', 'unge'],
	['eldre', 'gamle'],
	['kvart', 'hvert']
];

/** Whole words only: too short, or too common a beginning, to stand for more. */
const wholes: readonly (readonly string[])[] = [
	['ikkje', 'ikke'],
	['frå', 'fra'],
	['kva', 'hva'],
	['kven', 'hvem'],
	['korleis', 'hvordan'],
	['kvifor', 'hvorfor'],
	['når', 'naar'],
	['meir', 'mer'],
	['fleire', 'flere'],
	['mange', 'mange'],
	['berre', 'bare'],
	['saman', 'sammen'],
	['vidare', 'videre'],
	['tidlegare', 'tidligere'],
	['seinare', 'senere'],
	['veke', 'uke'],
	['veker', 'uker'],
	['månad', 'måned'],
	['månader', 'måneder'],
	['ledig', 'tom'],
	['eige', 'eie'],
	['eigar', 'eier'],
	['gjere', 'gjøre'],
	['gjer', 'gjør'],
	['avslag', 'nei']
];

/** How the end of a stem differs between the norms. */
const endings: readonly (readonly [string, string])[] = [
	['leg', 'lig'],
	['heit', 'het'],
	['sam', 'som'],
	['else', 'ing'],
	['ning', 'ing']
];

/** What is bent at the end of a word, the longest first. */
const bent = ['arane', 'erane', 'erne', 'ane', 'ene', 'ast', 'est', 'are', 'ere'].concat([
	'ar',
	'er',
	'en',
	'et',
	'a',
	'e',
	'r',
	't',
	'n'
]);

/** Fewer letters than this say too little to be a stem. */
const shortest = 4;

/**
 * The beginnings that words for the same thing have, this folded word's own first. Each is the beginning of a word that may go
 * on.
 */
export function equivalents(word: string): string[] {
	const whole = wholes.find((group) => group.includes(word));
	if (whole) return [...whole];
	const found = new Set<string>();
	for (const form of [word, stemOf(word)]) {
		found.add(form);
		for (const other of inOtherWords(form)) found.add(other);
		for (const other of [...found]) for (const ending of otherEndings(other)) found.add(ending);
	}
	return withoutLonger([...found]).slice(0, 12);
}

/** The word without its bending, but never shorter than a stem that is known. */
function stemOf(word: string): string {
	const known = memberIn(word)?.member;
	const least = Math.max(shortest, known ? word.indexOf(known) + known.length : 0);
	const ending = bent.find((end) => word.endsWith(end) && word.length - end.length >= least);
	return ending ? word.slice(0, -ending.length) : word;
}

function inOtherWords(word: string): string[] {
	const known = memberIn(word);
	if (!known) return [];
	return known.group.map((other) => word.replace(known.member, other));
}

/** The longest known stem in the word: a short one only at its beginning. */
function memberIn(word: string): { group: readonly string[]; member: string } | null {
	let best: { group: readonly string[]; member: string } | null = null;
	for (const group of stems)
		for (const member of group) {
			const at = word.indexOf(member);
			const fits = at === 0 || (at > 0 && member.length >= 5);
			if (fits && member.length > (best?.member.length ?? 0)) best = { group, member };
		}
	return best;
}

function otherEndings(word: string): string[] {
	const found: string[] = [];
	for (const pair of endings)
		for (const [from, to] of [pair, [pair[1], pair[0]] as const])
			if (word.endsWith(from) && word.length - from.length >= 3)
				found.push(word.slice(0, -from.length) + to);
	return found;
}

/** A beginning of another one finds all that the other finds. */
function withoutLonger(words: string[]): string[] {
	return words.filter((word) => !words.some((other) => other !== word && word.startsWith(other)));
}
