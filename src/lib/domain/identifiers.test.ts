import { describe, expect, test } from 'vitest';
import {
	completesIdentifier,
	findIdentifiers,
	firstBlocked,
	identifierClasses,
	refuseIdentifiers,
	severities
} from './identifiers.ts';
import { Refusal } from './refusal.ts';

/**
 * What is found, as `class: text`. Numbers here are made-up persons (month + 80 or + 65), or
 * shapes without a person.
 */
function read(text: string): string[] {
	return findIdentifiers(text).map((hit) => `${hit.class}: ${text.slice(hit.start, hit.end)}`);
}

function classes(text: string): string[] {
	return findIdentifiers(text).map((hit) => hit.class);
}

/**
 * A number for a date and individual digits nobody has got: 500–749 was never given to those born
 * 1940–1953.
 */
function nobody(date: string): string {
	for (let individual = 600; ; individual++) {
		const nine = `${date}${individual}`;
		const first = control(nine, [3, 7, 6, 1, 8, 9, 4, 5, 2]);
		const second = control(`${nine}${first}`, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
		if (first < 10 && second < 10) return `${nine}${first}${second}`;
	}
}

function control(digits: string, weights: number[]): number {
	const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
	return (11 - (sum % 11)) % 11;
}

describe('national identity numbers', () => {
	test.each(['14857134576', '14857134495', '03925821151', '03925821232', '54857134640'])(
		'%s, a made-up person of Skatteetaten, is found',
		(number) => {
			expect(read(`Gjeld ${number}, hast`)).toEqual([`national_id: ${number}`]);
		}
	);

	test.each(['14667134650', '54667134563'])('%s, a made-up person of NHN, is found', (number) => {
		expect(classes(number)).toEqual(['national_id']);
	});

	test.each([
		['an ordinary number', '010145'],
		['a d-number', '410145'],
		['a number from old Nav', '012145'],
		['a help number', '014145'],
		['a d-number made up by Nav', '414145'],
		['a leap day', '290244']
	])('%s is found', (_, date) => {
		expect(classes(nobody(date))).toEqual(['national_id']);
	});

	test.each(['300245', '320145', '720145', '001245', '011345', '010045', '019345'])(
		'%s is no date, so what begins with it is no identity number',
		(date) => {
			expect(classes(`${nobody(date).slice(0, 6)} ${nobody(date).slice(6)}`)).toEqual([]);
		}
	);

	test.each(['14857134584', '14857134592', '14857134681'])(
		'%s, with a control digit of the kind given from 2032, is found',
		(number) => {
			expect(classes(`${number.slice(0, 6)} ${number.slice(6)}`)).toEqual(['national_id']);
		}
	);

	test('a first control sum of four is not let through as an identity number', () => {
		expect(classes('148571 34509')).toEqual(['almost_national_id']);
	});

	test.each([
		'148571 34576',
		'148571-34576',
		'148571/34576',
		'148571.34576',
		'14.85.71 345 76',
		'14 85 71 34576',
		'14-85-71-345-76',
		'1485 7134 576',
		'14857 134576',
		'1 4 8 5 7 1 3 4 5 7 6',
		'1 4 8 5 7 1 - 3 4 5 7 6',
		'148571 - 34576',
		'148571\u00a034576',
		'148571\u202f34576',
		'148571–34576',
		'148571\u221234576',
		'148571\u200b34576',
		'148571\u00ad34576',
		'1\u200b4\u200b8571\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b34576',
		'１４８５７１３４５７６',
		'١٤٨٥٧١٣٤٥٧٦',
		'۱۴۸۵۷۱۳۴۵۷۶',
		'𝟏𝟒𝟖𝟓𝟕𝟏𝟑𝟒𝟓𝟕𝟔',
		'1️⃣4️⃣8️⃣5️⃣7️⃣1️⃣3️⃣4️⃣5️⃣7️⃣6️⃣'
	])('«%s» is found whatever stands between the digits and however they look', (number) => {
		expect(read(`Sjå ${number} 🙂`)).toEqual([`national_id: ${number}`]);
	});

	test('offsets are UTF-16 offsets in the original text', () => {
		expect(findIdentifiers('🙂\u200b æ\u030a 14857134576.')).toEqual([
			{ class: 'national_id', severity: 'block', start: 7, end: 18 }
		]);
	});

	test('a number is found among other numbers, letters and dates', () => {
		expect(read('3. 148571 34576')).toEqual(['national_id: 148571 34576']);
		expect(read('kl. 10 14857134576 12')).toEqual(['national_id: 14857134576']);
		expect(read('24.11.2026 14857134576')).toEqual(['national_id: 14857134576']);
		expect(read('fnr14857134576x')).toEqual(['national_id: 14857134576']);
		expect(read('https://example.no/?id=14857134576')).toEqual(['national_id: 14857134576']);
	});

	test('a birth date with its whole year and the last five digits is found', () => {
		const number = nobody('020345');
		expect(classes(`2.3.1945 ${number.slice(6)}`)).toEqual(['national_id']);
		expect(classes('02.03.1945 12345')).toEqual([]);
	});

	test('the pseudo-numbers of reports carry a birth date and are found', () => {
		expect(classes('148571 00100')).toEqual(['national_id']);
		expect(classes('14857199999')).toEqual(['national_id']);
	});

	test('a number with a date and a wrong control digit is almost one', () => {
		expect(findIdentifiers('13097248032')).toEqual([
			{ class: 'almost_national_id', severity: 'warn', start: 0, end: 11 }
		]);
		expect(read('(130972 48032)')).toEqual(['almost_national_id: 130972 48032']);
		expect(firstBlocked('13097248032')).toBeNull();
	});

	test('versions and ranges in a row are not read as one number', () => {
		expect(read('2.6–2.8/5.4–6.1 · 1.9–2.0')).toEqual([]);
	});

	test('a number that also is an account number is an identity number', () => {
		expect(classes('1485.71.34576')).toEqual(['national_id']);
	});
});

describe('other numbers', () => {
	test.each([
		['fh_number', '99999900026'],
		['fh_number', '999999 00107'],
		['duf_number', '2012 586975 61'],
		['duf_number', '201258697561'],
		['duf_number', '2012/586975-61'],
		['duf_number', '1980 000000 00'],
		['account_number', '1234 56 78903'],
		['account_number', '1234.56.78903'],
		['account_number', '12345678903'],
		['iban', 'NO9386011117947'],
		['iban', 'NO93 8601 1117 947'],
		['iban', 'no93 8601 11 17947'],
		['licence_plate', 'SV 12345'],
		['licence_plate', 'SV12345'],
		['organisation_number', '991 825 827'],
		['organisation_number', '991825827'],
		['hpr_number', 'HPR-nr. 1234567'],
		['hpr_number', 'HPR 91234567'],
		['archive_case', '2026/1423-5'],
		['archive_case', '2026/1423']
	])('%s: «%s» is found', (name, number) => {
		expect(read(`ny: ${number}, sist`)).toEqual([`${name}: ${number}`]);
	});

	test.each([
		['an account number with a wrong last digit', '1234 56 78904'],
		['an account number in an unusual layout', '123 456 789 03'],
		['a DUF number before 1980', '1979 586975 61'],
		['a DUF number after 2049', '2050 586975 61'],
		['a date with clock times', '2026-11-24 09.00'],
		['an IBAN with wrong control digits', 'NO92 8601 1117 947'],
		['an organisation number with a wrong last digit', '991 825 828'],
		['a plate with an O', 'OV 12345'],
		['a school year', '2026/27'],
		['years around a slash', '2026/2027'],
		['a law number', 'LOV-2022-12-20-121'],
		['the address of a law', 'https://lovdata.no/dokument/NL/lov/2022-12-20-121']
	])('%s is not found', (_, text) => {
		expect(read(text)).toEqual([]);
	});

	test('a word for account lets the digits be written in any layout', () => {
		expect(read('Kontonr.: 123 456 789 03')).toEqual(['account_number: 123 456 789 03']);
	});
});

describe('e-mail and phone', () => {
	test.each([
		['email', 'ola@sunnoy.example'],
		['email', 'Åse.Ødegård+bustad@sunnøy.kommune.example'],
		['email', 'o_n-1@a.b-c.example'],
		['email', 'ola＠sunnoy．example'],
		['email', 'ola@sun\u00adnoy.example'],
		['role_mailbox', 'postmottak@sunnoy.example'],
		['role_mailbox', 'Post@sunnoy.example'],
		['role_mailbox', 'firmapost@sunnoy.example'],
		['phone', '91234567'],
		['phone', '91 23 45 67'],
		['phone', '91.23.45.67'],
		['phone', '912 34 567'],
		['phone', '22 33 44 55'],
		['phone', '53 40 30 20'],
		['phone', '+47 91 23 45 67'],
		['phone', '+4791234567'],
		['phone', '+47 912 34 567'],
		['phone', '0047 91234567'],
		['phone', '004791234567'],
		['phone', '+47) 91 23 45 67'],
		['phone', '+46 70 123 45 67'],
		['phone', '+46701234567'],
		['phone', '0046701234567'],
		['phone', '９１２３４５６７'],
		['phone', '91\u00a023\u00a045\u00a067'],
		['service_phone', '800 12 345'],
		['service_phone', '+47 81 00 00 00']
	])('%s: «%s» is found', (name, text) => {
		expect(read(`Skriv (${text}), takk`)).toEqual([`${name}: ${text}`]);
	});

	test('two phone numbers in a row are two', () => {
		expect(classes('91 23 45 67 92 34 56 78')).toEqual(['phone', 'phone']);
		expect(classes('91234567/92345678')).toEqual(['phone', 'phone']);
		expect(read('47 91 23 45 67')).toEqual(['phone: 91 23 45 67']);
	});

	test('a word for phone lets the digits be grouped in any way', () => {
		expect(read('tlf. 91 234 567')).toEqual(['phone: 91 234 567']);
		expect(read('Mobil: 9123 4567')).toEqual(['phone: 9123 4567']);
	});

	test.each([
		'91 234 567',
		'50 000 000',
		'1 250 000',
		'45000000 kr',
		'45000000 kroner',
		'400 00 000 kr',
		'kr 45000000',
		'kr. 45000000,-',
		'22 33 44 55 mill',
		'20261124',
		'24112026',
		'24.11.2026',
		'20.30–21.45 9.00',
		'2024 2025',
		'2024–2025',
		'kl. 20.00–21.30',
		'20.00-21.30 22.00-23.30',
		'B-91234567',
		'S-91234567',
		'BR 71/26 72/26',
		'sak 20261423',
		'23 10 45 22 40',
		'236 249 271 284',
		'17200 18100 18800 18900',
		'10345678',
		'+12 500 000 000 kr',
		'123456789',
		'+47 11 23 45 67',
		'@kommune',
		'ola@',
		'ola@kommune',
		'@sunnoy.example',
		'58 12 34 56'
	])('«%s» is neither phone nor e-mail', (text) => {
		expect(firstBlocked(text)).toBeNull();
	});
});

describe('birth dates', () => {
	test.each([
		'fødd 14.05.1971',
		'født 14.05.71',
		'Fødd den 14. mai 1971',
		'født 14. mai',
		'fødd i mai 1971',
		'f. 1971',
		'f.1971',
		'F. 14/5-71',
		'fødselsdato: 1971-05-14',
		'fdato 140571',
		'fødd 14051971',
		'fødd i 1971',
		'født 1971',
		'fødde 14.05.2011',
		'born on 14 May 1971',
		'born May 14, 1971'
	])('«%s» is found', (text) => {
		expect(read(`Kvinne (${text}), ventar`)).toEqual([`birth_date: ${text}`]);
	});

	test.each([
		'jf. 2026',
		'm.f. 2026',
		'f.eks. 2026',
		'f. 12',
		'tal fødde 2024',
		'fødd på 1980-talet',
		'fødd i 1980-åra',
		'født 12 barn',
		'møte 14.05.2026',
		'påfødd 1971',
		'frist 1. desember 2026'
	])('«%s» is not found', (text) => {
		expect(read(text)).toEqual([]);
	});
});

describe('places', () => {
	test.each([
		'Prøvevegen 12',
		'Prøvevegen 12 B',
		'Prøvevegen 12b',
		'Prøvevegen nr. 12',
		'Prøvevegen, nr 7',
		'PRØVEVEGEN 12',
		'Prøvevegen 123',
		'Prøve-Ås vegen 3',
		'Ærbødigheitsgata 4',
		'Østre Prøveveien 9',
		'Åsen 12',
		'A\u030asen 12',
		'Prøve\u00advegen 12',
		'Prøvebakken 2',
		'Prøvetunet 14',
		'Storhaugen 3',
		'Kong Prøves gate 12',
		'Prøve vei 3',
		'Prøveallé 5',
		'Prøveringen 8',
		'Torget 4'
	])('the street address «%s» is found', (address) => {
		const found = read(`bur i ${address} no`);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatch(/^street_address: /);
		expect(`bur i ${address}`.endsWith(found[0]?.slice('street_address: '.length) ?? '?')).toBe(
			true
		);
	});

	test('a small word or the first word of a sentence is not the name of a street', () => {
		expect(read('På Prøvevegen 12 i Sunnøy')).toEqual(['street_address: Prøvevegen 12']);
		expect(read('Langs vegen 12 dagar')).toEqual([]);
	});

	test.each([
		'Prøvevegen',
		'Prøvevegen 2026',
		'vegen 12',
		'Plass 3',
		'Parkeringsplass 12',
		'Torget 12.30',
		'Torget 3. desember',
		'Dalen 12 km',
		'Somalia 12',
		'Emilia 5',
		'Barnehagen 3',
		'Vurderingen 3',
		'Fylkesveg 544',
		'Lova § 7',
		'møterom 2',
		'Rådhuset 1'
	])('«%s» is no street address', (text) => {
		expect(read(text)).toEqual([]);
	});

	test.each([
		'gnr. 45, bnr. 12',
		'gnr 45 bnr 12',
		'Gnr.45 bnr.12',
		'gnr/bnr 45/12',
		'gnr./bnr. 45/12/0/3',
		'gbnr 45/12',
		'gnr 45/12',
		'gnr. 45, bnr. 12, fnr. 3, snr. 2',
		'gardsnr. 45, bruksnr. 12',
		'gårdsnummer 45 og bruksnummer 12',
		'4614-45/12/0/3',
		'4614-45/12'
	])('the cadastral unit «%s» is found', (text) => {
		expect(read(`på ${text} i dag`)).toEqual([`cadastral_unit: ${text}`]);
	});

	test('a festenummer without digits, a year with a case and a gard alone are no cadastral unit', () => {
		expect(read('fnr manglar')).toEqual([]);
		expect(firstBlocked('2026-45/12')).toBeNull();
		expect(read('gnr 45')).toEqual([]);
	});

	test.each(['H0101', 'K0203', 'U0102', 'L1004', 'h0101', 'H 0101'])(
		'the dwelling unit number «%s» is found',
		(text) => {
			expect(read(`Døra (${text}) til høgre`)).toEqual([`dwelling_unit_number: ${text}`]);
		}
	);

	test.each(['H2026', 'H010', 'H01011', 'XH0101', 'B0101', 'B-107', 'H0100', 'h2401'])(
		'«%s» is no dwelling unit number',
		(text) => {
			expect(read(text)).toEqual([]);
		}
	);

	test.each([
		'kode 6',
		'Kode 7',
		'kode seks',
		'fortruleg adresse',
		'strengt fortruleg adresse',
		'strengt fortrolig adresse',
		'sperra adresse',
		'sperret adresse',
		'hemmeleg adresse',
		'adressesperre',
		'valdsalarm',
		'voldsalarm',
		'Valdsalarmen'
	])('«%s» is found', (text) => {
		expect(read(`Har ${text}, hast`)).toEqual([`protected_address: ${text}`]);
	});

	test.each(['tryggleiksalarm', 'kode 67', 'kode 8', 'postkode 6', 'ny adresse', 'QR-kode'])(
		'«%s» says nothing of a protected address',
		(text) => {
			expect(read(text)).toEqual([]);
		}
	);
});

describe('what must be told apart', () => {
	test.each([
		'50 000 000 kr',
		'20261124',
		'24.11.2026 kl. 09.00',
		'BR 12/26',
		'2026/1423-5',
		'orgnr 991 825 827',
		'§ 9-3',
		'63 %',
		'kl. 08.30–15.30',
		'1485713457612',
		'7038010009457',
		'S-7KQM',
		'B-107',
		'M-BR-19',
		'3.12.2026 – 15.1.2027',
		'2026-11-24',
		// Their digits happen to hold the control rules, so only their shape tells them apart.
		'1.2.2026 – 14.2.2027',
		'2026/10006-10',
		'08.30–21.45 1.30',
		'20.05 12.20 00.07'
	])('«%s» is written freely', (text) => {
		expect(firstBlocked(text)).toBeNull();
		expect(firstBlocked(`Sjå ${text}, og ${text}.`)).toBeNull();
	});

	test.each([
		'Kontakte leigetakarar seks månader før kontrakten går ut',
		'Leggje to nye småhus inn i budsjettframlegget for 2027',
		'Nettsida: kven tek imot søknad etter lova?',
		'Nøklar og innflytting for S-7KQM, med vaktmeister',
		'Flyttehjelp og tryggleiksalarm for S-9TWB',
		'Finne tilgjengeleg bustad til S-K6YJ: spør om B-101 kan tilpassast',
		'Ferdig behovsoversikt til møte 2/26',
		'Endeleg program og påmelding til forum 3. desember',
		'Gjennomgang av alle i mellombels butilbod over åtte veker',
		'Innstilling I-041, samrøystes',
		'Innstilling I-046, samrøystes. P08 inhabil, P13 møtte',
		'Utskriving, treng tilgjengeleg bustad',
		'Utsett frå møte 20/26',
		'Ledige bustader og bustader under utbetring',
		'Utkastingsvarsel og restansar (tal)',
		'Rådhuset, møterom 2',
		'Sunnøy kulturhus',
		'Behovsoversikt og budsjett 2026',
		'Husbanken: Frå mellombels til varig. Startlån, tilskot, bustøtte og tilvisingsavtalar i 2027',
		'Nav: mellombels butilbod frå dag 1 til dag 90',
		'Gruppearbeid 1: det oppdikta dømet «Familien på vent». Kven gjer kva? Bruk ansvarsmatrisa',
		'Felles fagdag for alle som har ei rolle i det bustadsosiale arbeidet: kjenne kvarandre',
		'annakvar tysdag 09.00–10.30',
		'Avklare om nokon er vanskelegstilt (lova § 7)',
		'Saksframlegg til bustadrådet, utan namn'
	])('the demo text «%s» is written freely', (text) => {
		expect(findIdentifiers(text)).toEqual([]);
	});
});

describe('all findings of a text', () => {
	test('they come in the order of the text, with their severities', () => {
		const text = 'Sak 2026/1423, 14857134576, Prøvevegen 12, 13097248032, ola@sunnoy.example';
		expect(findIdentifiers(text).map((hit) => [hit.class, hit.severity])).toEqual([
			['archive_case', 'info'],
			['national_id', 'block'],
			['street_address', 'block'],
			['almost_national_id', 'warn'],
			['email', 'block']
		]);
	});

	test('of overlapping ones the strongest, then the longest, is kept', () => {
		expect(read('post@91234567.example')).toEqual(['phone: 91234567']);
		expect(read('91234567@sunnoy.example')).toEqual(['email: 91234567@sunnoy.example']);
		expect(read('NO93 8601 1117 947')).toEqual(['iban: NO93 8601 1117 947']);
		expect(read('fødd 14.05.1971')).toEqual(['birth_date: fødd 14.05.1971']);
	});

	test('the first that blocks is not the first that is found', () => {
		expect(firstBlocked('13097248032, ring 91234567')).toMatchObject({ class: 'phone', start: 18 });
	});

	test('every class has a severity', () => {
		expect(Object.keys(severities).sort()).toEqual([...identifierClasses].sort());
	});

	test('an empty text holds nothing', () => {
		expect(findIdentifiers('')).toEqual([]);
	});
});

describe('refusing', () => {
	test('a text without block classes is given back as it is', () => {
		expect(refuseIdentifiers('Sak 2026/1423-5', 'title')).toBe('Sak 2026/1423-5');
	});

	test('the refusal tells field, place and class, and never the text', () => {
		const refused = (): string => refuseIdentifiers('Ring 14857134576', 'title');
		expect(refused).toThrow(Refusal);
		try {
			refused();
		} catch (fault) {
			expect(fault).toMatchObject({
				reason: 'identifier_in_text',
				place: { field: 'title', start: 5, end: 16, found: 'national_id' }
			});
			expect(JSON.stringify(fault) + String(fault)).not.toContain('14857134576');
		}
	});
});

describe('an edit', () => {
	const completes = (before: string, now: string) => completesIdentifier([before], [now]);
	const completesByDeleting = (before: string | string[], now: string) =>
		completesIdentifier([before].flat(), [now], true);

	test('is stopped at the last character of a number, and not before', () => {
		expect(completes('Gjeld 148571345', 'Gjeld 1485713457')).toBe(false);
		expect(completes('Gjeld 1485713457', 'Gjeld 14857134576')).toBe(true);
	});

	test('is stopped when what it brings completes what stands on both sides', () => {
		expect(completes('148576', '14857134576')).toBe(true);
		expect(completes(' 12', 'Prøvevegen 12')).toBe(true);
		expect(completes('914857134576', '9 14857134576')).toBe(true);
	});

	test('is stopped wherever it stands in what is pasted, and the second time too', () => {
		expect(completesIdentifier(['Ein'], ['Ein', 'to 14857134576', 'tre'])).toBe(true);
		expect(completes('14857134576', '14857134576 og 14857134576')).toBe(true);
		expect(completes('14857134576', '14857134576 og 14857134495')).toBe(true);
	});

	test('is stopped when it joins two halves', () => {
		expect(completesByDeleting('148571 34576', '14857134576')).toBe(false);
		expect(completesByDeleting('148571x34576', '14857134576')).toBe(true);
		expect(completesByDeleting(['148571', '34576'], '14857134576')).toBe(true);
	});

	test('is not stopped by what stood there before, nor on the way of taking it away', () => {
		expect(completes('14857134576 ny', '14857134576, ny')).toBe(false);
		expect(completes('Sjå 14857134576', 'Sjå «14857134576')).toBe(false);
		expect(completes('14857134576 og ', '14857134576 og meir')).toBe(false);
		const letters = ['kari.prøve@example.no', 'kari@example.no', 'k@example.no', 'Prøvevegen 123'];
		for (const [at, before] of letters.slice(0, 2).entries())
			expect(completesByDeleting(before, letters[at + 1]!)).toBe(false);
		expect(completesByDeleting('Prøvevegen 123', 'Prøvevegen 13')).toBe(false);
	});

	test('is not stopped by what only warns', () => {
		expect(completes('1309724803', '13097248032')).toBe(false);
	});
});

describe('long and hostile texts', () => {
	test.each([
		'1',
		'1 ',
		'11 ',
		'14 85 71 345 7 ',
		'14857134576 ',
		'1-',
		'A',
		'A-',
		'Aa ',
		'a@',
		'a.',
		'@a.',
		'a@a.a',
		'Vegen',
		'Vegen 1',
		'Kong ',
		'gate ',
		'fødd ',
		'fødd den ',
		'f. ',
		'gnr ',
		'gnr 1/1 ',
		'+4',
		'+4 ',
		'00',
		'NO1 ',
		'kode ',
		'2026/1',
		' ',
		'\u200b',
		'a\u030a',
		'\u030a'
	])('a hundred thousand characters of «%s» are read to the end', (part) => {
		const text = part.repeat(Math.ceil(100_000 / part.length)).slice(0, 100_000);
		expect(Array.isArray(findIdentifiers(text))).toBe(true);
	});

	test('a number is found at the end of a long text', () => {
		const text = `${'Bustadrådet drøfta saka. '.repeat(400)}14857134576`;
		expect(firstBlocked(text)).toMatchObject({ class: 'national_id', start: 10_000, end: 10_011 });
	});
});
