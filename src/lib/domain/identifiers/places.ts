import { everyMatch, finding, type Finding } from './finding.ts';

export function findPlaces(text: string): Finding[] {
	return [
		...findStreets(text),
		...cadastral.flatMap((pattern) => everyMatch(text, pattern, 'cadastral_unit')),
		...everyMatch(text, unit, 'dwelling_unit_number'),
		...guarded.flatMap((pattern) => everyMatch(text, pattern, 'protected_address'))
	];
}

/**
 * Longest first, so that `vegen` is not read as `veg`. The way to the number is part of the
 * pattern.
 */
const roadWords = [
	'vegen',
	'veien',
	'veg',
	'vei',
	'gata',
	'gaten',
	'gate',
	'alléen',
	'alleen',
	'allé',
	'plassen',
	'plass',
	'torget',
	'stien',
	'bakken',
	'haugen',
	'lia',
	'svingen',
	'ringen',
	'tunet',
	'kleiva',
	'brekka',
	'åsen',
	'marka',
	'moen',
	'terrassen',
	'terrasse',
	'kroken',
	'løkka',
	'jordet',
	'hagen',
	'brygga',
	'kaien',
	'vika',
	'neset',
	'odden',
	'teigen',
	'geilen',
	'grenda',
	'faret',
	'smauet',
	'flaten',
	'dalen',
	'myra',
	'sundet',
	'stranda',
	'holmen',
	'feltet'
];
const toNumber = '(?:,? {0,2}(?:nr|nummer)\\.?)? {0,3}';
const road = new RegExp(`(${roadWords.join('|')})(?=${toNumber}\\d{1,3}(?!\\d))`, 'giu');

/** Sticky, with case: a letter after a space must be a capital, since `12 i` is not a house. */
const house = new RegExp(
	`${toNumber}\\d{1,3}(?!\\d)(?: ?[A-ZÆØÅ](?![\\p{L}\\d])|[a-zæøå](?![\\p{L}\\d]))?`,
	'uy'
);
/**
 * A clock, an ordinal, an amount or a distance: «Torget 12.30», «Torget 3. desember», «Dalen 12
 * km».
 */
const measure =
	/^(?:[.:]\d\d(?!\d)|,\d| ?%|\. \p{Ll}| (?:km|m|meter|prosent|kr|kroner|mill|år|stk|person(?:ar|er)?)(?!\p{L})| (?:månad|måned|veke|uke|dag|time|timar|minutt))/u;

/** Words that end like a road and are none. */
const notRoads =
	/^(?:fylkes|riks|europa)ve[gi]$|^(?:parkerings|arbeids|møte|sjukeheims|sykehjems|barnehage|institusjons|omsorgs|butilbods|botilbuds|avlastnings|leike|leke|tiltaks|behandlings|praksis|skule|skole|studie|sitte|andre|første|tredje)plass(?:en)?$|^(?:ita|austra|soma|mongo|anato|emi|ama|ceci|nata|ju|brasi|corne|aure|tha|fami)lia$|^(?:barne|copen)hagen$|^(?:fag|arbeids|tekst|felt)?feltet$|^(?:re|\p{L}*(?:vurde|finansie|oriente|priorite|registre|evalue|etable|rehabilite|rapporte|organise|regje|end|bed|hind|erfa|kla|fø|kjø))ringen$|^(?:skandalen|delegaten)$/iu;

/**
 * Road words that are no road by themselves, and may stand apart from the name: «Kong Prøves gate
 * 12».
 */
