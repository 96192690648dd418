/*
 * How the same thing is said in the other written norm, or by another word of the field. By hand,
 * and short: what follows a rule (-leg/-lig, -heit/-het, endings) is a rule below.
 */

/**
 * Beginnings of words, and from five letters on their middles too: «kommunebolig» is
 * «kommunebustad».
 */
const stems = table(`
	bustad bolig
	leige leie
	leigar leier
	søkj søk
	einsleg enslig
	mellombels midlertidig
	innstilling tilråding tilrådning
	eining enhet
	leiar leder
	butilbod botilbud butilbud
	bustøtte bostøtte
	bufellesskap bofellesskap
	buoppfølging booppfølging
	buopplæring boopplæring
	tilbod tilbud
	tilskot tilskudd
	tilsyn oppsyn
	rettlei veiled rettled
	rådgjev rådgiv
	utkasting utkastelse
	tilpassing tilpasning
	tilvising tilvisning henvisning
	utskriving utskrivning
	utbetring utbedring
	utgreiing utredning
	forlenging forlengelse
	innkalling innkallelse
	oppseiing oppsigelse
	avgjerd avgjørelse
	vedlikehald vedlikehold
	hushald husholdning husstand
	busetjing busetting bosetting
	sakliste saksliste dagsorden
	sakshandsam saksbehandl
	handsam behandl
	heimebesøk hjemmebesøk
	heimeteneste hjemmetjeneste
	teneste tjeneste
	heime hjemme
	heim hjem
	sjuk syk
	flytting flytning
	fråvær fravær
	fråsegn uttalelse
	naudsynt nødvendig
	vanskelegstil vanskeligstil
	samrøystes enstemmig
	røyst stemm
	inhabil ugild
	oppgåve oppgave
	løysing løsning
	nøkkel nøklar nøkler
	tryggleik trygghet
	kjøkken kjøken
	møtebok møteprotokoll
	venteliste køliste
`);

/** Whole words only: too short, or too common a beginning, to stand for more. */
const wholes = table(`
	ikkje ikke
	frå fra
	kva hva
	kven hvem
	korleis hvordan
	kvifor hvorfor
	kvar hvor
	meir mer
	fleire flere
	berre bare
	saman sammen
	vidare videre
	tidlegare tidligere
	seinare senere
	veke uke
	veker uker
	månad måned
	månader måneder
	eige eie
	eigar eier
	gjere gjøre
	gjer gjør
`);

function table(lines: string): string[][] {
	return lines
		.trim()
		.split('\n')
		.map((line) => line.trim().split(' '));
}

/** How the end of a stem differs between the norms. */
const endings: readonly (readonly [string, string])[] = [
	['leg', 'lig'],
	['heit', 'het'],
	['sam', 'som'],
	['else', 'ing'],
	['ning', 'ing']
];

/** What is bent at the end of a word, the longest first. */
const bent = 'arane erane erne ane ene are ere ar er en et a e r t n'.split(' ');

/** Fewer letters than this say too little to be a stem. */
const shortest = 4;

/** What a word may be found by. */
export interface Form {
	word: string;
	/** It may go on. */
	open: boolean;
}

/** The ways in which what a (folded) word says may be written; its own first. */
export function equivalents(word: string): Form[] {
	const whole = wholes.find((group) => group.includes(word));
	if (whole) {
		const others = whole.filter((other) => other !== word);
		return [{ word, open: true }, ...others.map((other) => ({ word: other, open: false }))];
	}
	const stem = stemOf(word);
	const said = [stem, ...inOtherWords(stem)];
	const forms = new Set([...said, ...said.flatMap(otherEndings)]);
	return withoutLonger([...forms]).map((form) => ({ word: form, open: true }));
}

/** The word without its bending, but never shorter than a stem that is known. */
function stemOf(word: string): string {
	const known = memberIn(word)?.member;
	const least = known ? word.indexOf(known) + known.length : shortest;
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
