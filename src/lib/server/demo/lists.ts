import type { CaseList } from '#lib/domain/case.ts';

/** The made-up municipality's closed lists: code, nynorsk (as in its data), bokmål, English. */
export const lists: Record<CaseList, [code: string, nn: string, nb: string, en: string][]> = {
	household: [
		['single', 'einsleg', 'enslig', 'one person'],
		['couple', 'par', 'par', 'couple'],
		['family', 'barnefamilie', 'barnefamilie', 'family with children'],
		['single_parent', 'einsleg forsørgjar', 'enslig forsørger', 'single parent'],
		['adults', 'fleire vaksne', 'flere voksne', 'several adults']
	],
	age: [
		['18-29', '18–29', '18–29', '18–29'],
		['30-49', '30–49', '30–49', '30–49'],
		['50-66', '50–66', '50–66', '50–66'],
		['67+', '67+', '67+', '67+']
	],
	situation: [
		['homeless', 'bustadlaus', 'bostedsløs', 'homeless'],
		['temporary', 'mellombels butilbod', 'midlertidig botilbud', 'temporary accommodation'],
		['unsuitable', 'ueigna bustad', 'uegnet bolig', 'unsuitable home'],
		[
			'at_risk',
			'i fare for å miste bustaden',
			'i fare for å miste boligen',
			'at risk of losing the home'
		],
		['lease_ends', 'leigekontrakt går ut', 'leiekontrakt går ut', 'lease is ending'],
		[
			'discharge',
			'utskriving innan to månader',
			'utskriving innen to måneder',
			'discharge within two months'
		],
		[
			'release',
			'lauslating innan to månader',
			'løslatelse innen to måneder',
			'release within two months'
		],
		['settlement', 'busetjing', 'bosetting', 'settlement']
	],
	bedrooms: [
		['1', '1 soverom', '1 soverom', '1 bedroom'],
		['2', '2 soverom', '2 soverom', '2 bedrooms'],
		['3', '3 soverom', '3 soverom', '3 bedrooms'],
		['4', '4 soverom eller fleire', '4 soverom eller flere', '4 bedrooms or more']
	],
	follow_up: [
		['0', 'inga oppfølging', 'ingen oppfølging', 'no follow-up'],
		['1', 'litt oppfølging', 'litt oppfølging', 'a little follow-up'],
		['2', 'oppfølging kvar veke', 'oppfølging hver uke', 'weekly follow-up'],
		[
			'3',
			'oppfølging dagleg eller fleire gonger i veka',
			'oppfølging daglig eller flere ganger i uka',
			'follow-up daily or several times a week'
		]
	],
	case_status: [
		['assessment', 'kartlegging', 'kartlegging', 'needs assessment'],
		['assessed', 'kartlagd', 'kartlagt', 'assessed'],
		['economy', 'økonomigjennomgang', 'økonomigjennomgang', 'economy review'],
		['to_council', 'til bustadrådet', 'til boligrådet', 'to the council'],
		['recommended', 'innstilt', 'innstilt', 'recommended'],
		['to_ruling', 'til vedtak', 'til vedtak', 'to ruling'],
		[
			'sent_back',
			'send attende frå Kundetorget',
			'sendt tilbake fra Kundetorget',
			'sent back by Kundetorget'
		],
		[
			'waits_dwelling',
			'ventar på rett bustad',
			'venter på rett bolig',
			'waiting for the right home'
		],
		[
			'searching',
			'leitar med førehandsgodkjenning',
			'leter med forhåndsgodkjenning',
			'looking, with a loan approved'
		],
		['adapting', 'tilpassing i gang', 'tilpasning i gang', 'adaptation under way'],
		[
			'ruled_waits',
			'vedtak, ventar på innflytting',
			'vedtak, venter på innflytting',
			'ruled, waiting to move in'
		],
		['ruled_signed', 'vedtak, kontrakt signert', 'vedtak, kontrakt signert', 'ruled, lease signed'],
		['appealed', 'avslag, klage motteken', 'avslag, klage mottatt', 'refused, appeal received'],
		['helped', 'har fått hjelp', 'har fått hjelp', 'has been helped'],
		['moved_in', 'flytta inn', 'flyttet inn', 'moved in'],
		['followed_up', 'under oppfølging', 'under oppfølging', 'being followed up'],
		['put_off', 'utsett', 'utsatt', 'put off'],
		['withdrawn', 'trekt', 'trukket', 'withdrawn'],
		['closed', 'avslutta', 'avsluttet', 'closed'],
		[
			'closed_stays',
			'avslutta, bur i same bustad',
			'avsluttet, bor i samme bolig',
			'closed, stays in the same home'
		]
	],
	measure: [
		['advice', 'rettleiing', 'veiledning', 'advice'],
		['housing_allowance', 'bustøtte', 'bostøtte', 'housing allowance'],
		['start_loan', 'startlån', 'startlån', 'start-up loan'],
		['grant', 'tilskot', 'tilskudd', 'grant'],
		['refinancing', 'refinansiering', 'refinansiering', 'refinancing'],
		['debt_advice', 'gjeldsrådgjeving', 'gjeldsrådgivning', 'debt advice'],
		['instalments', 'nedbetalingsavtale', 'nedbetalingsavtale', 'payment plan'],
		['guarantee', 'garanti', 'garanti', 'guarantee'],
		['private_rent', 'privat leige', 'privat leie', 'private tenancy'],
		['municipal', 'kommunal bustad', 'kommunal bolig', 'municipal dwelling'],
		['extension', 'forlenging', 'forlengelse', 'extension of the lease'],
		['exchange', 'byte', 'bytte', 'exchange of dwelling'],
		['exchange_small_house', 'byte til småhus', 'bytte til småhus', 'exchange to a small house'],
		['rent_to_own', 'leige til eige', 'leie til eie', 'rent-to-own'],
		['small_house', 'småhus', 'småhus', 'small house'],
		['transitional', 'gjennomgangsbustad', 'gjennomgangsbolig', 'transitional dwelling'],
		['refugee', 'flyktningbustad', 'flyktningbolig', 'refugee dwelling'],
		['care', 'omsorgsbustad', 'omsorgsbolig', 'care dwelling'],
		['co_located', 'samlokalisert bustad', 'samlokalisert bolig', 'co-located housing'],
		['temporary_solution', 'mellombels løysing', 'midlertidig løsning', 'temporary solution'],
		['adaptation', 'tilpassing', 'tilpasning', 'adaptation'],
		['adaptation_grant', 'tilskot til tilpassing', 'tilskudd til tilpasning', 'adaptation grant'],
		['follow_up', 'oppfølging', 'oppfølging', 'follow-up'],
		['neighbours', 'nabodialog', 'nabodialog', 'neighbour dialogue']
	]
};

/** The code of a label as the made-up data writes it. */
export function codeOf(list: CaseList, label: string): string {
	const entry = lists[list].find(([code, nn]) => nn === label || code === label.replace('–', '-'));
	if (!entry) throw new Error(`The demo's list ${list} lacks «${label}».`);
	return entry[0];
}