const apart = /^(?:ve[gi](?:en)?|gat(?:e|a|en)|allé|plass|terrasse|torget)$/iu;
const namesNothing = /^(?:ve[gi]|gate|allé|plass|terrasse)$/iu;
const namesBefore = /(?<![\p{L}\p{M}\d])(?:\p{Lu}[\p{L}\p{M}'.-]{1,30} {1,2}){1,4}$/u;
const smallWords =
	/^(?:(?:på|ved|langs|over|til|frå|fra|den|det|denne|dette|ein|ei|en|ny|nye|av|om|for|mot|etter|bygge|byggje|kva|kvar|hvilken|neste|same|samme) {1,2})+/iu;

/**
 * A capitalised name that ends in a road word, and a house number of one to three digits. Starts
 * at the road word and walks back to the capital, since JavaScript's \b does not know Æ, Ø and Å
 * and long words must not cost twice.
 */
function findStreets(text: string): Finding[] {
	return Array.from(text.matchAll(road), (hit) => street(text, hit.index, hit[0])).filter(
		(found) => found !== null
	);
}

function street(text: string, at: number, word: string): Finding | null {
	house.lastIndex = at + word.length;
	const number = house.exec(text);
	const end = at + word.length + (number?.[0].length ?? 0);
	if (!number || measure.test(text.slice(end, end + 12))) return null;
	const start = nameStart(text, at, word);
	return start === null ? null : finding('street_address', start, end);
}

function nameStart(text: string, at: number, word: string): number | null {
	let start = at;
	while (start > 0 && at - start < 40 && /[\p{L}\p{M}'.-]/u.test(text.charAt(start - 1))) start--;
	while (/['.-]/.test(text.charAt(start))) start++;
	const name = text.slice(start, at + word.length);
	if (notRoads.test(name)) return null;
	if (/^\p{Lu}/u.test(name) && !namesNothing.test(name)) return start;
	return apart.test(name) ? nameApart(text, start) : null;
}

function nameApart(text: string, at: number): number | null {
	const before = namesBefore.exec(text.slice(Math.max(0, at - 130), at))?.[0] ?? '';
	const named = before.replace(smallWords, '');
	return named === '' ? null : at - named.length;
}

/**
 * Gard and bruk, in words or as the cadastre writes them (geonorge.no, Matrikkeladresse): `gnr.
 * 45, bnr. 12`,
 * `gnr/bnr 45/12`, `4614-45/12/0/3`. «fnr» among them is a festenummer. Municipality numbers
 * never look like years.
 */
const cadastral = [
	/(?<!\p{L})(?:g\.?nr|g[aå]rdsn(?:umme)?r)[.: ]{0,3}\d{1,4}[ ,;/]{0,3}(?:og |and )?(?:b\.?nr|bruksn(?:umme)?r)[.: ]{0,3}\d{1,4}(?:[ ,/]{1,2}(?:f|s|u)nr[.: ]{0,3}\d{1,4}){0,3}(?!\d)/giu,
	/(?<!\p{L})(?:g\.?nr|g[aå]rdsn(?:umme)?r)\.?(?: ?[/,] ?| og | )(?:b\.?nr|bruksn(?:umme)?r)[.: ]{0,3}\d{1,4}(?: ?[/,-] ?| og | )\d{1,4}(?:\/\d{1,4}){0,2}(?!\d)/giu,
	/(?<!\p{L})(?:gbnr|g\.?nr|gnr\.?bnr|matrikkel(?:nr|nummer)?)[.: ]{0,3}\d{1,4} ?\/ ?\d{1,4}(?:\/\d{1,4}){0,2}(?!\d)/giu,
	/(?<![\p{L}\d/-])(?:0\d{3}|1[158]\d\d|3[0-4]\d\d|4[0-6]\d\d|5[0-6]\d\d) ?- ?\d{1,4}\/\d{1,4}(?:\/\d{1,4}){0,2}(?![\d/])/gu
];

/**
 * H, K, U or L, two digits for the floor and two for the dwelling. `H2026` is an autumn, not a
 * floor.
 */
const unit =
	/(?<![\p{L}\d])(?:[HKUL](?!19|20)\d{2}(?!00)\d{2}|[hkul]0\d(?!00)\d{2}|[HKUL] 0\d(?!00)\d{2})(?![\p{L}\d])/gu;

/** What says that somebody must not be found. */
const guarded = [
	/(?<!\p{L})(?:kode|code)[ :-]{0,3}(?:[67](?!\d)|seks(?!\p{L})|sju(?!\p{L})|syv(?!\p{L}))/giu,
	/(?<!\p{L})(?:strengt?\s)?(?:fortr[uo]l(?:eg|ig)e?|sperr(?:a|et|ede|ete)|hemm?el(?:eg|ig)e?|skjult|skjerm(?:a|et))\s{1,2}\p{L}{0,20}adress\p{L}{0,3}/giu,
	/(?<!\p{L})add?resse(?:sperr|graderi)\p{L}{0,6}/giu,
	/(?:vald|vold)s-?alarm\p{L}{0,5}/giu
];
