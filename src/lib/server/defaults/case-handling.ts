import type { CaseState } from '#lib/domain/case-progress.ts';
import type { ProcedureList } from '#lib/domain/case.ts';

/*
 * What a municipality begins with for the way from case to ruling: words, criteria, reasons,
 * sentences and references to law. All of it is copied into the municipality's own tables and is
 * theirs to change; nothing else in the code knows these words.
 */

type Entry = [code: string, nn: string, nb: string, en: string];

export const procedureLists: Record<ProcedureList, Entry[]> = {
	recommended: [
		['allocate', 'tildele', 'tildele', 'allocate'],
		['extend', 'forlenge', 'forlenge', 'extend'],
		['exchange', 'byte', 'bytte', 'exchange'],
		['reserve', 'reservere', 'reservere', 'reserve'],
		['adapt', 'tilpasse eigen bustad', 'tilpasse egen bolig', 'adapt their own home'],
		['other_help', 'gi anna hjelp', 'gi annen hjelp', 'give other help'],
		['refuse', 'avslag og rettleiing', 'avslag og veiledning', 'refuse, with guidance'],
		['put_off', 'utsetje', 'utsette', 'put off']
	],
	criterion: [
		['adult', 'har fylt 18 år', 'har fylt 18 år', 'is 18 or older'],
		['residence', 'har butid i kommunen', 'har botid i kommunen', 'has lived in the municipality'],
		['no_home', 'manglar eigna bustad', 'mangler egnet bolig', 'has no suitable home'],
		[
			'cannot',
			'kan ikkje skaffe bustad sjølv',
			'kan ikke skaffe bolig selv',
			'cannot find a home without help'
		],
		[
			'means',
			'har låg inntekt og formue',
			'har lav inntekt og formue',
			'has low income and assets'
		],
		[
			'others_tried',
			'andre ordningar er prøvde',
			'andre ordninger er prøvd',
			'other schemes tried'
		],
		['debt', 'har ikkje uoppgjord husleige', 'har ikke uoppgjort husleie', 'owes no rent'],
		[
			'surroundings',
			'bumiljøet er vurdert',
			'bomiljøet er vurdert',
			'living environment considered'
		]
	],
	criterion_reason: [
		['documented', 'dokumentert', 'dokumentert', 'documented'],
		[
			'stated',
			'etter opplysningar frå søkjaren',
			'etter opplysninger fra søkeren',
			'as stated by the applicant'
		],
		[
			'exempt',
			'unntak etter retningslinene',
			'unntak etter retningslinjene',
			'exempt by the guidelines'
		],
		['not_documented', 'ikkje dokumentert', 'ikke dokumentert', 'not documented'],
		['not_considered', 'ikkje vurdert', 'ikke vurdert', 'not considered']
	],
	dwelling_kind: [
		['rental', 'utleigebustad', 'utleiebolig', 'rental dwelling'],
		['care', 'omsorgsbustad', 'omsorgsbolig', 'care dwelling'],
		['transitional', 'gjennomgangsbustad', 'gjennomgangsbolig', 'transitional dwelling'],
		['small_house', 'småhus', 'småhus', 'small house'],
		['refugee', 'flyktningbustad', 'flyktningbolig', 'refugee dwelling'],
		['referral', 'tilvisingsavtale', 'tilvisningsavtale', 'referral agreement'],
		['shared', 'bufellesskap', 'bofellesskap', 'shared housing']
	],
	track: [
		['A', 'kommunal bustad', 'kommunal bolig', 'municipal dwelling'],
		[
			'B',
			'hjelp etter boligsosiallova',
			'hjelp etter boligsosialloven',
			'help under the Housing-Social Act'
		]
	],
	track_law: [
		[
			'A',
			'lokale retningsliner for tildeling',
			'lokale retningslinjer for tildeling',
			'local allocation guidelines'
		],
		[
			'B',
			'boligsosiallova §§ 6 og 7',
			'boligsosialloven §§ 6 og 7',
			'Housing-Social Act, sections 6 and 7'
		]
	],
	appeal_body: [
		['A', 'kommunal klagenemnd', 'kommunal klagenemnd', 'the municipal appeals board'],
		['B', 'Statsforvaltaren', 'Statsforvalteren', 'the County Governor']
	],
	recusal_reason: [
		['close_tie', 'nær personleg tilknyting', 'nær personlig tilknytning', 'a close personal tie'],
		['family', 'slektskap eller samliv', 'slektskap eller samliv', 'kinship or cohabitation'],
		['party', 'å vere part i saka', 'å være part i saken', 'being a party to the case'],
		[
			'guardian',
			'verjemål eller fullmakt',
			'vergemål eller fullmakt',
			'guardianship or power of attorney'
		],
		[
			'interest',
			'eigne økonomiske interesser',
			'egne økonomiske interesser',
			'own financial interests'
		],
		[
			'earlier',
			'tidlegare avgjerd i saka',
			'tidligere avgjørelse i saken',
			'an earlier decision in the case'
		]
	],
	law: [
		[
			'recusal',
			'forvaltningslova §§ 6 og 8',
			'forvaltningsloven §§ 6 og 8',
			'Public Administration Act, sections 6 and 8'
		],
		[
			'subordinate',
			'forvaltningslova § 6 tredje ledd',
			'forvaltningsloven § 6 tredje ledd',
			'Public Administration Act, section 6, third paragraph'
		],
		['lease', 'husleigelova § 9-3', 'husleieloven § 9-3', 'Tenancy Act, section 9-3'],
		['short_lease', 'husleigelova § 11-1', 'husleieloven § 11-1', 'Tenancy Act, section 11-1'],
		[
			'reply',
			'forvaltningslova § 11 a',
			'forvaltningsloven § 11 a',
			'Public Administration Act, section 11 a'
		],
		[
			'appeal',
			'forvaltningslova § 29',
			'forvaltningsloven § 29',
			'Public Administration Act, section 29'
		]
	],
	sentence: [
		['and', 'og', 'og', 'and'],
		['years_1', 'eitt år', 'ett år', 'one year'],
		['years_2', 'to år', 'to år', 'two years'],
		['years_3', 'tre år', 'tre år', 'three years'],
		['years', '{count} år', '{count} år', '{count} years'],
		['months', '{count} månader', '{count} måneder', '{count} months'],
		[
			'allocate',
			'{forum} tilrår at søkjaren får leige {kind} med {bedrooms} soverom, kode {code}, for {lease}.',
			'{forum} tilrår at søkeren får leie {kind} med {bedrooms} soverom, kode {code}, for {lease}.',
			'{forum} recommends that the applicant is let a {kind} with {bedrooms} bedrooms, code {code}, for {lease}.'
		],
		[
			'extend',
			'{forum} tilrår at leigekontrakten for {kind}, kode {code}, blir forlengd med {lease}.',
			'{forum} tilrår at leiekontrakten for {kind}, kode {code}, blir forlenget med {lease}.',
			'{forum} recommends that the lease of the {kind}, code {code}, is extended by {lease}.'
		],
		[
			'exchange',
			'{forum} tilrår at søkjaren får byte til {kind} med {bedrooms} soverom, kode {code}, for {lease}.',
			'{forum} tilrår at søkeren får bytte til {kind} med {bedrooms} soverom, kode {code}, for {lease}.',
			'{forum} recommends an exchange to a {kind} with {bedrooms} bedrooms, code {code}, for {lease}.'
		],
		[
			'reserve',
			'{forum} tilrår at {kind} med {bedrooms} soverom, kode {code}, blir halden av til søkjaren. Leigetida blir {lease}.',
			'{forum} tilrår at {kind} med {bedrooms} soverom, kode {code}, blir holdt av til søkeren. Leietiden blir {lease}.',
			'{forum} recommends that a {kind} with {bedrooms} bedrooms, code {code}, is kept for the applicant, for {lease}.'
		],
		[
			'adapt',
			'{forum} tilrår at søkjaren får hjelp til å tilpasse eigen bustad.',
			'{forum} tilrår at søkeren får hjelp til å tilpasse egen bolig.',
			'{forum} recommends help to adapt the applicant’s own home.'
		],
		[
			'other_help',
			'{forum} tilrår at søkjaren får anna hjelp enn kommunal bustad.',
			'{forum} tilrår at søkeren får annen hjelp enn kommunal bolig.',
			'{forum} recommends other help than a municipal dwelling.'
		],
		[
			'refuse',
			'{forum} tilrår avslag, og at søkjaren får rettleiing.',
			'{forum} tilrår avslag, og at søkeren får veiledning.',
			'{forum} recommends refusal, and that the applicant gets guidance.'
		],
		['put_off', '{forum} set ut saka.', '{forum} utsetter saken.', '{forum} puts the case off.'],
		[
			'shorter',
			'Leigetida er kortare enn vanleg, jf. husleigelova § 11-1: {reason}.',
			'Leietiden er kortere enn vanlig, jf. husleieloven § 11-1: {reason}.',
			'The lease is shorter than usual (Tenancy Act, section 11-1): {reason}.'
		],
		[
			'met',
			'Desse vilkåra er fylte: {criteria}.',
			'Disse vilkårene er oppfylt: {criteria}.',
			'These conditions are met: {criteria}.'
		],
		[
			'not_met',
			'Desse vilkåra er ikkje fylte: {criteria}.',
			'Disse vilkårene er ikke oppfylt: {criteria}.',
			'These conditions are not met: {criteria}.'
		],
		[
			'reasons',
			'Det er lagt vekt på dette: {reasons}.',
			'Det er lagt vekt på dette: {reasons}.',
			'Weight has been given to this: {reasons}.'
		],
		[
			'measures',
			'Andre verkemiddel som er vurderte: {measures}.',
			'Andre virkemidler som er vurdert: {measures}.',
			'Other measures considered: {measures}.'
		],
		[
			'wish',
			'Ønsket til søkjaren: {wish}.',
			'Søkerens ønske: {wish}.',
			'The applicant’s wish: {wish}.'
		],
		[
			'follow_up',
			'{unit} følgjer opp: {level}.',
			'{unit} følger opp: {level}.',
			'{unit} follows up: {level}.'
		],
		[
			'recused',
			'{names} var inhabil og var ikkje med.',
			'{names} var inhabil og deltok ikke.',
			'{names} was disqualified and took no part.'
		],
		[
			'recused_several',
			'{names} var inhabile og var ikkje med.',
			'{names} var inhabile og deltok ikke.',
			'{names} were disqualified and took no part.'
		],
		['nobody_recused', 'Ingen var inhabile.', 'Ingen var inhabile.', 'Nobody was disqualified.'],
		['unanimous', 'Samrøystes.', 'Enstemmig.', 'Unanimous.'],
		[
			'urgent',
			'Avgjort mellom møta, sidan saka ikkje kan vente.',
			'Avgjort mellom møtene, siden saken ikke kan vente.',
			'Decided between meetings, since the case cannot wait.'
		],
		[
			'minority',
			'Mindretal ({names}): {reason}.',
			'Mindretall ({names}): {reason}.',
			'Minority ({names}): {reason}.'
		],
		['next', 'Saka går til vedtak.', 'Saken går til vedtak.', 'The case goes to ruling.'],
		[
			'recusal_own',
			'{name} melde frå om {reason}.',
			'{name} meldte fra om {reason}.',
			'{name} reported {reason}.'
		],
		[
			'recusal_raised',
			'Møteleiaren tok opp om {name} er inhabil på grunn av {reason}.',
			'Møtelederen tok opp om {name} er inhabil på grunn av {reason}.',
			'The chair asked whether {name} is disqualified because of {reason}.'
		],
		[
			'recusal_body',
			'{forum} drøfta spørsmålet utan {name}, som vart funnen inhabil, jf. {law}, og gjekk frå før saka vart lagd fram.',
			'{forum} drøftet spørsmålet uten {name}, som ble funnet inhabil, jf. {law}, og fratrådte før saken ble lagt fram.',
			'{forum} discussed the question without {name}, who was found disqualified ({law}) and left before the case was presented.'
		],
		[
			'recusal_self',
			'{name} er inhabil, jf. {law}, og gjekk frå før saka vart lagd fram.',
			'{name} er inhabil, jf. {law}, og fratrådte før saken ble lagt fram.',
			'{name} is disqualified ({law}) and left before the case was presented.'
		],
		[
			'recusal_impartial',
			'{forum} drøfta spørsmålet utan {name}, som vart funnen habil, jf. {law}.',
			'{forum} drøftet spørsmålet uten {name}, som ble funnet habil, jf. {law}.',
			'{forum} discussed the question without {name}, who was found impartial ({law}).'
		],
		[
			'recusal_deputy',
			'{deputy} møtte som vara.',
			'{deputy} møtte som vara.',
			'{deputy} came as deputy.'
		]
	]
};

