import { beforeAll, expect, test } from 'vitest';
import * as dwellings from '#lib/server/case-progress/dwellings.ts';
import * as progress from '#lib/server/case-progress/progress.ts';
import * as cases from '#lib/server/case/cases.ts';
import { sqlite } from '#lib/server/db/index.ts';
import { digest } from '#lib/server/recommendation/recommendations.ts';
import * as recommendationRows from '#lib/server/recommendation/rows.ts';
import * as rulingRows from '#lib/server/ruling/rows.ts';
import { actor, forumId, openDemo } from '#lib/server/start/testing.ts';
import { codeOf } from './lists.ts';
import story from './sunnoy.json' with { type: 'json' };

beforeAll(openDemo);

const all = <Row>(sql: string, ...values: unknown[]) => sqlite().prepare(sql).all(values) as Row[];
const date = (text: string) => (text === '–' ? null : text);

test('every recommendation of the story came in, adopted by the chair and frozen', () => {
	const rows = recommendationRows.query().all();
	expect(rows).toHaveLength(12);
	const views = recommendationRows.views(actor('P03'), rows, 'nn');
	for (const told of story.recommendations) {
		const view = views.find(({ code }) => code === told.id)!;
		expect(view.case.code).toBe(told.sak);
		expect(view.source.label).toBe(told.saknr);
		expect(view.dwelling?.code ?? '–').toBe(told.bustad);
		expect(view.reasons).toBe(told.grunnar);
		expect(view.adopted?.by).toBe('Solveig Testvik');
		expect(view.adopted?.sha256).toBe(digest(view.id));
		expect(view.minority.names).toEqual(told.id === 'I-048' ? ['Mariann Dømestad'] : []);
	}
});

test('the council’s text reads as a text', () => {
	const [view] = recommendationRows.views(
		actor('P03'),
		recommendationRows
			.query()
			.all()
			.filter(({ own }) => own.code === 'I-045'),
		'nn'
	);
	expect(view!.text).toBe(
		'Bustadrådet tilrår at søkjaren får leige omsorgsbustad med 1 soverom, kode B-107, for tre år. ' +
			'Desse vilkåra er fylte: har fylt 18 år (dokumentert), kan ikkje skaffe bustad sjølv (etter opplysningar frå søkjaren) og andre ordningar er prøvde (dokumentert). ' +
			'Det er lagt vekt på dette: kan ikkje bruke trapp; tilpassing vurdert som for dyr. ' +
			'Andre verkemiddel som er vurderte: tilpassing og omsorgsbustad. ' +
			'Heimetenester følgjer opp: litt oppfølging. Ingen var inhabile. Samrøystes. Saka går til vedtak.'
	);
});

test('every ruling of the story came in, with its track, its appeal body and a computed deadline', () => {
	const rows = rulingRows.query().all();
	expect(rows).toHaveLength(14);
	const views = rulingRows.views(actor('P02'), rows, 'nn');
	for (const told of story.rulings) {
		const view = views.find(({ code }) => code === told.id)!;
		expect(view.case.code).toBe(told.sak);
		expect(view.track).toBe(told.spor);
		expect(view.body).toBe(told.klageinstans);
		expect(view.noticeOn).toBe(date(told['melding motteken']));
		expect(view.appealUntil).toBe(date(told.klagefrist));
		expect(view.recommendation.code).toBe(told.innstilling);
		expect(view.stance).toBe(
			{ 'i samsvar': 'follow', avvik: 'depart', 'send attende': 'send_back', ventar: null }[
				told['mot innstillinga']
			]
		);
	}
	const standing = Object.fromEntries(views.map(({ code, standing }) => [code, standing]));
	expect(standing).toMatchObject({
		'V-088': 'final',
		'V-093': 'appeal_runs',
		'V-095': 'appealed',
		'V-099': 'waiting',
		'V-100': 'sent_back'
	});
});

test('the same case has two tracks with two appeal bodies', () => {
	const card = cases.read(actor('P03'), 'S-P4XD');
	const views = rulingRows.ofCase(actor('P03'), card, 'nn');
	expect(views.map(({ track, body, result }) => [track, body, result])).toEqual([
		['A', 'kommunal klagenemnd', 'refused'],
		['B', 'Statsforvaltaren', 'granted']
	]);
});

test('every case stands where the story says, by steps that are written down', () => {
	for (const told of story.cases)
		expect(cases.findByCode(told.kode)!.status, told.kode).toBe(codeOf('case_status', told.status));
	const steps = progress.history(cases.read(actor('P03'), 'S-N9CL'));
	expect(steps.map(({ verb }) => verb)).toEqual([
		'register',
		'assess',
		'queue',
		'recommend',
		'send',
		'send_back'
	]);
	expect(steps.at(-1)).toMatchObject({
		person: 'Halldor Fiktnes',
		reason: 'treng buvurdering og plan for nabodialog'
	});
});

test('every dwelling is let, kept or free as the story says', () => {
	const list = dwellings.list(actor('P03'), forumId('BR'), 'nn');
	const told = (one: (typeof list)[number]) =>
		one.reserved
			? 'reservert'
			: { free: 'ledig', let: 'utleigd', repair: 'under utbetring', for_sale: 'til sal' }[
					one.status
				];
	expect(list.map((one) => [one.code, told(one)])).toEqual(
		story.dwellings.map(({ kode, status }) => [kode, status])
	);
});

test('the recusal at BR 63/26: who went, who came, and the sentence', () => {
	const eirik = actor('P08');
	const card = cases.findByCode('S-V8RC')!;
	expect(eirik.recused).toEqual(new Set([card.id]));
	expect(() => cases.read(eirik, 'S-V8RC')).toThrow('not_found');
	const [view] = recommendationRows.ofCase(actor('P03'), card, 'nn');
	expect(view!.adopted!.present).toContain('Sindre Liksomhaug');
	expect(view!.adopted!.present).not.toContain('Eirik Tenkjevoll');
	expect(view!.text).toContain('Eirik Tenkjevoll var inhabil og var ikkje med.');
	const others = recommendationRows.ofCase(actor('P03'), cases.findByCode('S-9TWB')!, 'nn');
	expect(others[0]!.adopted!.present).toContain('Eirik Tenkjevoll');
});

test('who applied in October and has no answer is overdue, and says so to the council alone', () => {
	const card = cases.read(actor('P04'), 'S-D8VS');
	expect(progress.of(actor('P04'), card).reply).toEqual({
		due: '2026-11-02',
		days: -21,
		repliedOn: null
	});
	expect(all('SELECT * FROM case_card WHERE code = ?', 'S-D8VS')[0]).not.toHaveProperty('applied');
});