/** The municipality's own word (closed list `case_status`) for a state that a step leads to. */
export const caseStateWords: Record<CaseState, string> = {
	registered: 'assessment',
	assessed: 'assessed',
	to_council: 'to_council',
	recommended: 'recommended',
	to_ruling: 'to_ruling',
	ruled: 'ruled_waits',
	housed: 'moved_in',
	helped: 'helped',
	followed_up: 'followed_up',
	closed: 'closed',
	put_off: 'put_off',
	sent_back: 'sent_back',
	withdrawn: 'withdrawn'
};

/** Numbers and choices of procedure, by name. */
export const rules = {
	/** Weeks in which one can appeal, and months within which an application is to be answered. */
	appeal_weeks: '3',
	reply_months: '1',
	/**
	 * Weeks within which an appeal is to be sent on: the law says «as soon as it is ready», this is
	 * the municipality's own aim.
	 */
	forward_weeks: '2',
	/** Months that a lease ordinarily has at least. */
	lease_months: '36',
	/** Who judges a member's impartiality: the `body` without the member, or the member (`self`). */
	recusal_by: 'body'
} as const;

/** Which tracks a recommendation is sent to be ruled on, unless the sender says otherwise. */
export const outcomeTracks: Record<string, string> = {
	allocate: 'A',
	extend: 'A',
	exchange: 'A',
	reserve: 'A',
	adapt: 'B',
	other_help: 'A B',
	refuse: 'A B'
};

/**
 * Tasks of the responsibility matrix that a ruling sets going, by their titles: for which
 * recommendations, after how many days they are due, and whether only at the unit that is to
 * follow up.
 */
export const proposedTasks: {
	task: string;
	outcomes: string;
	days: number;
	followUp?: true;
}[] = [
	{ task: 'Leigekontrakt', outcomes: 'allocate extend exchange reserve', days: 14 },
	{ task: 'Innflytting', outcomes: 'allocate exchange reserve', days: 30 },
	{
		task: 'Oppfølging i bustad: rus og psykisk helse',
		outcomes: 'allocate exchange reserve other_help',
		days: 30,
		followUp: true
	},
	{
		task: 'Oppfølging i bustad: eldre og somatisk sjuke',
		outcomes: 'allocate exchange reserve other_help',
		days: 30,
		followUp: true
	},
	{
		task: 'Oppfølging i bustad: funksjonsnedsetjing',
		outcomes: 'allocate exchange reserve other_help',
		days: 30,
		followUp: true
	},
	{ task: 'Nabodialog', outcomes: 'exchange', days: 21 },
	{ task: 'Bustøtte', outcomes: 'allocate exchange extend', days: 30 },
	{ task: 'Utløp og forlenging av leigekontrakt', outcomes: 'extend', days: 180 },
	{ task: 'Tilpassing av bustad', outcomes: 'adapt', days: 60 },
	{ task: 'Førebygge utkasting', outcomes: 'other_help', days: 14 },
	{ task: 'Startlåns- og tilskotsvurdering', outcomes: 'other_help refuse adapt extend', days: 45 }
];
